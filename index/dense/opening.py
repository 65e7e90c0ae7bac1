"""The FAISS files: derived from the tables, and brought up to date from them when they are opened.

A file carries the state of the tables that it is of. What has been added since is added, what is gone is
taken out; a file that is missing, damaged or not of these tables is made again.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.database import Tables, state_of
from sstc_chat.index.dense.design import lists_of
from sstc_chat.index.dense.files import load_flat, load_inverted, said_of, save
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.inverted import InvertedIndex
from sstc_chat.index.dense.inverted_file import InvertedFile
from sstc_chat.index.dense.making import GONE, catch_up, empty, make, make_flat, numbered
from sstc_chat.index.types import no_progress

Dense = FlatIndex | InvertedIndex


def open_dense(tables: Tables, folder: Path, role: str, dimension: int, kind: str) -> Dense:
    """Return the index of the chunks under one encoder, as the tables have it now.

    Parameters
    ----------
    kind
        Of an index that has to be made again.
    """
    path, connection = folder / f"{role}.faiss", tables.connection
    now = state_of(connection)
    try:
        said = said_of(path)
        if lists_of(said.kind):
            return _caught_up(tables, load_inverted(path, said), role, said.state)
        if said.state > now:  # these tables are a snapshot that is older
            return make_flat(connection, role, dimension)
        return catch_up(connection, load_flat(path, said), role, said.state)
    except IndexDamagedError:
        made = make(connection, role, dimension, kind, no_progress)
        with suppress(OSError):  # who may only read goes without
            save(made, path, now)
        return made if isinstance(made, FlatIndex) else _caught_up(tables, made, role, now)


def _caught_up(tables: Tables, file: InvertedFile, role: str, state: int) -> InvertedIndex:
    """Return an inverted file with what has changed since `state`.

    Where that is later than the tables, which are then a snapshot, what is different is found by its numbers.
    """
    connection, added = tables.connection, empty(file.dimension)
    if state <= state_of(connection):
        catch_up(connection, added, role, state)
        gone = frozenset(row[0] for row in connection.execute(GONE, (state,)))
        return InvertedIndex(file, added, gone, tables, role)
    now = {row[0] for row in connection.execute("SELECT number FROM chunks")}
    then = set(file.numbers().tolist())
    for numbers, vectors in numbered(connection, role, now - then):
        added.add(numbers, vectors)
    return InvertedIndex(file, added, frozenset(then - now), tables, role)
