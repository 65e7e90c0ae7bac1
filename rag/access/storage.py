"""The tables of this room: `access.sqlite` in the home, apart from what people made."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from importlib.resources import files
from pathlib import Path

from sstc_chat.corpus.errors import HomeError
from sstc_chat.index.keeping.findings import NO_ROOM
from sstc_chat.rag.records.storage import Tables, open_storage

NAME = "access.sqlite"


def opened(home: Path) -> AbstractContextManager[sqlite3.Connection]:
    """Open the tables to change them: all that is done happens, or none of it."""
    schema = (files("sstc_chat.rag.access") / "schema.sql").read_text("utf-8")
    return open_storage(home, Tables("access", (schema,), NAME))


@contextmanager
def reading(home: Path) -> Iterator[sqlite3.Connection | None]:
    """Open the tables to read them, beside whoever writes; None where there are none yet.

    Raises
    ------
    HomeError
        If they cannot be read. Whoever asks is then nobody.
    """
    path = home / NAME
    if not path.exists():
        yield None
        return
    try:
        with closing(_connected(path)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise HomeError(
            f"{path} cannot be read ({error}). Bring back a backup: sstc-chat restore FILE"
        ) from error


def _connected(path: Path) -> sqlite3.Connection:
    """Return a connection that reads; on a full disk too, so that whoever is signed in stays so."""
    address = path.absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=rw", uri=True)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection
    except sqlite3.OperationalError as error:
        connection.close()
        if NO_ROOM not in str(error) or _is_logged(path):
            raise
        # There is no room for what SQLite has readers and writers share. Then nobody writes, and the file is
        # whole.
        return sqlite3.connect(f"{address}?immutable=1", uri=True)


def _is_logged(path: Path) -> bool:
    """Whether the log beside a database may hold what is not in it yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def digest(secret: str) -> str:
    """Return the SHA-256 of what somebody brings; it is random and long, so that a plain hash will do."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
