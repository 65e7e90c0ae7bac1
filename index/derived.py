"""The FAISS files: derived from the tables, and brought up to date from them when they are opened.

A file carries the state of the tables that it is of. What has been added since is added, what is gone is
taken out; a file that is missing, damaged or not of these tables is made again. It is only written anew when
much has changed, so that adding a document does not cost what all documents weigh.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.database import state_of
from sstc_chat.index.dense import DenseIndex, written
from sstc_chat.index.types import Vectors

# A file is written anew when this share of it has changed, and more than a few.
SHARE, FEW = 0.25, 256
# How many vectors are taken from the tables at a time.
BLOCK = 4096
ADDED = """
SELECT number, vectors FROM chunks JOIN vectors USING (content) WHERE model = ? AND state > ?
"""


def open_dense(connection: sqlite3.Connection, folder: Path, role: str, dimension: int) -> DenseIndex:
    """Return the index of the chunks under one encoder, as the tables have it now."""
    path = folder / f"{role}.faiss"
    now = state_of(connection)
    nothing = DenseIndex.of(np.empty((0, dimension), np.float32))
    try:
        state, dense = DenseIndex.load(path)
    except IndexDamagedError:
        dense = caught_up(connection, nothing, role, -1)
        with suppress(OSError):  # who may only read goes without
            dense.save(path, now)
        return dense
    if state > now:  # these tables are a snapshot that is older
        return caught_up(connection, nothing, role, -1)
    return caught_up(connection, dense, role, state)


def refresh(connection: sqlite3.Connection, folder: Path, dimensions: Mapping[str, int]) -> None:
    """Write the files anew, by role, of which a large part has changed."""
    now = state_of(connection)
    for role, dimension in dimensions.items():
        path = folder / f"{role}.faiss"
        state, count = written(path)
        if not 0 <= state <= now or _changed(connection, state) > max(FEW, SHARE * count):
            open_dense(connection, folder, role, dimension).save(path, now)


def caught_up(connection: sqlite3.Connection, dense: DenseIndex, role: str, state: int) -> DenseIndex:
    """Take out what is gone since `state`, and add what is new."""
    gone = connection.execute("SELECT number FROM gone_chunks WHERE state > ?", (state,))
    dense.remove([row[0] for row in gone])
    rows = connection.execute(ADDED, (role, state))
    while block := rows.fetchmany(BLOCK):
        dense.add([number for number, _ in block], _vectors(vectors for _, vectors in block))
    return dense


def _changed(connection: sqlite3.Connection, state: int) -> int:
    query = """
    SELECT (SELECT count(*) FROM chunks WHERE state > ?1)
         + (SELECT count(*) FROM gone_chunks WHERE state > ?1)
    """
    return int(connection.execute(query, (state,)).fetchone()[0])


def _vectors(blobs: Iterable[bytes]) -> Vectors:
    parts = list(blobs)
    return np.frombuffer(b"".join(parts), dtype=np.float32).reshape(len(parts), -1)
