"""The power goes in the middle of a change, and nothing is lost: the short version of `make cuts`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "powercuts.py"
MISSING = 2


def test_nothing_is_lost_when_the_power_goes() -> None:
    if not shutil.which("strace"):
        pytest.skip("there is no strace, which tells the order of writes")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--every", "13", "--draws", "1", "--seed", "7"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == MISSING:
        pytest.skip(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    cuts = re.search(r"([\d,]+) power cuts, 0 losses", done.stdout)
    assert cuts
    assert int(cuts[1].replace(",", "")) > 200
    for change in ("begin", "add", "replace", "remove", "undo", "build", "restore", "opinion"):
        assert f"{change}: the old library" in done.stdout, done.stdout
        assert f"{change}: the new library" in done.stdout, done.stdout
