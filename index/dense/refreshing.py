"""Keep the FAISS files near to the tables: each is written anew when much has changed, and not before.

So adding a document does not cost what all documents weigh, and what has changed since is little to read when
a file is opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.database import state_of
from sstc_chat.index.dense.design import MOST_FLAT, design_for, lists_of
from sstc_chat.index.dense.files import Said, load_flat, load_inverted, said_of, save
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.inverted_file import InvertedFile
from sstc_chat.index.dense.making import catch_up, make
from sstc_chat.index.types import Progress

# A flat file is written anew when this share of it has changed, and more than a few.
SHARE, FEW = 0.25, 256
# An inverted file is when so many passages have changed: they are searched beside it, one by one.
FOLD = 8192
CHANGES = """
SELECT (SELECT count(*) FROM chunks WHERE state > ?1), (SELECT count(*) FROM gone_chunks WHERE state > ?1)
"""


def kind_for(connection: sqlite3.Connection, folder: Path, choice: str, before: str) -> str:
    """Return which kind of index the chunks should have now; see `design_for`."""
    said = [one for path in folder.glob("*.faiss") if (one := _usable(connection, path))]
    if said and said[0].count > MOST_FLAT:  # to count so many would cost a change more than the change
        added, gone = _changes(connection, said[0].state)
        return design_for(said[0].count + added - gone, choice, before)
    return design_for(connection.execute("SELECT count(*) FROM chunks").fetchone()[0], choice, before)


def refresh(
    connection: sqlite3.Connection,
    folder: Path,
    dimensions: Mapping[str, int],
    kind: str,
    progress: Progress,
) -> None:
    """Write the files anew, by role, of which much has changed, or which are of another kind."""
    for role, dimension in dimensions.items():
        path = folder / f"{role}.faiss"
        said = _usable(connection, path)
        if said is None or said.kind != kind:
            save(make(connection, role, dimension, kind, progress), path, state_of(connection))
        elif sum(_changes(connection, said.state)) > most_changes(said):
            try:
                index = catch_up(connection, loaded(path, said), role, said.state)
            except IndexDamagedError:
                index = make(connection, role, dimension, kind, progress)
            save(index, path, state_of(connection))


def _usable(connection: sqlite3.Connection, path: Path) -> Said | None:
    """Return what a file says of itself, if it is of these tables, now or earlier."""
    try:
        said = said_of(path)
    except IndexDamagedError:
        return None
    return said if 0 <= said.state <= state_of(connection) else None


def loaded(path: Path, said: Said) -> FlatIndex | InvertedFile:
    """Return an index that can be changed."""
    return load_inverted(path, said, mapped=False) if lists_of(said.kind) else load_flat(path, said)


def most_changes(said: Said) -> float:
    """Return how much may have changed before a file is written anew."""
    return FOLD if lists_of(said.kind) else max(FEW, SHARE * said.count)


def _changes(connection: sqlite3.Connection, state: int) -> tuple[int, int]:
    """Return how many chunks were added since `state`, and how many are gone."""
    added, gone = connection.execute(CHANGES, (state,)).fetchone()
    return added, gone
