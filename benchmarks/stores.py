"""Ask a library the same questions in its home and in Milvus, and print whether the answers are as good.

    python benchmarks/stores.py QUESTIONS … [--corpus FILE …] [--limit 100]

QUESTIONS are files as `sstc-chat evaluate` takes them; the shipped report and the documents of each FILE are
the library. A server of milvus-lite is started for it. BM25 is compared for the same question and passage.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sstc_chat.corpus.errors import QuestionError, StoreError
from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.index.builder import build_index
from sstc_chat.index.lexical import words_of
from sstc_chat.index.library import open_library
from sstc_chat.index.milvus.address import Address
from sstc_chat.index.milvus.server import Server
from sstc_chat.index.types import no_progress
from sstc_chat.rag.documents.publishing import publish_library
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.asking import ask_for_answer
from sstc_chat.rag.evaluation.questions import narrowed, read_questions
from sstc_chat.rag.evaluation.scoring import score
from sstc_chat.rag.evaluation.sources import Sources
from sstc_chat.rag.models import load_encoders
from sstc_chat.rag.opening import open_engine
from sstc_chat.rag.retrieval import DEPTH
from sstc_chat.rag.settings import Settings, load_settings


def main() -> None:
    """Print what is the same."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="JSON lines of documents")
    parser.add_argument("--limit", type=int, default=100, help="most questions of a file")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="sstc-chat-stores-") as folder,
        served(Path(folder, "milvus")) as uri,
    ):
        settings = load_settings({"home": Path(folder, "home"), "milvus_uri": uri}, environment={})
        remote = replace(settings, store="milvus")
        prepare(remote, options.corpus)
        engines = [open_engine(one, no_progress) for one in (settings, remote)]
        print(f"{'':31}{'same':>8}{'right':>18}{'first passage':>18}{'BM25':>8}{'time':>8}")
        print(
            f"{'':26}{'n':>5}{'':8}{'home':>10}{'Milvus':>8}{'home':>10}{'Milvus':>8}{'ratio':>8}{'ratio':>8}"
        )
        for path in options.questions:
            compare(path, engines, options.limit)
        for engine in engines:
            engine.store.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Run a server; yield its address."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(folder), "--port", str(port)]
    server = subprocess.Popen([*command, "--host", "127.0.0.1"], stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def prepare(settings: Settings, corpora: list[Path]) -> None:
    """Make the library and publish it, as soon as the server answers."""
    encoders = load_encoders(settings, no_progress)
    with open_library(settings.home) as library:
        library.add([shipped_report(), *(one for path in corpora for one in read_file(path))])
        build_index(settings.home, library, encoders, settings.index_settings(), no_progress)
        while not answers(settings):
            time.sleep(0.5)
        publish_library(settings, library, no_progress)


def answers(settings: Settings) -> bool:
    """Whether the server is there yet."""
    try:
        Server(Address(settings.milvus_uri)).close()
    except StoreError:
        return False
    return True


def compare(path: Path, engines: Sequence[Engine], limit: int) -> None:
    """Print a line for a file of questions."""
    tasks = narrowed(read_questions(path), None, limit).tasks
    replies: list[list[tuple[str, bool, int | None]]] = []
    times: list[list[float]] = []
    for engine in engines:
        sources = Sources(engine.store)
        replies.append([])
        times.append([])
        for task in tasks:
            start = time.perf_counter()
            with suppress(QuestionError):
                engine.ask(task.question, task.history)
            times[-1].append(time.perf_counter() - start)
            answer, response = ask_for_answer(engine, sources, task)
            outcome = score(task, response)
            replies[-1].append((answer.text if answer else "", outcome.right, outcome.rank))
    home, milvus = replies
    same = share(one[0] == other[0] for one, other in zip(home, milvus, strict=True))
    right = [share(one[1] for one in side) for side in replies]
    first = [share(one[2] == 1 for one in side if one[2] is not None) for side in replies]
    slower = statistics.median(times[1]) / statistics.median(times[0])
    alike = statistics.median(ratio for task in tasks for ratio in lexical(task.question, engines))
    name = f"{path.parent.name}/{path.name}"
    print(
        f"{name:26}{len(tasks):>5}{same:>8.2f}{right[0]:>10.2f}{right[1]:>8.2f}{first[0]:>10.2f}{first[1]:>8.2f}"
        f"{alike:>8.2f}{slower:>8.1f}",
        flush=True,
    )


def lexical(question: str, engines: Sequence[Engine]) -> list[float]:
    """Return the BM25 scores in Milvus of the passages that both find, divided by those in the home."""
    words = words_of(question)
    home, milvus = (dict(engine.store.matching(words, DEPTH)) for engine in engines)
    return [milvus[number] / score for number, score in home.items() if number in milvus and score > 0]


def share(values: Iterable[bool]) -> float:
    """Return how many of `values` are true; 0 of none."""
    counted = list(values)
    return sum(counted) / max(1, len(counted))


if __name__ == "__main__":
    main()
