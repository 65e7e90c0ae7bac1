"""Connections to the tables of a library: one that writes, any number that read a snapshot."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from sstc_chat.index.log import LONG

NAME = "library.sqlite"
PATIENCE = 5.0
# The part of the tables that SQLite may read without copying it, in bytes.
MAPPED = 1 << 30
# The vectors of a sentence take several kilobytes: on large pages they are read in one piece.
PAGE = 65536
# What one value lists, so that a statement reads alike however many there are, and is prepared once.
LISTED = "(SELECT value FROM json_each(?))"


class Tables:
    """The tables of a library as one connection sees them, safe to ask from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.lock = threading.Lock()

    def rows(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Return all rows that `query` finds."""
        with self.lock:
            return self.connection.execute(query, values).fetchall()

    def close(self) -> None:
        """Let go of the files, once nobody asks."""
        with self.lock:
            self.connection.close()


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the tables of `schema.sql`, all of them or none."""
    connection.execute(f"PRAGMA page_size = {PAGE}")
    schema = (files("sstc_chat.index") / "schema.sql").read_text("utf-8")
    connection.executescript(f"BEGIN;\n{schema}\nCOMMIT;")


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Connect to the tables at `path`, or make them.

    Changes go to a log first, so that readers go on with what was there, and a change is on the disk when its
    commit returns: https://sqlite.org/wal.html.
    """
    fresh = not path.exists()
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        if fresh:
            connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {LONG}")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
            create_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Connect to the tables at `path` as they are now: later changes are not seen.

    Where the folder cannot be written, and so nobody changes anything, the file is read alone.
    """
    uri = path.resolve().as_uri()
    try:
        return _snapshot(f"{uri}?mode=ro")
    except sqlite3.OperationalError:
        if not path.exists() or path.with_name(f"{path.name}-wal").exists():
            raise
        return _snapshot(f"{uri}?mode=ro&immutable=1")


def connect_to_follow(path: Path) -> sqlite3.Connection:
    """Connect to the tables at `path` so that each question to them sees every change until then."""
    return _connected(f"{path.resolve().as_uri()}?mode=ro")


def _connected(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _snapshot(uri: str) -> sqlite3.Connection:
    connection = _connected(uri)
    try:
        connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        connection.execute("BEGIN")
        state_of(connection)  # the snapshot is that of the first read
    except BaseException:
        connection.close()
        raise
    return connection


def state_of(connection: sqlite3.Connection) -> int:
    """Return the state of the tables: a number that grows with every change."""
    row = connection.execute("SELECT value FROM facts WHERE name = 'state'").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("it does not say in which state it is")
    return int(row[0])


def listed(values: Iterable[int | str]) -> str:
    """Return values as the one that `LISTED` takes; a statement takes only so many."""
    return json.dumps(list(values), default=int)  # numpy's numbers, too
