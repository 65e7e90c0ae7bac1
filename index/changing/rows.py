"""A document's sections, sentences, chunks and words as rows, written and taken out again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.types import Reading
from sstc_chat.index.changing.contents import chunk_sum, sentence_sum
from sstc_chat.index.changing.slots import SIZE, first_number

Row = tuple[object, ...]
INSERT_WORDS = "INSERT INTO chunk_words (rowid, text, heading) VALUES (?, ?, ?)"
DELETE_WORDS = "INSERT INTO chunk_words (chunk_words, rowid, text, heading) VALUES ('delete', ?, ?, ?)"
SELECT_WORDS = """
SELECT chunks.number, text, path FROM chunks JOIN sections ON sections.number = section
WHERE chunks.number BETWEEN ? AND ?
"""


def sums_of(reading: Reading) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """Return the sums of what is encoded: of sentences that can be quoted and of chunks, by their place."""
    sentences = {n: sentence_sum(s.text) for n, s in enumerate(reading.sentences) if s.kind != "heading"}
    return sentences, {n: chunk_sum(c) for n, c in enumerate(reading.chunks)}


def rows_of(reading: Reading, slot: int) -> dict[str, list[Row]]:
    """Return the rows of a reading, by table, without what was encoded."""
    first = first_number(slot)
    return {
        "sections": [
            (first + n, reading.document.id, json.dumps(one.path)) for n, one in enumerate(reading.sections)
        ],
        "sentences": [
            (first + n, s.id, first + s.section, s.page, s.block, s.kind, s.text, json.dumps(s.spans))
            for n, s in enumerate(reading.sentences)
        ],
        "chunks": [
            (
                *(first + n, c.id, first + c.section, c.page, first + c.first, first + c.last),
                *(c.context, c.text, json.dumps(c.spans)),
            )
            for n, c in enumerate(reading.chunks)
        ],
    }


def write_reading(
    connection: sqlite3.Connection, slot: int, reading: Reading, contents: Mapping[bytes, int], state: int
) -> None:
    """Write the rows of a reading; `contents` has the numbers of its sums."""
    if len(reading.sentences) > SIZE:
        raise DocumentError(f"{reading.document.id} has more than {SIZE:,} sentences. Split it.")
    rows = rows_of(reading, slot)
    of_sentences, of_chunks = sums_of(reading)
    _insert(connection, "sections", rows["sections"])
    encoded = {place: contents[sum_] for place, sum_ in of_sentences.items()}
    _insert(connection, "sentences", [(*row, encoded.get(n)) for n, row in enumerate(rows["sentences"])])
    _insert(
        connection,
        "chunks",
        [(*row, contents[of_chunks[n]], state) for n, row in enumerate(rows["chunks"])],
    )
    first = first_number(slot)
    connection.executemany(
        INSERT_WORDS,
        (
            (first + n, c.text, heading(reading.sections[c.section].path))
            for n, c in enumerate(reading.chunks)
        ),
    )


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # nosec B608 # noqa: S608 - our own names


def remove_reading(connection: sqlite3.Connection, low: int, high: int, state: int) -> None:
    """Take out the rows numbered from `low` to `high`."""
    rows = connection.execute(SELECT_WORDS, (low, high)).fetchall()
    connection.executemany(
        DELETE_WORDS, ((number, text, heading(json.loads(path))) for number, text, path in rows)
    )
    connection.executemany("INSERT INTO gone_chunks VALUES (?, ?)", ((state, row[0]) for row in rows))
    for table in ("sections", "sentences", "chunks"):
        connection.execute(f"DELETE FROM {table} WHERE number BETWEEN ? AND ?", (low, high))  # nosec B608 # noqa: S608 - our own names


def heading(path: tuple[str, ...] | list[str]) -> str:
    """Return the headings above a chunk as they are searched."""
    return " ".join(path)
