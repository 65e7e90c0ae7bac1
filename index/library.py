"""The documents that were added, kept apart from the index, which can always be made again from them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sstc_chat.corpus.errors import HomeError
from sstc_chat.corpus.types import Document

NAME = "library.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    metadata TEXT NOT NULL
)
"""
PATIENCE = 5.0


class Library:
    """The documents of a home, in the order in which they were added."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __len__(self) -> int:
        return int(self.connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def __iter__(self) -> Iterator[Document]:
        rows = self.connection.execute(
            "SELECT id, title, text, language, metadata FROM documents ORDER BY position"
        )
        for identity, title, text, language, metadata in rows:
            yield Document(identity, title, text, language, json.loads(metadata))

    def add(self, documents: Iterable[Document]) -> list[str]:
        """Add `documents`, each in place of one with the same id; return their ids."""
        added = []
        for document in documents:
            self.connection.execute(
                "INSERT INTO documents (id, title, text, language, metadata) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title, "
                "text = excluded.text, language = excluded.language, metadata = excluded.metadata",
                (
                    document.id,
                    document.title,
                    document.text,
                    document.language,
                    json.dumps(dict(document.metadata)),
                ),
            )
            added.append(document.id)
        return added

    def remove(self, identity: str) -> bool:
        """Take out the document with this id; return whether there was one."""
        cursor = self.connection.execute("DELETE FROM documents WHERE id = ?", (identity,))
        return cursor.rowcount > 0


@contextmanager
def open_library(home: Path) -> Iterator[Library]:
    """Open the library of `home` for writing: all that is done with it happens, or none of it.

    One process may hold it at a time; another waits a few seconds for its turn.

    Raises
    ------
    HomeError
        If the home cannot be written, or another process is writing there.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        # Closing without a commit undoes everything.
        with closing(sqlite3.connect(home / NAME, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(SCHEMA)
            yield Library(connection)
            connection.execute("COMMIT")
    except (OSError, sqlite3.Error) as error:
        raise HomeError(
            f"The home {home} cannot be written ({error}). Give another one with --home or "
            "SSTC_CHAT_HOME, make room, or wait until the other sstc-chat that writes there is done."
        ) from error
