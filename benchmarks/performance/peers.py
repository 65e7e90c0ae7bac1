"""How long a question takes, beside the same one through LangChain, LlamaIndex and txtai with the same model.

    python benchmarks/performance/peers.py [--environment .venv/peers]

They are installed into an environment of their own, at the versions of `peers/requirements.txt`, when it is
not there yet: about a gigabyte. They return the nearest five passages; ours chooses sentences, judges whether
they answer, quotes them and checks each quote. All are asked the same questions in turn, ten at a time, each
once, and each is in a process of its own: what has waited for the others' turns answers more slowly at first,
and so all do. Torch has one thread: with two a question takes it longer, most of all where others use the
processor.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rows import Row, keep, ratio

from sstc_chat.corpus.reading import read
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.rag.opening import open_engine
from sstc_chat.rag.settings import load_settings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
QUESTIONS = HERE.parent / "questions" / "report.jsonl"
ENCODE = "encode"
NAMES = ("LangChain", "LlamaIndex", ENCODE, "txtai")
CPU = "https://download.pytorch.org/whl/cpu"
# How many questions each is asked in its turn.
TURN = 10
# What asks a question and returns the milliseconds.
Ask = Callable[[str], float]


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--environment", type=Path, default=ROOT / ".venv" / "peers")
    options = parser.parse_args()
    python = installed(options.environment)
    lines = map(json.loads, QUESTIONS.read_text("utf-8").splitlines())
    questions = [one["question"] for one in lines if one["lang"] == "en"]
    chunks = read(shipped_report()).chunks
    passages = [f"{one.context}. {one.text}" for one in chunks]
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        asked = {name: stack.enter_context(running(python, name, passages)) for name in NAMES}
        engine = open_engine(load_settings({"home": home}, environment={}), lambda *_: None)

        def ours(question: str) -> float:
            start = time.perf_counter()
            engine.ask(question)
            return (time.perf_counter() - start) * 1000

        asked["ours"] = ours
        times: dict[str, list[float]] = {name: [] for name in asked}
        for each in asked.values():
            each("What is this?")
        for some in (questions[start : start + TURN] for start in range(0, len(questions), TURN)):
            for name, each in asked.items():
                times[name] += [each(question) for question in some]
    keep("peers", rows(times), [said(questions, passages)])


def rows(times: dict[str, list[float]]) -> list[Row]:
    """Return ours beside each of the others, the fastest of which counts."""
    ours = times.pop("ours")
    fastest = min((name for name in times if name != ENCODE), key=lambda name: statistics.median(times[name]))
    made = []
    for name, each in times.items():
        what = "encoding alone with sentence-transformers" if name == ENCODE else name
        required = "≤ .5" if name == fastest else ""
        middle, least = (f"{statistics.median(side):.2f} ms" for side in (ours, each))
        made.append(Row(f"`ask`, beside {what}", middle, least, ratio(ours, each), required))
    return made


def said(questions: list[str], passages: list[str]) -> str:
    """Return under what conditions it was measured."""
    pins = (HERE / "peers" / "requirements.txt").read_text("utf-8").split()
    named = ("langchain-community", "llama-index-core", "txtai", "sentence-transformers", "torch")
    versions = [pin.replace("==", " ") for pin in pins if pin.partition("==")[0] in named]
    return (
        f"Beside others: {len(questions)} English questions and {len(passages)} passages of the report, the "
        "same for all, in turn, each asked once; each program in a process of its own; "
        f"{', '.join(versions)}; torch with one thread."
    )


@contextmanager
def running(python: Path, name: str, passages: list[str]) -> Iterator[Ask]:
    """Run one of the others; yield what asks it."""
    command = [str(python), str(HERE / "peers" / "peers.py"), name]
    with subprocess.Popen(  # noqa: S603 - our own
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    ) as process:
        stdin, stdout = process.stdin, process.stdout
        assert stdin  # noqa: S101 - both are pipes
        assert stdout  # noqa: S101

        def tell(message: object) -> Any:  # noqa: ANN401 - of JSON
            stdin.write(f"{json.dumps(message)}\n")
            stdin.flush()
            return json.loads(stdout.readline())

        tell(passages)
        yield tell
        stdin.close()


def installed(environment: Path) -> Path:
    """Return the Python of the others' environment, which is set up where it is not there."""
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    done = environment / "installed"
    if not done.exists():
        print(f"Installing LangChain, LlamaIndex and txtai into {environment}: some minutes.", flush=True)
        venv.create(environment, with_pip=True, clear=True)
        pins = HERE / "peers" / "requirements.txt"
        torch = next(line for line in pins.read_text("utf-8").splitlines() if line.startswith("torch=="))
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        alone = [*pip, "--retries", "0", "--timeout", "10", "--index-url", CPU, torch]
        if subprocess.run(alone, check=False).returncode:  # noqa: S603 - our own
            subprocess.run([*pip, "--no-deps", torch], check=True)  # noqa: S603
        subprocess.run([*pip, "--no-deps", "-r", str(pins)], check=True)  # noqa: S603
        done.touch()
    return python


if __name__ == "__main__":
    main()
