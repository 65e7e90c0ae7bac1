"""What it costs to add, find and remove a document as a library grows, and how much memory it takes.

    python benchmarks/library.py [--documents 10000] [--corpus FILE] [--packaged]

The documents are short texts in JSON lines, as `index add` takes them: those of FILE, or sentences drawn from
the words of the shipped report. At each size one document at a time is added, asked for and taken out again;
the time that the encoders take is measured in the same run and taken off. Both roles have the packaged
multilingual encoder, the faster one; with --packaged the English one has its own. Times are those of the
processor, on one thread, since other programs do not count; they mean little on another machine, so that what
counts is the last column: the largest size, divided by the smallest. Memory is what is not a copy of a file.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sstc_chat.corpus.readers import document_from
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder, ModelChoice, load_encoder
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Vectors
from sstc_chat.rag.engine import Engine

# Threads that wait for one another take processor time as well.
os.environ["OMP_NUM_THREADS"] = "1"
SETTINGS = {"chunk_size": 800}
ROUNDS = 15
QUESTION = "How many countries take part in the study tours?"


class Timed:
    """An encoder that notes how long it takes."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.checksum = encoder.name, encoder.checksum
        self.dimension, self.window = encoder.dimension, encoder.window
        self.pieces, self.encode_question = encoder.pieces, encoder.encode_question
        self.seconds = 0.0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return what the encoder returns."""
        start = time.process_time()
        vectors = self._encoder.encode_passages(texts)
        self.seconds += time.process_time() - start
        return vectors


@dataclass(frozen=True)
class Measured:
    """What was measured at one size; milliseconds, and bytes."""

    documents: int
    adding: float
    beyond: float
    removing: float
    opening: float
    asking: float
    limited: float
    memory: float
    disk: float


NAMES = {
    "adding": "add one, ms",
    "beyond": "  of these beyond encoding",
    "removing": "remove one, ms",
    "opening": "open to read, ms",
    "asking": "find passages, ms",
    "limited": "find passages in half of them, ms",
    "memory": "memory of an open index, kB a passage",
    "disk": "disk, kB a document",
}


def main() -> None:
    """Print what was measured at each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000, help="how many in the end")
    parser.add_argument("--corpus", type=Path, help='JSON lines of {"id", "title", "text"}')
    parser.add_argument("--packaged", action="store_true", help="with the English encoder, too")
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    universal = load_encoder(ModelChoice("multilingual-use"))
    english = load_encoder(ModelChoice("all-MiniLM-L6-v2")) if options.packaged else universal
    encoders = {"english": Timed(english), "multilingual": Timed(universal)}
    if options.open:
        print(kilobytes_of(options.open, encoders))
        return
    documents = texts(options.corpus)
    sizes = [options.documents // share for share in (100, 10, 2, 1)]
    with tempfile.TemporaryDirectory(prefix="sstc-chat-library-") as folder:
        home, rows, size = Path(folder), [], 0
        grow(home, encoders, documents, 1)  # so that all libraries are loaded
        for wanted in sizes:
            start = time.process_time()
            encoded = spent(encoders)
            added = grow(home, encoders, documents, wanted - size)
            seconds, encoding = time.process_time() - start, spent(encoders) - encoded
            size = wanted
            print(f"{added:,} added in {seconds:.1f} s, {encoding / seconds:.0%} of it encoding", flush=True)
            rows.append(measure(home, encoders, documents, size))
    print(f"\n{'documents':40}" + "".join(f"{row.documents:>10,}" for row in rows) + f"{'last / first':>14}")
    for name, what in NAMES.items():
        values = [getattr(row, name) for row in rows]
        print(
            f"{what:40}" + "".join(f"{value:>10.2f}" for value in values) + f"{values[-1] / values[0]:>14.2f}"
        )


def grow(home: Path, encoders: dict[str, Timed], documents: Iterator[Document], count: int) -> int:
    """Add documents in one change; return how many."""
    with open_library(home) as library:
        added = library.add(next(documents) for _ in range(count))
        build_index(home, library, encoders, SETTINGS, lambda *_: None)
    return len(added)


def measure(home: Path, encoders: dict[str, Timed], documents: Iterator[Document], size: int) -> Measured:
    """Measure a library as it is; in the end it is as it was."""
    adding, beyond, removing = [], [], []
    for _ in range(ROUNDS):
        document, encoded = next(documents), spent(encoders)
        adding.append(milliseconds(partial(changed, home, encoders, Library.add, [document])))
        beyond.append(adding[-1] - 1000 * (spent(encoders) - encoded))
        removing.append(milliseconds(partial(changed, home, encoders, Library.remove, document.id)))
    with closing(open_store(home, encoders, SETTINGS)) as store:
        engine = Engine(store, encoders)
        memory = in_a_process_of_its_own(home, encoders) / store.chunks
        asking = [milliseconds(lambda: engine.search(QUESTION, 5)) for _ in range(ROUNDS)]
        half = list(engine.documents)[::2]
        limited = [milliseconds(lambda: engine.search(QUESTION, 5, half)) for _ in range(ROUNDS)]
    opening = [milliseconds(lambda: opened(home, encoders)) for _ in range(ROUNDS)]
    disk = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / size
    return Measured(
        documents=size,
        adding=statistics.median(adding),
        beyond=statistics.median(beyond),
        removing=statistics.median(removing),
        opening=statistics.median(opening),
        asking=statistics.median(asking),
        limited=statistics.median(limited),
        memory=memory,
        disk=disk / 1000,
    )


def kilobytes_of(home: Path, encoders: dict[str, Timed]) -> float:
    """Return how much memory an engine on the library takes."""
    before = resident()
    with closing(open_store(home, encoders, SETTINGS)) as store:
        engine = Engine(store, encoders)
        return resident() - before if engine.documents else 0.0


def in_a_process_of_its_own(home: Path, encoders: dict[str, Timed]) -> float:
    """Return what `kilobytes_of` does where no memory was used and is free again."""
    packaged = [] if encoders["english"].name == encoders["multilingual"].name else ["--packaged"]
    command = [sys.executable, __file__, "--open", str(home), *packaged]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603


def opened(home: Path, encoders: dict[str, Timed]) -> None:
    """Open an engine on the library, and close it."""
    with closing(open_store(home, encoders, SETTINGS)) as store:
        Engine(store, encoders)


def changed(home: Path, encoders: dict[str, Timed], change: Callable[..., object], *given: object) -> None:
    """Make one change, which is a method of a library, with what it is given."""
    with open_library(home) as library:
        change(library, *given)
        build_index(home, library, encoders, SETTINGS, lambda *_: None)


def texts(corpus: Path | None) -> Iterator[Document]:
    """Yield the documents of a corpus, or drawn ones without end."""
    if corpus:
        for line in corpus.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield document_from(
                row["text"], identity=str(row["id"]), title=row.get("title", ""), name=str(corpus)
            )
    words = sorted({word for word in shipped_report().text.split() if word.isalpha()})
    drawn = random.Random(0)  # noqa: S311 - chance, not secrets
    while True:
        said = [" ".join(drawn.choices(words, k=10)).capitalize() for _ in range(2)]
        yield document_from(". ".join(said) + f". Number {drawn.randrange(10**9)} of them.", name="drawn")


def spent(encoders: dict[str, Timed]) -> float:
    """Return how many seconds the encoders have taken."""
    return sum(one.seconds for one in encoders.values())


def milliseconds(action: Callable[[], object]) -> float:
    """Return how much time of the processor `action` takes."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def resident() -> float:
    """Return the memory of this process that is no copy of a file, in thousands of bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        (anonymous,) = re.findall(r"(?m)^RssAnon:\s+(\d+) kB$", status.read_text())
        return int(anonymous) * 1.024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1000 if sys.platform == "darwin" else float(most)


if __name__ == "__main__":
    main()
