"""Many people who ask at once over HTTP, beside one person alone, in one run.

    python benchmarks/performance/load.py [--people 50] [--seconds 120] [--processes 2] [--crowd 400]

The program serves as it does for readers. People ask as the page does, from a process of their own, and each
asks again as soon as there is an answer; one person alone does so before and after. Every answer is compared
with what the engine answers to its question when nobody else asks. At the end comes a crowd that is more than
the server takes: how soon is told who is not taken? They try again after a second.

The questions come again and again, and what was asked lately is not encoded again. With `--variants 20` there
are twenty times as many, and hardly one comes twice.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import itertools
import json
import math
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from asker import Asker
from rows import Row, keep

from sstc_chat.rag.opening import open_engine
from sstc_chat.rag.settings import load_settings

QUESTIONS = Path(__file__).parents[1] / "questions" / "report.jsonl"
PLACES = ("Kenya", "Peru", "Accra", "Hanoi", "Turin", "Samoa", "Brazil", "Nepal", "Angola", "Lima")
YEARS = range(2015, 2026)
PATIENCE = 120
ALONE = 0.2  # the share of the seconds that one person asks alone, before and again after


@dataclass
class Crowd:
    """People who ask, and what they saw.

    Attributes
    ----------
    expected
        What is answered to each question.
    answers, busy
        How long each answer took, and each time that a person was told of too many others; seconds.
    wrong
        What was not as it should be.
    by_person
        How many answers each had.
    """

    expected: Mapping[str, str]
    answers: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    by_person: Counter[int] = field(default_factory=Counter)

    async def ask(self, address: str, people: int, seconds: float) -> None:
        """Have so many people ask for so many seconds."""
        end = time.perf_counter() + seconds
        await asyncio.gather(*(self._person(address, number, end) for number in range(people)))

    async def _person(self, address: str, number: int, end: float) -> None:
        """Ask one question after the other, each person in an order of their own."""
        asker = Asker(f"{address}/en")
        questions = list(self.expected)
        random.Random(number).shuffle(questions)  # noqa: S311 - no secret
        for count, question in enumerate(itertools.cycle(questions)):
            if time.perf_counter() > end:
                break
            name = f"{number}-{count}"
            told = {"name": name, "question": question, "history": []}
            start = time.perf_counter()
            try:
                reply = await asyncio.wait_for(asker.ask(told), PATIENCE)
                took = time.perf_counter() - start
                taken = self._look(reply, name, question, took)
                await asyncio.sleep(0 if taken else 1)
            except (OSError, EOFError, ValueError, KeyError, asyncio.TimeoutError) as error:
                asker.close()
                self.wrong.append(f"{question}: {error!r}")
        asker.close()

    def _look(self, turn: str, name: str, question: str, took: float) -> bool:
        """Note what came back, and return whether it is an answer, or that there are too many just now."""
        record = re.search(r' data-record="([^"]*)"', turn)
        if f'data-name="{name}"' not in turn:
            self.wrong.append(f"{name} got what is another's: {turn[:200]}")
        elif record is None:
            self.busy.append(took)
        elif json.loads(html.unescape(record[1]))["text"] != self.expected[question]:
            self.wrong.append(f"{name} got another answer than alone: {record[1][:200]}")
        else:
            self.answers.append(took)
            self.by_person[int(name.split("-", maxsplit=1)[0])] += 1
        return record is not None


def main() -> int:
    """Print what was seen; return 1 if an answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120, help="how long they ask")
    parser.add_argument("--crowd", type=int, default=400, help="how many are too many")
    parser.add_argument("--processes", type=int, default=2, help="how many the server answers with")
    parser.add_argument(
        "--variants",
        type=int,
        default=0,
        help="of each question ask so many others, which name a place and a year",
    )
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="sstc-chat-load-"))
    expected, alone = answers_alone(home, options.variants), options.seconds * ALONE
    rounds = ((1, alone), (options.people, options.seconds), (1, alone), (options.crowd, alone))
    crowds = [Crowd(expected) for _ in rounds]
    with server(home, options.processes) as address:
        for crowd, (people, seconds) in zip(crowds, rounds, strict=True):
            asyncio.run(crowd.ask(address, people, seconds))
    report(*crowds, seconds=options.seconds)
    wrong = [what for crowd in crowds for what in crowd.wrong]
    print(f"wrong: {len(wrong)}", *wrong[:5], sep="\n")
    return 1 if wrong else 0


def answers_alone(home: Path, variants: int) -> dict[str, str]:
    """Build a library in `home`; return what it answers to each question, or to so many variants of each."""
    engine = open_engine(load_settings({"home": home}), lambda *_: None)
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    if variants:
        named = list(itertools.islice(itertools.product(YEARS, PLACES), variants))
        questions = [f"{one[:-1]}, {place} {year}{one[-1]}" for one in questions for year, place in named]
    return {question: engine.ask(question).text for question in questions}


@contextmanager
def server(home: Path, processes: int) -> Iterator[str]:
    """Serve `home` in a process of its own; yield its address once an answer has come from it."""
    # They all ask from this machine, and are people of many.
    share = ["--requests-a-minute", "1000000", "--requests-at-once", "10000"]
    program = Path(sys.executable).parent / "sstc-chat"
    command = [str(program), "--home", str(home), *share, "serve", "--port", "0"]
    command += ["--processes", str(processes)]
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process,  # noqa: S603 - our own
        ThreadPoolExecutor() as reading,
    ):
        lines = process.stderr or ()
        try:
            said = next(line for line in lines if " is at http" in line)
            # What it says afterwards is for nobody, but a pipe that is full would stop it.
            reading.submit(lambda: deque(lines, maxlen=0))
            yield re.findall(r"http\S+", said)[0]
        finally:
            process.terminate()


def report(before: Crowd, many: Crowd, after: Crowd, crowd: Crowd, *, seconds: float) -> None:
    """Print the figures, and write them down."""
    single = statistics.median([*before.answers, *after.answers])
    rate, slow, counts = len(many.answers) / seconds, percentile(many.answers, 95), many.by_person.values()
    alone = f"{single * 1000:.1f} ms"
    keep(
        "load",
        [
            Row(
                "answers a second, many at once",
                f"{rate:.1f}",
                f"{1 / single:.1f}",
                f"{rate * single:.2f}",
                "≥ 1.6",
            ),
            Row("95% of them within", f"{slow * 1000:.0f} ms", alone, f"{slow / single:.1f}", "≤ 50"),
            Row("answers for each, fewest", f"{min(counts)}", f"{max(counts)}", ""),
            Row("more than are taken: 95% told so within", _within(crowd.busy), alone, ""),
            Row("those of them who are answered: 95% within", _within(crowd.answers), alone, ""),
        ],
        ["The floor is one person alone, before and after; for the fewest answers, the most."],
    )


def _within(seconds: Sequence[float]) -> str:
    return f"{percentile(seconds, 95) * 1000:.0f} ms" if len(seconds) > 1 else ""


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that so many percent of `values` do not exceed."""
    return statistics.quantiles(values, n=100)[share - 1] if len(values) > 1 else math.nan


if __name__ == "__main__":
    sys.exit(main())
