"""The disk is full in the middle of a change, which says so, and nothing is lost: a short version."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "fulldisk.py"
MISSING = 2


def test_nothing_is_lost_when_the_disk_is_full() -> None:
    if not shutil.which("strace"):
        pytest.skip("there is no strace, which has writes fail")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--first", "4", "--every", "99"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == MISSING:
        pytest.skip(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^24 full disks, 0 losses$", done.stdout, re.MULTILINE), done.stdout
    for change in ("add", "remove", "build", "opinion"):
        assert f"{change}: the old library" in done.stdout, done.stdout
