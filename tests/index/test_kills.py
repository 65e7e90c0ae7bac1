"""Whoever changes a library is killed, and nothing is lost: the short version of `make kills`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "kills.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_nothing_is_lost_when_a_writer_is_killed() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--kills", "12", "--seed", "7"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 kills, 0 losses" in done.stdout
