"""What a library of a million passages costs beside one of ten thousand, and beside a search through all.

    python benchmarks/scale.py [--passages 1000000] [--small 10000] [--corpus FILE …] [--keep FOLDER]

Real texts are read and encoded once: the shipped report, and the documents of each FILE (JSON lines as
`index add` takes them; their questions are asked where `questions.jsonl` lies beside). Then they are repeated
as other documents, their passages with vectors of their own: two real ones mixed, with noise that varies as
real vectors do. The rows are written as `index add` writes them; sentences are not repeated, for no search
reads them. Both sizes are measured in one run, times as processor time of one thread, encoding apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from library import SETTINGS, Timed, changed, kilobytes_of, milliseconds, spent, texts
from performance.rows import Row, keep

from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.index.builder import build_index
from sstc_chat.index.changing.rows import INSERT_WORDS, heading
from sstc_chat.index.changing.slots import BITS, SIZE, SLOTS, first_number
from sstc_chat.index.database import NAME, connect_to_read
from sstc_chat.index.dense.design import FLAT
from sstc_chat.index.dense.files import said_of, save
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.making import ALL, blocks
from sstc_chat.index.dense.refreshing import loaded, most_changes
from sstc_chat.index.encoders import ModelChoice, load_encoder
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.store import Store, open_store
from sstc_chat.index.types import Scored, Vectors, no_progress
from sstc_chat.rag.engine import Engine

NOISE = 0.5
BLOCK = 20_000
ROUNDS = 21
# Fewer passages are a trial of this script, whose figures are not kept.
MANY = 1_000_000
NOTE = (
    "Searches stand beside a search through all vectors; what follows, of {:,} passages, beside the same of "
    "{:,}. The processor’s time of one thread."
)
TOP = 10
COLUMNS = "bytes, title, language, sha256, metadata, media_type, pages, parts, text, original"
PASSAGES = f"""
SELECT chunks.number - :first, section - :first, page, context, text, spans, path, words FROM chunks
JOIN sections ON sections.number = section JOIN chunk_terms ON chunk = chunks.number
WHERE chunks.number BETWEEN :first AND :first + {SIZE - 1}
"""  # noqa: S608 - our own words
# What this query returns: numbers of the passage and its section, its page, its texts, and its words.
Passage = tuple[int, int, int | None, str, str, str, str, bytes]


@dataclass(frozen=True)
class Measured:
    """What was measured at one size; milliseconds, seconds and bytes."""

    passages: int
    adding: float
    folding: float
    removing: float
    opening: float
    finding: float
    memory: float
    disk: float
    files: float


NAMES = {
    "adding": "add a document, ms, encoding apart",
    "folding": "  and its share of FAISS files written anew",
    "removing": "remove a document, ms",
    "opening": "open to read, ms",
    "finding": "find passages for a question, ms",
    "memory": "memory of an open index, bytes a passage",
    "disk": "disk, kB a passage",
    "files": "  of these FAISS files, mapped, kB a passage",
}


def main() -> None:
    """Print what was measured at both sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=1_000_000, help="how many in the end")
    parser.add_argument("--small", type=int, default=10_000, help="how many to compare with")
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="JSON lines of documents")
    parser.add_argument("--keep", type=Path, help="where to make the libraries, and leave them")
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    models = {"english": "all-MiniLM-L6-v2", "multilingual": "multilingual-use"}
    encoders = {role: Timed(load_encoder(ModelChoice(name))) for role, name in models.items()}
    if options.open:
        print(kilobytes_of(options.open, encoders))
        return
    questions = [one for path in options.corpus for one in asked(path.parent / "questions.jsonl")]
    questions = questions[:: max(1, len(questions) // 100)] or ["How many countries take part?"]
    with tempfile.TemporaryDirectory(prefix="sstc-chat-scale-") as folder:
        kept = options.keep or Path(folder)
        rows: list[Measured] = []
        kept_rows: list[Row] = []
        for size in (options.small, options.passages):
            home = kept / str(size)
            if not home.exists():
                begin(home, encoders, options.corpus)
                grow(home, encoders, size)
            rows.append(measure(home, encoders, questions, kept_rows))
        print(f"\n{'passages':46}" + "".join(f"{row.passages:>12,}" for row in rows) + f"{'ratio':>8}")
        for name, what in NAMES.items():
            values = [getattr(row, name) for row in rows]
            required = "≤ 1.5" if name in {"adding", "folding"} else ""
            ratio = f"{values[1] / values[0]:.2f}"
            kept_rows.append(Row(what.strip(), f"{values[1]:,.2f}", f"{values[0]:,.2f}", ratio, required))
            print(
                f"{what:46}"
                + "".join(f"{value:>12,.2f}" for value in values)
                + f"{values[1] / values[0]:>8.2f}"
            )
        if options.passages >= MANY:
            print()
            keep("scale", kept_rows, [NOTE.format(*(row.passages for row in reversed(rows)))])


def asked(path: Path) -> Iterator[str]:
    """Yield the English questions of a file."""
    rows = map(json.loads, path.read_text("utf-8").splitlines()) if path.exists() else ()
    yield from (row["question"] for row in rows if row.get("lang", "en") == "en")


def begin(home: Path, encoders: dict[str, Timed], corpora: Sequence[Path]) -> None:
    """Make a library of real documents."""
    with open_library(home) as library:
        library.add([shipped_report(), *(one for path in corpora for one in read_file(path))])
        build_index(home, library, encoders, SETTINGS, no_progress)


def grow(home: Path, encoders: dict[str, Timed], size: int) -> None:
    """Repeat the documents of a library until it has `size` passages, and make its FAISS files."""
    start = time.perf_counter()
    with open_library(home) as library:
        connection = library.connection
        connection.execute("PRAGMA cache_size = -1000000")
        copies = copied(connection, size)
        before = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
        write_documents(connection, copies)
        write_passages(library, copies, encoders)
        connection.execute("UPDATE spellings SET chunks = chunks * ? / ?", (size, before))
        arrange(library, encoders)
    print(f"{size:,} passages made in {time.perf_counter() - start:,.0f} s", flush=True)


def copied(connection: sqlite3.Connection, size: int) -> list[tuple[int, int, str]]:
    """Return the slots of new documents, each with that of the document it repeats, and its id."""
    query = f"SELECT slot, id, (SELECT count(*) FROM chunks WHERE number >> {BITS} = slot) FROM documents"  # noqa: S608
    known = connection.execute(query).fetchall()
    left = size - connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
    made, copy = [], 0
    while left > 0:
        copy += 1
        for slot, identity, count in known:
            if left <= 0:
                break
            name = f"{identity}-{copy}"
            digest = hashlib.sha256(name.encode()).digest()[:8]
            made.append((int.from_bytes(digest, "big") % SLOTS, slot, name))
            left -= count
    return sorted(made)


def write_documents(connection: sqlite3.Connection, copies: Sequence[tuple[int, int, str]]) -> None:
    """Write the rows of documents and their sections."""
    connection.executemany(
        f"INSERT INTO documents (id, slot, {COLUMNS}) "  # noqa: S608
        f"SELECT ?3, ?1, {COLUMNS} FROM documents WHERE slot = ?2",
        copies,
    )
    for table, key, columns in (("sections", "number", "?3, path"), ("section_terms", "section", "words")):
        connection.executemany(
            f"INSERT INTO {table} SELECT {key} + ((?1 - ?2) << {BITS}), {columns} FROM {table} "  # noqa: S608
            f"WHERE {key} BETWEEN ?2 << {BITS} AND (?2 << {BITS}) + {SIZE - 1} AND ?3 = ?3",
            copies,
        )


def write_passages(
    library: Library, copies: Sequence[tuple[int, int, str]], encoders: dict[str, Timed]
) -> None:
    """Write the rows of passages, each with vectors of its own and its words."""
    connection = library.connection
    drawn = {role: Drawn(connection, role) for role in encoders}
    content = connection.execute("SELECT max(number) FROM contents").fetchone()[0]
    state = connection.execute("SELECT value FROM facts WHERE name = 'state'").fetchone()[0]
    base: dict[int, list[Passage]] = {}
    rows: list[Passage] = []
    for slot, old, _ in copies:
        if old not in base:
            base[old] = connection.execute(PASSAGES, {"first": first_number(old)}).fetchall()
        first = first_number(slot)
        rows += [(first + one[0], first + one[1], *one[2:]) for one in base[old]]
        if len(rows) >= BLOCK or slot == copies[-1][0]:
            write_block(connection, rows, drawn, content, state)
            library.keep()
            content += len(rows)
            rows = []


def write_block(
    connection: sqlite3.Connection,
    rows: Sequence[Passage],
    drawn: dict[str, Drawn],
    content: int,
    state: int,
) -> None:
    """Write some passages whose contents are numbered from behind `content` on."""
    numbers = range(content + 1, content + 1 + len(rows))
    connection.executemany("INSERT INTO contents VALUES (?, randomblob(16), 1)", ((one,) for one in numbers))
    vectors = {role: one.more(len(rows)) for role, one in sorted(drawn.items())}
    connection.executemany(
        "INSERT INTO vectors VALUES (?, ?, ?, ?)",
        (
            (role, one, vector := made[place].tobytes(), zlib.crc32(vector))
            for place, one in enumerate(numbers)
            for role, made in vectors.items()
        ),
    )
    connection.executemany(
        "INSERT INTO chunks VALUES (?, hex(randomblob(8)), ?, ?, 0, 0, ?, ?, ?, ?, ?)",
        (
            (number, section, page, context, text, spans, one, state)
            for one, (number, section, page, context, text, spans, *_) in zip(numbers, rows, strict=True)
        ),
    )
    connection.executemany("INSERT INTO chunk_terms VALUES (?, ?)", ((row[0], row[-1]) for row in rows))
    words = ((row[0], row[4], heading(json.loads(row[6]))) for row in rows)
    connection.executemany(INSERT_WORDS, words)


class Drawn:
    """Vectors that vary as those of a library's passages under one encoder do."""

    def __init__(self, connection: sqlite3.Connection, role: str) -> None:
        self.real = np.concatenate([vectors for _, vectors in blocks(connection, ALL, role)])
        around = np.cov((self.real - self.real.mean(axis=0)).T) + 1e-6 * np.eye(self.real.shape[1])
        self.shape = NOISE * np.linalg.cholesky(around).astype(np.float32).T
        self.chance = np.random.default_rng(0)

    def more(self, count: int) -> Vectors:
        """Return so many unit vectors, shape (count, dimension)."""
        one, other = self.chance.integers(len(self.real), size=(2, count))
        share = self.chance.uniform(0.5, 1, size=(count, 1)).astype(np.float32)
        noise = self.chance.standard_normal((count, self.real.shape[1]), dtype=np.float32) @ self.shape
        mixed = share * self.real[one] + (1 - share) * self.real[other] + noise
        unit: Vectors = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return unit


def arrange(library: Library, encoders: dict[str, Timed]) -> None:
    """Make the FAISS files."""
    for path in library.folder.glob("*.faiss"):
        path.unlink()
    build_index(library.home, library, encoders, SETTINGS, no_progress)


def measure(home: Path, encoders: dict[str, Timed], questions: Sequence[str], rows: list[Row]) -> Measured:
    """Measure a library as it is; in the end it is as it was. What is compared with flat goes to `rows`."""
    documents, adding, removing = texts(None), [], []
    for _ in range(ROUNDS):
        document, encoded = next(documents), spent(encoders)
        adding.append(milliseconds(partial(changed, home, encoders, Library.add, [document])))
        adding[-1] -= 1000 * (spent(encoders) - encoded)
        removing.append(milliseconds(partial(changed, home, encoders, Library.remove, document.id)))
    opening = [milliseconds(lambda: opened(home, encoders)) for _ in range(5)]
    with closing(open_store(home, encoders, SETTINGS)) as store:
        engine = Engine(store, encoders)
        finding = [milliseconds(partial(engine.search, one, TOP)) for one in questions]
        folder = home / store.manifest.folder
        for role, encoder in encoders.items():
            vectors = np.stack([encoder.encode_question(one) for one in questions])
            with closing(connect_to_read(folder / NAME)) as connection:
                rows += compare(store, connection, role, vectors)
        passages = store.chunks
    command = [sys.executable, __file__, "--open", str(home)]
    kilobytes = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    memory = kilobytes * 1000 / passages
    disk, files = (
        sum(path.stat().st_size for path in folder.glob(name)) / passages / 1000 for name in ("*", "*.faiss")
    )
    return Measured(
        passages=passages,
        adding=statistics.median(adding),
        folding=statistics.median(adding) + folding(folder),
        removing=statistics.median(removing),
        opening=statistics.median(opening),
        finding=statistics.median(finding),
        memory=memory,
        disk=disk,
        files=files,
    )


def opened(home: Path, encoders: dict[str, Timed]) -> None:
    """Open an engine on the library, and close it."""
    with closing(open_store(home, encoders, SETTINGS)) as store:
        Engine(store, encoders)


def folding(folder: Path) -> float:
    """Return the milliseconds that writing the FAISS files anew takes for each passage that brings it on."""
    total = 0.0
    for path in folder.glob("*.faiss"):
        said = said_of(path)
        start = time.process_time()
        index = loaded(path, said)
        save(index, path, said.state)
        total += (time.process_time() - start) / most_changes(said)
        some = np.eye(1000, index.dimension, dtype=np.float32)
        start = time.process_time()
        index.add(range(1000), some)
        total += (time.process_time() - start) / 1000
    return 1000 * total


def compare(store: Store, connection: sqlite3.Connection, role: str, questions: Vectors) -> Iterator[Row]:
    """Print and yield how a search does beside one that compares with all vectors, held in memory."""
    flat = FlatIndex.of(np.empty((0, questions.shape[1]), np.float32))
    for numbers, vectors in blocks(connection, ALL, role):
        flat.add(numbers, vectors)
    half = store.chunks_of([one.id for one in store.sources()][::2])
    for what, within in (("all passages", None), ("half of the documents", half)):
        some = questions if within is None else questions[:10]
        mine, found = timed(partial(store.nearest, role), some, within)
        flats, exact = timed(flat.search, some, within)
        recalls = [
            len({number for number, _ in one} & {number for number, _ in other}) / len(other)
            for one, other in zip(found, exact, strict=True)
        ]
        ours, theirs = statistics.median(mine), statistics.median(flats)
        recall = statistics.mean(recalls)
        print(
            f"{store.chunks:>10,} {role:13} {what:22} {store.manifest.dense:15} {ours:8.2f} ms, flat "
            f"{theirs:8.2f} ms, ratio {ours / theirs:.3f}, recall@{TOP} {recall:.3f}",
            flush=True,
        )
        if store.manifest.dense != FLAT:
            which = f"{role} search in {what}, {store.chunks:,} passages"
            required = "≤ .05" if within is None else ""
            yield Row(which, f"{ours:.2f} ms", f"{theirs:.2f} ms", f"{ours / theirs:.3f}", required)
            yield Row(f"  recall@{TOP}", f"{recall:.3f}", "1 (flat)", "", "≥ .95")


def timed(
    search: Callable[..., Scored], questions: Vectors, within: Sequence[int] | None
) -> tuple[list[float], list[Scored]]:
    """Return the milliseconds that each search takes, and what each finds."""
    # First, so that what a question needs is in memory, as it is once a server has run.
    found = [search(one, TOP, within) for one in questions]
    return [milliseconds(partial(search, one, TOP, within)) for one in questions], found


if __name__ == "__main__":
    main()
