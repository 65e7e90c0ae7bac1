"""Check the documents: each text by its sum, and all that was read from it against reading it again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping

import numpy as np

from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document, Reading
from sstc_chat.index.changing.documents import COLUMNS, document_of
from sstc_chat.index.changing.rows import rows_of
from sstc_chat.index.changing.slots import first_number, numbers_of
from sstc_chat.index.changing.words import Held, held_by, sentence_terms
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.keeping.findings import Finding, damaged
from sstc_chat.index.types import Progress

SELECT = {
    "sections": "SELECT * FROM sections WHERE number BETWEEN ? AND ? ORDER BY number",
    "sentences": """
        SELECT number, id, section, page, block, kind, text, spans FROM sentences
        WHERE number BETWEEN ? AND ? ORDER BY number""",
    "chunks": """
        SELECT number, id, section, page, first, last, context, text, spans FROM chunks
        WHERE number BETWEEN ? AND ? ORDER BY number""",
}
AGAIN = "Add it again, or bring back a backup: sstc-chat restore FILE"


def check_documents(
    connection: sqlite3.Connection, encoders: Mapping[str, Encoder], chunk_size: int, progress: Progress
) -> Iterator[Finding]:
    """Yield what was found of each document."""
    rows = connection.execute("SELECT id, slot, sha256 FROM documents ORDER BY position").fetchall()
    for number, (identity, slot, sha256) in enumerate(rows, start=1):
        row = connection.execute(f"SELECT {COLUMNS} FROM documents WHERE slot = ?", (slot,)).fetchone()  # nosec B608 # noqa: S608 - our own names
        document = document_of(row)
        progress("Checking documents", number, len(rows))
        if document.sha256 != sha256 or _original_is_another(document):
            yield damaged(identity, "it is not what was added", AGAIN)
            continue
        wrong = list(_wrong(connection, slot, read(document, chunk_size), encoders["multilingual"]))
        yield from (damaged(identity, how) for how in wrong)
        if not wrong:
            yield Finding(f"{identity}: {_sentences(connection, slot)} sentences, each exact")


def _original_is_another(document: Document) -> bool:
    expected = document.metadata.get("origin_sha256")
    return bool(document.original and expected) and hashlib.sha256(document.original).hexdigest() != expected


def _wrong(connection: sqlite3.Connection, slot: int, reading: Reading, encoder: Encoder) -> Iterator[str]:
    """Yield what is stored of a document and is not what its text says."""
    expected = rows_of(reading, slot)
    for table, query in SELECT.items():
        stored = connection.execute(query, numbers_of(slot)).fetchall()
        wrong = len(set(stored) ^ set(expected[table]))
        if wrong:
            yield f"its {table} are not those of its text (differences: {wrong:,})"
    text = reading.document.text
    inexact = sum(
        plain("".join(text[start:end] for start, end in one.spans)) != " ".join(one.text.split())
        for one in reading.sentences
    )
    if inexact:
        yield f"{inexact:,} of its sentences are not at their place in the source"
    if not _has_its_words(connection, slot, reading, held_by(reading, encoder)):
        yield "its words are not those of its text"


def _has_its_words(connection: sqlite3.Connection, slot: int, reading: Reading, held: Held) -> bool:
    numbers = dict(connection.execute("SELECT word, number FROM words").fetchall()) if held.all() else {}
    first = first_number(slot)
    bounds = numbers_of(slot)

    def stored(table: str, key: str) -> list[tuple[object, ...]]:
        query = f"SELECT * FROM {table} WHERE {key} BETWEEN ? AND ? ORDER BY {key}"  # nosec B608 # noqa: S608 - our own names
        return connection.execute(query, bounds).fetchall()

    def blob(words: frozenset[str]) -> bytes:
        return np.array(sorted(numbers.get(word, -1) for word in words), dtype=np.int32).tobytes()

    return (
        stored("section_terms", "section")
        == [(first + n, blob(words)) for n, words in enumerate(held.sections)]
        and stored("chunk_terms", "chunk")
        == [(first + n, blob(words)) for n, words in enumerate(held.chunks)]
        and stored("sentence_terms", "sentence")
        == [
            (first + n, *sentence_terms(reading.sentences[n].text, words, numbers))
            for n, words in held.sentences.items()
        ]
    )


def _sentences(connection: sqlite3.Connection, slot: int) -> int:
    query = "SELECT count(*) FROM sentences WHERE number BETWEEN ? AND ?"
    return int(connection.execute(query, numbers_of(slot)).fetchone()[0])
