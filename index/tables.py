"""Write what was read from documents into the tables of an index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from importlib.resources import files

from sstc_chat.corpus.types import Reading
from sstc_chat.index.types import Vectors

INSERT_WORDS = "INSERT INTO chunk_words (rowid, text, heading) VALUES (?, ?, ?)"


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the tables of `schema.sql`."""
    # The vectors of a sentence take several kilobytes: on large pages they are read in one piece.
    connection.execute("PRAGMA page_size = 65536")
    connection.executescript((files("sstc_chat.index") / "schema.sql").read_text("utf-8"))


def write_reading(connection: sqlite3.Connection, reading: Reading) -> None:
    """Write a document with its sections, sentences, chunks and words, behind those already there."""
    section, sentence, chunk = (_count(connection, table) for table in ("sections", "sentences", "chunks"))
    document = reading.document
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)",
        (
            document.id,
            document.title,
            document.language,
            document.sha256,
            json.dumps(dict(document.metadata)),
            document.text,
        ),
    )
    connection.executemany(
        "INSERT INTO sections VALUES (?, ?, ?)",
        [
            (number, document.id, json.dumps(one.path))
            for number, one in enumerate(reading.sections, start=section)
        ],
    )
    _write_sentences(connection, reading, section, sentence)
    _write_chunks(connection, reading, section, sentence, chunk)


def write_vectors(connection: sqlite3.Connection, model: str, vectors: Iterable[tuple[int, Vectors]]) -> None:
    """Write for each sentence number the vectors of its views, shape (views, dimension)."""
    connection.executemany(
        "INSERT INTO sentence_vectors VALUES (?, ?, ?)",
        ((model, number, views.tobytes()) for number, views in vectors),
    )


def _write_sentences(connection: sqlite3.Connection, reading: Reading, section: int, offset: int) -> None:
    connection.executemany(
        "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, s.id, section + s.section, s.page, s.block, s.kind, s.text, json.dumps(s.spans))
            for number, s in enumerate(reading.sentences, start=offset)
        ],
    )


def _write_chunks(
    connection: sqlite3.Connection, reading: Reading, section: int, sentence: int, offset: int
) -> None:
    connection.executemany(
        "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(number, c.id, section + c.section, c.page),
                *(sentence + c.first, sentence + c.last, c.context, c.text, json.dumps(c.spans)),
            )
            for number, c in enumerate(reading.chunks, start=offset)
        ],
    )
    connection.executemany(
        INSERT_WORDS,
        [
            (number, c.text, " ".join(reading.sections[c.section].path))
            for number, c in enumerate(reading.chunks, start=offset)
        ],
    )


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
