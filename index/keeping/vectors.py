"""Check what was encoded: every vector is there, undamaged, of the right dimension and of length one."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from sstc_chat.index.changing.contents import chunk_content_sum, sentence_sum
from sstc_chat.index.encoders import Encoder, views_of
from sstc_chat.index.keeping.findings import Finding, damaged
from sstc_chat.index.types import Progress

# How far from one a length may be: encoders count with 32 bits, and some with fewer.
ROUNDING = 1e-3
SENTENCES = "SELECT content, text FROM sentences WHERE content IS NOT NULL"
CHUNKS = "SELECT content, context, text FROM chunks"


def check_contents(
    connection: sqlite3.Connection, encoders: Mapping[str, Encoder], progress: Progress
) -> Iterator[Finding]:
    """Yield what is wrong with the texts that were encoded, and with their vectors."""
    texts: dict[int, tuple[bytes, str, bool]] = {}
    uses: Counter[int] = Counter()
    for content, text in connection.execute(SENTENCES):
        texts[content] = (sentence_sum(text), text, True)
        uses[content] += 1
    for content, context, text in connection.execute(CHUNKS):
        texts[content] = (chunk_content_sum(context, text), text, False)
        uses[content] += 1
    stored = {
        n: (sum_, used) for n, sum_, used in connection.execute("SELECT * FROM contents WHERE uses > 0")
    }
    if stored != {content: (texts[content][0], used) for content, used in uses.items()}:
        yield damaged("The list of encoded texts", "it is not that of the sentences and passages")
        return
    for role, encoder in encoders.items():
        sizes = {
            content: len(views_of(text, encoder.window)) if windows else 1
            for content, (_, text, windows) in texts.items()
        }
        wrong = _wrong(connection, role, encoder, sizes, progress)
        if wrong:
            yield damaged(
                f"The vectors of {encoder.name}", f"{wrong:,} of {len(sizes):,} are not as they were written"
            )


def check_words(connection: sqlite3.Connection, encoders: Mapping[str, Encoder]) -> Iterator[Finding]:
    """Yield what is wrong with the words: how often each is used, and its vector."""
    dimension = encoders["multilingual"].dimension
    uses, spellings = _counted(connection)
    rows = connection.execute(
        "SELECT number, spelling, uses, vector, crc FROM words WHERE uses > 0"
    ).fetchall()
    wrong = sum(not _is_whole(vector, crc, 1, dimension) for *_, vector, crc in rows)
    if wrong:
        yield damaged("The vectors of words", f"{wrong:,} of {len(rows):,} are not right")
    held: Counter[str] = Counter()
    by_number = {number: spelling for number, spelling, *_ in rows}
    for numbers in spellings:
        held.update({by_number.get(number, "") for number in numbers})
    said = dict(connection.execute("SELECT spelling, chunks FROM spellings").fetchall())
    if uses != {number: used for number, _, used, *_ in rows} or held != said:
        yield damaged("The list of words", "it is not that of the texts")


def _counted(connection: sqlite3.Connection) -> tuple[Counter[int], list[list[int]]]:
    """Return how often each word is used, and the words of each chunk."""
    uses: Counter[int] = Counter()
    for query in ("SELECT words FROM section_terms", "SELECT words FROM sentence_terms"):
        for (words,) in connection.execute(query):
            uses.update(np.frombuffer(words, dtype=np.int32).tolist())
    chunks = connection.execute("SELECT words FROM chunk_terms")
    return uses, [np.frombuffer(words, dtype=np.int32).tolist() for (words,) in chunks]


def _wrong(
    connection: sqlite3.Connection, role: str, encoder: Encoder, sizes: Mapping[int, int], progress: Progress
) -> int:
    """Return how many contents have no vectors, or not those that were written."""
    left = dict(sizes)
    query = "SELECT content, vectors, crc FROM vectors WHERE model = ?"
    for number, (content, vectors, crc) in enumerate(connection.execute(query, (role,)), start=1):
        size = sizes.get(content)
        if size and _is_whole(vectors, crc, size, encoder.dimension):
            left.pop(content)
        if number % 1000 == 0 or number == len(sizes):
            progress(f"Checking vectors of {encoder.name}", min(number, len(sizes)), len(sizes))
    return len(left)


def _is_whole(vectors: bytes, crc: int, count: int, dimension: int) -> bool:
    if zlib.crc32(vectors) != crc or len(vectors) != 4 * count * dimension:
        return False
    lengths = np.linalg.norm(np.frombuffer(vectors, dtype=np.float32).reshape(count, dimension), axis=1)
    return bool((np.abs(lengths - 1) < ROUNDING).all())
