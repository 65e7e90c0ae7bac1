"""What people make is kept here: `records.sqlite` in the home, one transaction at a time, for every room.

A room brings its tables as steps that lead from one version to the next. Whoever opens the storage takes
those that are still to be taken, in the same transaction, so that no version is ever half there. Before that
the file is copied: whoever wants the earlier program back finds what it can read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sstc_chat.corpus.errors import HomeError, reason_of

NAME = "records.sqlite"
# How long one writer waits for another, in seconds.
PATIENCE = 10.0
VERSIONS = "CREATE TABLE IF NOT EXISTS versions (room TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT"


@dataclass(frozen=True)
class Tables:
    """The tables of a room.

    Attributes
    ----------
    room
        Whose they are.
    steps
        SQL scripts; the first makes version 1, each of the others the next one out of the one before. A step
        that was once released is never changed.
    database
        The file in the home that holds them.
    """

    room: str
    steps: tuple[str, ...]
    database: str = NAME


@contextmanager
def open_storage(home: Path, tables: Tables) -> Iterator[sqlite3.Connection]:
    """Open the storage of `home` for the tables of one room: all that is done happens, or none of it.

    One writes at a time, another waits for its turn; foreign keys hold.

    Raises
    ------
    HomeError
        If the home cannot be written, another keeps writing there, or a later version wrote it.
    """
    path = home / tables.database
    try:
        home.mkdir(parents=True, exist_ok=True)
        # What people wrote is nobody else's on this machine.
        path.touch(mode=0o600)
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            # Closing without a commit undoes everything.
            connection.execute("BEGIN IMMEDIATE")
            _bring_up_to_date(connection, tables, home)
            yield connection
            connection.execute("COMMIT")
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            raise HomeError(
                f"{path} is damaged ({error}). Bring back a backup: sstc-chat restore FILE",
                reason="damaged",
            ) from error
        raise HomeError(
            f"{path} cannot be used ({error}). Give another --home, make room, or wait until the "
            "other sstc-chat that writes there is done.",
            reason=reason_of(error),
        ) from error


def _bring_up_to_date(connection: sqlite3.Connection, tables: Tables, home: Path) -> None:
    connection.execute(VERSIONS)
    row = connection.execute("SELECT version FROM versions WHERE room = ?", (tables.room,)).fetchone()
    version = row[0] if row else 0
    if version > len(tables.steps):
        raise HomeError(
            f"{home / tables.database} holds {tables.room} in the version {version}; this program knows "
            f"{len(tables.steps)}. Update sstc-chat, or give another --home."
        )
    if 0 < version < len(tables.steps):
        _keep(home / tables.database, f"{tables.room}-{version}")
    for step in tables.steps[version:]:
        for statement in _statements(step):
            connection.execute(statement)
    if version < len(tables.steps):
        latest = (tables.room, len(tables.steps))
        connection.execute("INSERT OR REPLACE INTO versions VALUES (?, ?)", latest)


def _keep(path: Path, version: str) -> None:
    """Copy the file, as it was before this transaction, beside itself: `records.sqlite.feedback-1`."""
    kept = path.with_name(f"{path.name}.{version}")
    draft = kept.with_name(f".{kept.name}")
    draft.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as target:
        source.backup(target)
    draft.replace(kept)


def _statements(script: str) -> Iterator[str]:
    """Cut a script where a statement ends: `executescript` would commit what is not finished."""
    begun = ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""
    if begun.strip():
        yield begun
