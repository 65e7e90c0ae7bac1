"""Documents as rows: put in, replaced, taken out, and brought back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from sstc_chat.corpus.types import Document, Part, Spans
from sstc_chat.index.changing.contents import drop_uses, forget_unused
from sstc_chat.index.changing.rows import remove_reading
from sstc_chat.index.changing.slots import free_slot, numbers_of
from sstc_chat.index.changing.words import remove_words

Change = Literal["added", "replaced", "unchanged"]
COLUMNS = "id, title, language, metadata, media_type, pages, parts, text, original"
# All but the metadata: if one of these is another, the document is read anew.
READ = ("id", "title", "language", "media_type", "pages", "parts", "text", "original")


def put(connection: sqlite3.Connection, document: Document, state: int) -> Change:
    """Put `document` in, in place of one with the same id."""
    found = connection.execute(
        f"SELECT position, slot, {COLUMNS} FROM documents WHERE id = ?",  # nosec B608 # noqa: S608 - our own names
        (document.id,),
    ).fetchone()
    if found is None:
        _insert(connection, None, free_slot(connection, document.id), document)
        return "added"
    position, slot, *row = found
    old = document_of(row)
    if all(getattr(old, name) == getattr(document, name) for name in READ):
        metadata = json.dumps(dict(document.metadata))
        connection.execute("UPDATE documents SET metadata = ? WHERE position = ?", (metadata, position))
        return "unchanged"
    _take_out(connection, position, slot, state)
    _insert(connection, position, slot, document)
    return "replaced"


def take_out(connection: sqlite3.Connection, identity: str, state: int) -> bool:
    """Take out the document with this id; return whether there was one."""
    query = "SELECT position, slot FROM documents WHERE id = ?"
    found = connection.execute(query, (identity,)).fetchone()
    if found:
        position, slot = found
        _take_out(connection, position, slot, state)
    return bool(found)


def bring_back(connection: sqlite3.Connection, state: int) -> list[str]:
    """Put back what the last change that took something out took out; return the ids."""
    query = f"""
    SELECT position, {COLUMNS} FROM taken_out
    WHERE state = (SELECT max(state) FROM taken_out) ORDER BY position
    """  # nosec B608 # noqa: S608 - our own names
    rows = connection.execute(query).fetchall()
    for position, *row in rows:
        document = document_of(row)
        put(connection, document, state)
        free = "SELECT 1 FROM documents WHERE position = ?"
        if not connection.execute(free, (position,)).fetchone():
            connection.execute("UPDATE documents SET position = ? WHERE id = ?", (position, document.id))
    connection.execute("DELETE FROM taken_out WHERE state < ?", (state,))
    return [row[1] for row in rows]


def documents_in(connection: sqlite3.Connection, where: str = "TRUE") -> Iterator[Document]:
    """Yield documents in the order in which they were added."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM documents WHERE {where} ORDER BY position")  # nosec B608 # noqa: S608 - our own names
    yield from map(document_of, rows)


def pending_documents(connection: sqlite3.Connection) -> Iterator[tuple[int, Document]]:
    """Yield the documents that stand in no other table yet, with their slots, in the order of these."""
    slots = connection.execute("SELECT slot FROM pending ORDER BY slot").fetchall()
    for (slot,) in slots:
        (document,) = documents_in(connection, f"slot = {int(slot)}")
        yield slot, document


def document_of(row: Any) -> Document:  # noqa: ANN401 - as SQLite gives it
    """Return the document of a row of `COLUMNS`."""
    identity, title, language, metadata, media_type, pages, parts, text, original = row
    return Document(
        id=identity,
        title=title,
        text=text,
        language=language,
        metadata=json.loads(metadata),
        original=original,
        media_type=media_type,
        pages=_spans(json.loads(pages)),
        parts=tuple(Part(kind, _spans(spans), level) for kind, spans, level in json.loads(parts)),
    )


def row_of(document: Document) -> tuple[object, ...]:
    """Return a document as a row of `COLUMNS`."""
    return (
        *(document.id, document.title, document.language, json.dumps(dict(document.metadata))),
        *(document.media_type, json.dumps(document.pages)),
        json.dumps([(part.kind, part.spans, part.level) for part in document.parts]),
        *(document.text, document.original),
    )


def _spans(pairs: Iterable[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in pairs)


def _insert(connection: sqlite3.Connection, position: int | None, slot: int, document: Document) -> None:
    size = len(document.original or document.text.encode())
    row = (position, slot, size, document.sha256, *row_of(document))
    connection.execute(
        f"INSERT INTO documents (position, slot, bytes, sha256, {COLUMNS}) "  # nosec B608 # noqa: S608 - our own names
        f"VALUES ({', '.join('?' * len(row))})",
        row,
    )
    connection.execute("INSERT INTO pending VALUES (?)", (slot,))


def _take_out(connection: sqlite3.Connection, position: int, slot: int, state: int) -> None:
    """Keep the document until another change takes something out, and delete it with all that it brought."""
    if connection.execute("DELETE FROM taken_out WHERE state < ?", (state,)).rowcount:
        forget_unused(connection)
    connection.execute(
        f"INSERT INTO taken_out (state, position, {COLUMNS}) "  # nosec B608 # noqa: S608 - our own names
        f"SELECT ?, position, {COLUMNS} FROM documents WHERE position = ?",
        (state, position),
    )
    low, high = numbers_of(slot)
    remove_words(connection, low, high)
    drop_uses(connection, low, high)
    remove_reading(connection, low, high, state)
    connection.execute("DELETE FROM documents WHERE position = ?", (position,))
    connection.execute("DELETE FROM pending WHERE slot = ?", (slot,))
