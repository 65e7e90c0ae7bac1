"""Check what is searched: the words in FTS5 and the vectors in FAISS are those of the tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.changing.rows import INSERT_WORDS, heading
from sstc_chat.index.database import Tables, create_tables
from sstc_chat.index.dense.files import check_sum, said_of
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.opening import Dense, open_dense
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.keeping.findings import Finding, damaged

TEXTS = "SELECT chunks.number, text, path FROM chunks JOIN sections ON sections.number = section ORDER BY 1"
WORDS = "CREATE VIRTUAL TABLE temp.said USING fts5vocab ('main', 'chunk_words', 'instance')"


def check_lexical(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Yield what is wrong with the words in FTS5: they are compared with those of the texts, put in anew."""
    with closing(sqlite3.connect(":memory:")) as again:
        create_tables(again)
        rows = ((n, text, heading(json.loads(path))) for n, text, path in connection.execute(TEXTS))
        again.executemany(INSERT_WORDS, rows)
        if _words(connection) != _words(again):
            yield damaged("The index of words", "it is not that of the passages")


def check_dense(
    tables: Tables, folder: Path, encoders: Mapping[str, Encoder], kind: str
) -> Iterator[Finding]:
    """Yield what is wrong with the FAISS files, and make those anew that are; `kind` says as what."""
    for role, encoder in encoders.items():
        path = folder / f"{role}.faiss"
        try:
            check_sum(path, said_of(path))
            if not _same(open_dense(tables, folder, role, encoder.dimension, kind), tables, role):
                raise IndexDamagedError(f"{path} is not of these passages.")
        except IndexDamagedError as error:
            path.unlink(missing_ok=True)
            mended = open_dense(tables, folder, role, encoder.dimension, kind)
            if _same(mended, tables, role) and path.exists():
                yield Finding(f"{error} It was made again from the tables.")
            else:
                yield damaged(str(path), "it cannot be made again")


def _same(dense: Dense, tables: Tables, role: str) -> bool:
    """Whether an index is of the passages there are; of an inverted file the sum tells of the vectors."""
    query = "SELECT number, vectors FROM chunks JOIN vectors USING (content) WHERE model = ? ORDER BY number"
    if not isinstance(dense, FlatIndex):
        return sorted(dense.numbers()) == [
            row[0] for row in tables.rows("SELECT number FROM chunks ORDER BY 1")
        ]
    rows = tables.rows(query, role)
    return sorted(dense.numbers()) == [number for number, _ in rows] and all(
        dense.vector(number).tobytes() == vectors for number, vectors in rows
    )


def _words(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Return every word, in which passage and where in it."""
    connection.execute("DROP TABLE IF EXISTS temp.said")
    connection.execute(WORDS)
    return set(connection.execute("SELECT term, doc, col, offset FROM temp.said"))
