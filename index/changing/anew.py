"""Make a generation anew from the documents of another one."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.changing.contents import INSERT_VECTORS
from sstc_chat.index.changing.documents import COLUMNS, document_of
from sstc_chat.index.database import NAME, connect_to_write
from sstc_chat.index.files import keep_folder
from sstc_chat.index.manifest import Manifest

DOCUMENTS = f"position, slot, bytes, sha256, {COLUMNS}"
CACHED = (
    "SELECT number, sum, model, vectors, crc FROM contents JOIN vectors ON content = number ORDER BY number"
)


def begin_anew(home: Path, manifest: Manifest, old: sqlite3.Connection) -> sqlite3.Connection:
    """Return the tables of a new generation that holds the documents of `old`, all of them pending.

    Nobody reads them yet: what happens to them before `finish` does not matter.

    Raises
    ------
    IndexDamagedError
        If a document is not what was added.
    """
    folder = home / manifest.folder
    folder.mkdir()
    new = connect_to_write(folder / NAME)
    try:
        new.execute("PRAGMA synchronous = OFF")
        new.execute("BEGIN")
        _copy_documents(old, new)
    except BaseException:
        new.close()
        raise
    return new


def copy_vectors(old: sqlite3.Connection, new: sqlite3.Connection, models: Mapping[str, bool]) -> None:
    """Copy what is known of the texts under those `models` that are the same, and of words.

    What is damaged is left out, and so encoded again.
    """
    with suppress(sqlite3.DatabaseError):
        for number, sum_, model, vectors, crc in old.execute(CACHED):
            if models.get(model) and zlib.crc32(vectors) == crc:
                new.execute("INSERT OR IGNORE INTO contents VALUES (?, ?, 0)", (number, sum_))
                new.execute(INSERT_VECTORS, (model, number, vectors, crc))


def copy_words(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Copy the vectors of words, those that are damaged left out."""
    with suppress(sqlite3.DatabaseError):
        for number, word, spelling, vector, crc in old.execute(
            "SELECT number, word, spelling, vector, crc FROM words"
        ):
            if zlib.crc32(vector) == crc:
                new.execute(
                    "INSERT OR IGNORE INTO words VALUES (?, ?, ?, 0, ?, ?)",
                    (number, word, spelling, vector, crc),
                )


def finish(home: Path, manifest: Manifest, new: sqlite3.Connection) -> None:
    """Have all of a new generation on the disk."""
    new.execute("COMMIT")
    new.execute("PRAGMA synchronous = FULL")
    new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (home / manifest.folder / NAME).open("rb") as file:
        os.fsync(file.fileno())
    keep_folder(home / manifest.folder)
    keep_folder(home)


def _copy_documents(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    marks = ", ".join("?" * (DOCUMENTS.count(",") + 1))
    insert = f"INSERT INTO documents ({DOCUMENTS}) VALUES ({marks})"  # nosec B608 # noqa: S608 - our own names
    for position, slot, size, sha256, *row in old.execute(f"SELECT {DOCUMENTS} FROM documents"):  # nosec B608 # noqa: S608 - our own names
        document = document_of(row)
        if document.sha256 != sha256:
            raise IndexDamagedError(
                f"The text of {document.id} is not what was added: its sha256 is {document.sha256}, not "
                f"{sha256}. Add it again, or bring back a backup: sstc-chat restore FILE"
            )
        new.execute(insert, (position, slot, size, sha256, *row))
        new.execute("INSERT INTO pending VALUES (?)", (slot,))
    for row in old.execute("SELECT * FROM taken_out"):
        new.execute(f"INSERT INTO taken_out VALUES ({', '.join('?' * len(row))})", row)  # nosec B608 # noqa: S608 - our own names
    for row in old.execute("SELECT name, value FROM facts WHERE name IN ('state', 'identity')"):
        new.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", row)
