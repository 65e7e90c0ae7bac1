"""Make an index of the passages in the tables, or bring one up to date with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from sstc_chat.index.database import LISTED, listed
from sstc_chat.index.dense.design import DRAWN, lists_of
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.inverted_file import InvertedFile
from sstc_chat.index.types import Progress, Vectors

Index = TypeVar("Index", bound=FlatIndex | InvertedFile)
# How many vectors are taken from the tables at a time.
BLOCK = 4096
ALL = "SELECT number, vectors FROM chunks JOIN vectors USING (content) WHERE model = ?"
ADDED = f"{ALL} AND state > ?"
NUMBERED = f"{ALL} AND number IN {LISTED}"  # nosec B608
GONE = "SELECT number FROM gone_chunks WHERE state > ?"


def make(
    connection: sqlite3.Connection, role: str, dimension: int, kind: str, progress: Progress
) -> FlatIndex | InvertedFile:
    """Make an index of all chunks under one encoder."""
    lists = lists_of(kind)
    if not lists:
        return make_flat(connection, role, dimension)
    numbers = [row[0] for row in connection.execute("SELECT number FROM chunks ORDER BY number")]
    what, done = f"Arranging passages ({role})", 0
    progress(what, done, len(numbers))
    index = InvertedFile.trained(_sample(connection, role, numbers, lists * DRAWN), lists)
    for block, vectors in blocks(connection, ALL, role):
        index.add(block, vectors)
        done += len(block)
        progress(what, done, len(numbers))
    return index


def make_flat(connection: sqlite3.Connection, role: str, dimension: int) -> FlatIndex:
    """Make a flat index of all chunks under one encoder."""
    return catch_up(connection, empty(dimension), role, -1)


def catch_up(connection: sqlite3.Connection, index: Index, role: str, state: int) -> Index:
    """Take out of `index` what is gone since `state`, and add what is new."""
    index.remove([row[0] for row in connection.execute(GONE, (state,))])
    for numbers, vectors in blocks(connection, ADDED, role, state):
        index.add(numbers, vectors)
    return index


def empty(dimension: int) -> FlatIndex:
    """Return an index that holds nothing."""
    return FlatIndex.of(np.empty((0, dimension), np.float32))


def blocks(
    connection: sqlite3.Connection, query: str, *values: str | int
) -> Iterator[tuple[list[int], Vectors]]:
    """Yield the numbers and vectors that a query finds, some at a time."""
    rows = connection.execute(query, values)
    while block := rows.fetchmany(BLOCK):
        yield [number for number, _ in block], _matrix(vectors for _, vectors in block)


def numbered(
    connection: sqlite3.Connection, role: str, numbers: Iterable[int]
) -> Iterator[tuple[list[int], Vectors]]:
    """Yield some numbers of chunks with their vectors, some at a time."""
    yield from blocks(connection, NUMBERED, role, listed(numbers))


def _sample(connection: sqlite3.Connection, role: str, numbers: Sequence[int], size: int) -> Vectors:
    """Return the vectors of `size` chunks, drawn evenly.

    A number comes of a hash, so that these are chunks as chance would have them, and whatever the library has
    been through, the same chunks give the same sample.
    """
    drawn = numbers[:: -(-len(numbers) // size)]
    return np.concatenate([vectors for _, vectors in numbered(connection, role, drawn)])


def _matrix(blobs: Iterable[bytes]) -> Vectors:
    parts = list(blobs)
    return np.frombuffer(b"".join(parts), dtype=np.float32).reshape(len(parts), -1)
