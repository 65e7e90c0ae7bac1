"""Texts by their content, each with its vectors: one that is known is never encoded again."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sstc_chat.corpus.types import Chunk
from sstc_chat.index.embedding import embed
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Progress, Vectors

# How many values a statement is given at a time; older SQLites take 999.
SOME = 500
INSERT_VECTORS = "INSERT INTO vectors VALUES (?, ?, ?, ?)"


def sentence_sum(text: str) -> bytes:
    """Return the sum of a sentence as it is encoded, through windows."""
    return _sum("sentence", text)


def chunk_sum(chunk: Chunk) -> bytes:
    """Return the sum of a chunk as it is encoded."""
    return chunk_content_sum(chunk.context, chunk.text)


def chunk_content_sum(context: str, text: str) -> bytes:
    """Return the sum of a chunk, given what stands above it and its text."""
    return _sum("chunk", f"{context}. {text}")


def in_context(chunk: Chunk) -> str:
    """Return a chunk as it is encoded: its title and headings say what it is about."""
    return f"{chunk.context}. {chunk.text}"


def use_contents(connection: sqlite3.Connection, sums: Iterable[bytes]) -> dict[bytes, int]:
    """Count one more use of each of `sums`; return their numbers."""
    uses = Counter(sums)
    numbers = dict(_rows(connection, "SELECT sum, number FROM contents WHERE sum IN", list(uses)))
    connection.executemany(
        "UPDATE contents SET uses = uses + ? WHERE number = ?",
        ((uses[sum_], number) for sum_, number in numbers.items()),
    )
    for sum_ in uses.keys() - numbers.keys():
        row = connection.execute("INSERT INTO contents (sum, uses) VALUES (?, ?)", (sum_, uses[sum_]))
        numbers[sum_] = int(row.lastrowid or 0)
    return numbers


def encode(
    connection: sqlite3.Connection,
    role: str,
    encoder: Encoder,
    texts: Mapping[int, Sequence[str]],
    progress: Progress,
) -> None:
    """Write the vectors of those contents that have none yet; `texts` has the views of each by its number."""
    query = "SELECT content, model FROM vectors WHERE content IN"
    known = {number for number, model in _rows(connection, query, list(texts)) if model == role}
    missing = {number: views for number, views in texts.items() if number not in known}
    vectors = embed(missing, encoder, progress)
    connection.executemany(INSERT_VECTORS, ((role, key, *stored(one)) for key, one in vectors.items()))


def stored(vectors: Vectors) -> tuple[bytes, int]:
    """Return vectors as they are stored, and a sum that tells damage."""
    content = vectors.tobytes()
    return content, zlib.crc32(content)


def drop_uses(connection: sqlite3.Connection, low: int, high: int) -> None:
    """Count the uses of the sentences and chunks numbered from `low` to `high` no longer."""
    for table in ("sentences", "chunks"):
        query = f"SELECT content FROM {table} WHERE number BETWEEN ? AND ? AND content IS NOT NULL"  # nosec B608 # noqa: S608 - our own names
        uses = Counter(row[0] for row in connection.execute(query, (low, high)))
        connection.executemany(
            "UPDATE contents SET uses = uses - ? WHERE number = ?", ((n, key) for key, n in uses.items())
        )


def forget_unused(connection: sqlite3.Connection) -> None:
    """Delete the contents and words that nothing uses."""
    connection.execute("DELETE FROM vectors WHERE content IN (SELECT number FROM contents WHERE uses = 0)")
    connection.execute("DELETE FROM contents WHERE uses = 0")
    connection.execute("DELETE FROM words WHERE uses = 0")


def in_parts(values: Sequence[object]) -> Iterator[tuple[str, Sequence[object]]]:
    """Yield marks for a statement and the values they stand for, some at a time."""
    for start in range(0, len(values), SOME):
        part = values[start : start + SOME]
        yield ",".join("?" * len(part)), part


def _rows(connection: sqlite3.Connection, query: str, values: Sequence[object]) -> Iterator[tuple[Any, Any]]:
    for marks, part in in_parts(values):
        yield from connection.execute(f"{query} ({marks})", part)


def _sum(kind: str, text: str) -> bytes:
    return hashlib.sha256(f"{kind}\x1f{text}".encode()).digest()[:16]
