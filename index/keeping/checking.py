"""Check all that a library holds: every sum, every vector, every word, every quote."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from sstc_chat.index.database import NAME, Tables, connect_to_read
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.keeping.documents import check_documents
from sstc_chat.index.keeping.findings import NO_ROOM, RESTORE, ROOM, Finding, damaged
from sstc_chat.index.keeping.searches import check_dense, check_lexical
from sstc_chat.index.keeping.vectors import check_contents, check_words
from sstc_chat.index.manifest import parsed, read_manifest
from sstc_chat.index.types import Progress


def check_library(
    home: Path, encoders: Mapping[str, Encoder], settings: Mapping[str, int], progress: Progress
) -> Iterator[Finding]:
    """Yield what is wrong with what people made, what was found of each document, and what else is wrong.

    Raises
    ------
    IndexMissingError, IndexDamagedError, IndexStaleError
        If there is no index, its manifest is damaged, or it was not made by `encoders` and `settings`.
    """
    yield from _others(home)
    manifest = read_manifest(home)
    manifest.check_made_by(encoders, settings)
    path = home / manifest.folder / NAME
    try:
        with closing(connect_to_read(path)) as connection:
            wrong = list(_tables(connection, path))
            yield from wrong
            if not wrong:
                yield from check_documents(connection, encoders, settings["chunk_size"], progress)
                yield from check_contents(connection, encoders, progress)
                yield from check_words(connection, encoders)
                yield from check_lexical(connection)
                yield from check_dense(Tables(connection), path.parent, encoders, manifest.dense)
    except sqlite3.Error as error:
        yield damaged(str(path), str(error), RESTORE)


def _others(home: Path) -> Iterator[Finding]:
    """Yield what is wrong with the other databases, which hold what people made."""
    for database in sorted(home.glob("*.sqlite")):
        try:
            with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
                said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        except sqlite3.Error as error:
            said = [str(error)]
        if said != ["ok"]:
            remedy = f"{ROOM}. If it stays so: {RESTORE}" if NO_ROOM in said[0] else RESTORE
            yield damaged(str(database), "; ".join(said[:3]), remedy)


def _tables(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Yield what is wrong with the file itself."""
    said = connection.execute("PRAGMA integrity_check").fetchall()
    if said != [("ok",)]:
        yield damaged(
            str(path), "; ".join(row[0] for row in said[:3]), f"Try: sstc-chat index build. {RESTORE}"
        )
    row = connection.execute("SELECT value FROM facts WHERE name = 'manifest'").fetchone()
    if row is None or parsed(row[0], str(path)) != read_manifest(path.parent.parent):
        yield damaged(str(path), "it is not what manifest.json says it is")
    if connection.execute("SELECT 1 FROM pending").fetchone():
        yield damaged(str(path), "it holds documents that the index does not have yet")
