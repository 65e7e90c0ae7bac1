"""What a search costs and finds beside one that compares with all vectors, held in memory."""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from library import milliseconds
from performance.rows import Row

from sstc_chat.index.dense.design import FLAT
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.making import ALL, blocks
from sstc_chat.index.store import Store
from sstc_chat.index.types import Scored, Vectors

TOP = 10


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
