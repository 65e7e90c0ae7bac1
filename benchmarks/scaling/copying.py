"""The rows of documents that repeat others, written as `index add` writes them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence

from library import Timed
from scaling.drawing import Drawn

from sstc_chat.index.changing.rows import INSERT_WORDS, heading
from sstc_chat.index.changing.slots import BITS, SIZE, first_number
from sstc_chat.index.library import Library

BLOCK = 20_000
COLUMNS = "bytes, title, language, sha256, metadata, media_type, pages, parts, text, original"
PASSAGES = f"""
SELECT chunks.number - :first, section - :first, page, context, text, spans, path, words FROM chunks
JOIN sections ON sections.number = section JOIN chunk_terms ON chunk = chunks.number
WHERE chunks.number BETWEEN :first AND :first + {SIZE - 1}
"""  # noqa: S608 - our own words
# What this query returns: numbers of the passage and its section, its page, its texts, and its words.
Passage = tuple[int, int, int | None, str, str, str, str, bytes]


def write_documents(connection: sqlite3.Connection, copies: Sequence[tuple[int, int, str]]) -> None:
    """Write the rows of documents and their sections."""
    connection.executemany(
        f"INSERT INTO documents (id, slot, {COLUMNS}) "  # noqa: S608
        f"SELECT ?3, ?1, {COLUMNS} FROM documents WHERE slot = ?2",
        copies,
    )
    for table, key, columns in (("sections", "number", "?3, path"), ("section_terms", "section", "words")):
        connection.executemany(
            f"INSERT INTO {table} SELECT {key} + ((?1 - ?2) << {BITS}), {columns} FROM {table} "  # noqa: S608
            f"WHERE {key} BETWEEN ?2 << {BITS} AND (?2 << {BITS}) + {SIZE - 1} AND ?3 = ?3",
            copies,
        )


def write_passages(
    library: Library, copies: Sequence[tuple[int, int, str]], encoders: dict[str, Timed]
) -> None:
    """Write the rows of passages, each with vectors of its own and its words."""
    connection = library.connection
    drawn = {role: Drawn(connection, role) for role in encoders}
    content = connection.execute("SELECT max(number) FROM contents").fetchone()[0]
    state = connection.execute("SELECT value FROM facts WHERE name = 'state'").fetchone()[0]
    base: dict[int, list[Passage]] = {}
    rows: list[Passage] = []
    for slot, old, _ in copies:
        if old not in base:
            base[old] = connection.execute(PASSAGES, {"first": first_number(old)}).fetchall()
        first = first_number(slot)
        rows += [(first + one[0], first + one[1], *one[2:]) for one in base[old]]
        if len(rows) >= BLOCK or slot == copies[-1][0]:
            write_block(connection, rows, drawn, content, state)
            library.keep()
            content += len(rows)
            rows = []


def write_block(
    connection: sqlite3.Connection,
    rows: Sequence[Passage],
    drawn: dict[str, Drawn],
    content: int,
    state: int,
) -> None:
    """Write some passages whose contents are numbered from behind `content` on."""
    numbers = range(content + 1, content + 1 + len(rows))
    connection.executemany("INSERT INTO contents VALUES (?, randomblob(16), 1)", ((one,) for one in numbers))
    vectors = {role: one.more(len(rows)) for role, one in sorted(drawn.items())}
    connection.executemany(
        "INSERT INTO vectors VALUES (?, ?, ?, ?)",
        (
            (role, one, vector := made[place].tobytes(), zlib.crc32(vector))
            for place, one in enumerate(numbers)
            for role, made in vectors.items()
        ),
    )
    connection.executemany(
        "INSERT INTO chunks VALUES (?, hex(randomblob(8)), ?, ?, 0, 0, ?, ?, ?, ?, ?)",
        (
            (number, section, page, context, text, spans, one, state)
            for one, (number, section, page, context, text, spans, *_) in zip(numbers, rows, strict=True)
        ),
    )
    connection.executemany("INSERT INTO chunk_terms VALUES (?, ?)", ((row[0], row[-1]) for row in rows))
    words = ((row[0], row[4], heading(json.loads(row[6]))) for row in rows)
    connection.executemany(INSERT_WORDS, words)
