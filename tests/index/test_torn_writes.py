"""Writes fail or are lost in the middle of a change, and nothing of a library is.

These are short versions of `benchmarks/fulldisk.py`, where a full disk must also say so, and of `make cuts`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "benchmarks"
MISSING = 2


def said_by(script: str, *arguments: str) -> str:
    """Return what a script prints that traces the calls of a process; skip where that cannot be done."""
    if not shutil.which("strace"):
        pytest.skip("there is no strace, which tells the order of writes and has them fail")
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / script), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode == MISSING:
        pytest.skip(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_nothing_is_lost_when_the_disk_is_full() -> None:
    said = said_by("fulldisk.py", "--first", "4", "--every", "99")
    assert re.search(r"^24 full disks, 0 losses$", said, re.MULTILINE), said
    for change in ("add", "remove", "build", "opinion"):
        assert f"{change}: the old library" in said, said


def test_nothing_is_lost_when_the_power_goes() -> None:
    said = said_by("powercuts.py", "--every", "13", "--draws", "1", "--seed", "7")
    cuts = re.search(r"([\d,]+) power cuts, 0 losses", said)
    assert cuts
    assert int(cuts[1].replace(",", "")) > 200
    for change in ("begin", "add", "replace", "remove", "undo", "build", "restore", "opinion"):
        assert f"{change}: the old library" in said, said
        assert f"{change}: the new library" in said, said
