"""The tables of this room: `access.sqlite` in the home, apart from what people made."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from importlib.resources import files
from pathlib import Path

from sstc_chat.corpus.errors import HomeError
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
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("PRAGMA query_only = ON")
            yield connection
    except sqlite3.Error as error:
        raise HomeError(
            f"{path} cannot be read ({error}). Bring back a backup: sstc-chat restore FILE"
        ) from error


def digest(secret: str) -> str:
    """Return the SHA-256 of what somebody brings; it is random and long, so that a plain hash will do."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
