"""The rows of Milvus, read from the tables of a library."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from sstc_chat.index.changing.documents import COLUMNS
from sstc_chat.index.changing.slots import BITS, numbers_of
from sstc_chat.index.database import LISTED, listed
from sstc_chat.index.lexical import HELD, stemmed
from sstc_chat.index.milvus.generation import Row
from sstc_chat.index.milvus.packing import from_bytes, packed, pieces
from sstc_chat.index.milvus.schema import PIECE, VIEWS
from sstc_chat.index.types import Vectors

# How many characters a piece of text has: each takes four bytes at most.
CHARACTERS = PIECE // 4
DIGESTED = "slot, position, id, title, language, metadata, media_type, sha256, bytes"
KNOWN = "position, id, title, language, sha256, metadata, bytes, length(text)"
COUNTS = (
    "SELECT count(*) FROM sentences WHERE number BETWEEN ? AND ?",
    "SELECT count(*) FROM chunks WHERE number BETWEEN ? AND ?",
)
PASSAGES = """
SELECT chunks.number, chunks.id, document_id, path, page, first, last, text, spans, content, words FROM chunks
JOIN sections ON sections.number = chunks.section JOIN chunk_terms ON chunk = chunks.number
WHERE chunks.number BETWEEN ? AND ?
"""
SENTENCES = """
SELECT sentences.number, sentences.id, document_id, path, page, block, kind, text, spans, content,
sentence_terms.words, counted, traits, section_terms.words FROM sentences
JOIN sections ON sections.number = sentences.section
JOIN section_terms ON section_terms.section = sections.number
LEFT JOIN sentence_terms ON sentence = sentences.number WHERE sentences.number BETWEEN ? AND ?
"""
WORDS = f"SELECT number, word, spelling, vector FROM words WHERE uses > 0 AND number IN {LISTED}"  # nosec B608 # noqa: S608 - our own
VECTORS = f"SELECT content, vectors FROM vectors WHERE model = ? AND content IN {LISTED}"  # nosec B608 # noqa: S608 - our own


def digests(connection: sqlite3.Connection) -> dict[int, str]:
    """Return for each document's slot a sum of what is known of it, its reading apart."""
    rows = connection.execute(f"SELECT {DIGESTED} FROM documents")  # nosec B608 # noqa: S608 - our own names
    return {row[0]: hashlib.sha256(json.dumps(row).encode()).hexdigest() for row in rows}


def slots_since(connection: sqlite3.Connection, state: int) -> set[int]:
    """Return the slots of the documents that were read anew since `state`."""
    rows = connection.execute("SELECT number FROM chunks WHERE state > ?", (state,))
    return {row[0] >> BITS for row in rows}


def document_row(connection: sqlite3.Connection, slot: int, digest: str) -> Row:
    """Return what is known of a document."""
    known = connection.execute(f"SELECT {KNOWN} FROM documents WHERE slot = ?", (slot,)).fetchone()  # nosec B608 # noqa: S608 - our own names
    counts = [connection.execute(query, numbers_of(slot)).fetchone()[0] for query in COUNTS]
    return {"slot": slot, "digest": digest, "row": packed([*known, *counts])}


def piece_rows(connection: sqlite3.Connection, slot: int) -> Iterator[Row]:
    """Yield the text of a document in pieces of `CHARACTERS`, and the row that it was read from."""
    query = f"SELECT {COLUMNS} FROM documents WHERE slot = ?"  # nosec B608 # noqa: S608 - our own names
    *known, text, original = connection.execute(query, (slot,)).fetchone()
    cut = [text[start : start + CHARACTERS] for start in range(0, len(text), CHARACTERS)]
    for kind, parts in (
        ("text", cut),
        ("known", pieces(json.dumps(known).encode())),
        ("original", pieces(original)),
    ):
        for place, content in enumerate(parts):
            yield {"name": f"{slot}-{kind}-{place}", "slot": slot, "content": content}


def passage_rows(connection: sqlite3.Connection, slot: int, dimensions: Mapping[str, int]) -> list[Row]:
    """Return the passages of a document, with their vectors."""
    rows = connection.execute(PASSAGES, numbers_of(slot)).fetchall()
    contents = {row[-2] for row in rows}
    vectors = {role: _vectors(connection, role, size, contents) for role, size in dimensions.items()}
    searched = stemmed([f"{' '.join(json.loads(row[3]))} {row[7]}" for row in rows])
    return [
        {
            "number": number,
            "slot": slot,
            "row": packed([identity, document, path, page, first, last, text, spans]),
            "words": from_bytes(words),
            "searched": stems,
            **{role: found[content][0].tolist() for role, found in vectors.items()},
        }
        for (number, identity, document, path, page, first, last, text, spans, content, words), stems in zip(
            rows, searched, strict=True
        )
    ]


def sentence_rows(
    connection: sqlite3.Connection, slot: int, dimensions: Mapping[str, int]
) -> dict[str, list[Row]]:
    """Return the sentences of a document and the vectors of their views, by collection."""
    rows = connection.execute(SENTENCES, numbers_of(slot)).fetchall()
    contents = {row[9] for row in rows if row[9] is not None}
    vectors = {role: _vectors(connection, role, size, contents) for role, size in dimensions.items()}
    made: dict[str, list[Row]] = {"sentences": []}
    for number, identity, document, path, page, block, kind, text, spans, content, *terms in rows:
        sizes = {} if content is None else {role: len(found[content]) for role, found in vectors.items()}
        known = [] if content is None else [content, sizes, *(from_bytes(one) for one in terms)]
        row = packed([identity, document, path, page, block, kind, text, spans])
        made["sentences"].append({"number": number, "slot": slot, "row": row, "terms": packed(known)})
    for role, found in vectors.items():
        made[f"{role}_views"] = [
            {"number": content * VIEWS + place, "vector": view.tolist()}
            for content, views in found.items()
            for place, view in enumerate(views)
        ]
    return made


def word_rows(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Row]:
    """Return those of the words `numbers` that are used."""
    words = connection.execute(WORDS, (listed(sorted(numbers)),)).fetchall()
    return [
        {"number": number, "row": packed([word, spelling]), "vector": _views(vector, len(vector))[0].tolist()}
        for number, word, spelling, vector in words
    ]


def spelling_rows(connection: sqlite3.Connection, spellings: Iterable[str]) -> list[Row]:
    """Return how many chunks hold each of `spellings`, those that none holds left out."""
    held = connection.execute(HELD, (listed(sorted(spellings)),)).fetchall()
    return [{"spelling": spelling, "chunks": chunks} for spelling, chunks in held]


def _vectors(
    connection: sqlite3.Connection, role: str, dimension: int, contents: Iterable[int]
) -> dict[int, list[Vectors]]:
    """Return the views of each of `contents`."""
    rows = connection.execute(VECTORS, (role, listed(sorted(contents))))
    return {content: _views(vectors, 4 * dimension) for content, vectors in rows}


def _views(blob: bytes, size: int) -> list[Vectors]:
    return list(np.frombuffer(blob, dtype=np.float32).reshape(-1, size // 4))
