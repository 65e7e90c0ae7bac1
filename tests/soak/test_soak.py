"""Two minutes of `benchmarks/soak.py`: nothing is found, and everything that it is about has happened."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="it looks at the processes of the service in /proc"
)

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "soak.py"
FAULTS = (
    *("kill", "kill one that answers", "restart", "take model down", "put model in a mood", "fill disk"),
    *("build index", "back up"),
)
ROLES = ("reader", "evaluator", "administrator")
PEOPLE = ("nobody", *ROLES, *(f"program ({role})" for role in ROLES))
# What must have been done at least once, or the run says nothing.
DONE = (
    *(f"answers {how}" for how in ("on the page", "by program", "by stream")),
    *(f"changes of the library {who}" for who in ("administrator", "program (administrator)")),
    *("rounds seen to their end evaluator", "verdicts evaluator", "turned away reader", "let in reader"),
    *("compared afterwards: feedback", "compared afterwards: documents", "log: INFO"),
)


def test_nothing_is_lost_and_nobody_comes_where_they_may_not() -> None:
    command = [sys.executable, str(SCRIPT), "--minutes", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-4000:]
    counts = {name: int(number.replace(",", "")) for name, number in rows(done.stdout)}
    expected = (*(f"fault: {name}" for name in FAULTS), *(f"requests {name}" for name in PEOPLE), *DONE)
    assert [name for name in expected if not counts.get(name)] == []
    assert done.stdout.rstrip().endswith("found: 0")


def test_a_run_that_is_ended_leaves_no_service_behind(tmp_path: Path) -> None:
    command, told = [sys.executable, str(SCRIPT)], {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        assert run.stdout
        assert b"ready after" in run.stdout.readline()
        assert len(told_of(tmp_path)) > 1
        run.terminate()
        run.communicate()
    assert told_of(tmp_path) == []


def told_of(folder: Path) -> list[str]:
    """Return the processes that know a folder from those that began them."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            content = environment.read_bytes()
        except OSError:
            continue
        if str(folder).encode() in content:
            found.append(environment.parent.name)
    return found


def rows(said: str) -> list[tuple[str, str]]:
    return re.findall(r"^(\S.*?) {2,}([\d,]+)$", said, re.MULTILINE)
