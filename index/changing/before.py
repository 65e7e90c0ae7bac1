"""Libraries of schema 2, whose documents lay in a file of their own: they are read once, and left alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sstc_chat.corpus.types import Document

NAME = "library.sqlite"
COLUMNS = "id, title, text, language, metadata"


def is_of_before(home: Path) -> bool:
    """Whether there is such a library."""
    return (home / NAME).is_file()


def documents_of_before(home: Path) -> Iterator[Document]:
    """Yield the documents of such a library, in the order in which they were added."""
    uri = f"{(home / NAME).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        rows = connection.execute(f"SELECT {COLUMNS} FROM documents ORDER BY position")  # nosec B608 # noqa: S608 - our own names
        for identity, title, text, language, metadata in rows:
            yield Document(identity, title, text, language, json.loads(metadata))
