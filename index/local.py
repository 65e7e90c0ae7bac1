"""The index of a home as it is read: a snapshot that never changes, safe to use from several threads."""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sstc_chat.corpus.types import Document, Spans
from sstc_chat.index.changing.documents import COLUMNS, document_of
from sstc_chat.index.changing.slots import BITS, SIZE
from sstc_chat.index.database import NAME, Tables, listed, state_of
from sstc_chat.index.dense.opening import Dense
from sstc_chat.index.evidence import Evidence
from sstc_chat.index.lexical import search_words
from sstc_chat.index.log import Log
from sstc_chat.index.manifest import Manifest
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.rows import SELECT_LINES, line_of
from sstc_chat.index.sentences import Sentences
from sstc_chat.index.texts import Texts
from sstc_chat.index.types import Line, Passage, Scored, Source, Vectors
from sstc_chat.index.versions import Versions
from sstc_chat.index.vocabulary import Vocabulary
from sstc_chat.index.words import read_vocabulary

SELECT_CHUNKS_OF = f"""
SELECT chunks.number FROM json_each(?) AS wanted
CROSS JOIN documents ON documents.id = wanted.value
CROSS JOIN chunks ON chunks.number BETWEEN (slot << {BITS}) AND (slot << {BITS}) + {SIZE - 1}
"""  # nosec B608 # noqa: S608 - our own numbers
# What is pending is in the middle of a change that was not finished.
SELECT_DOCUMENTS = """
SELECT id, title, language, sha256, metadata FROM documents
WHERE slot NOT IN (SELECT slot FROM pending) ORDER BY position
"""


class LocalStore:
    """A `Store` on the tables of a home and its FAISS files.

    Parameters
    ----------
    manifest
        What the index says it is, with its documents.
    tables
        What it holds.
    dense
        The vectors of its chunks, for each encoder.
    home
        Where it is.
    """

    def __init__(self, manifest: Manifest, tables: Tables, dense: Mapping[str, Dense], home: Path) -> None:
        self.manifest = manifest
        self._versions = Versions(home)
        self._log = Log(home / manifest.folder / NAME)
        self._tables = tables
        self._dense = dense
        words = read_vocabulary(tables.connection)
        self.vocabulary: Vocabulary = words.vocabulary
        self._texts = Texts(tables, words)
        self._sentences = Sentences(tables, words, dense)
        self.state = state_of(tables.connection)
        self.chunks = int(tables.rows("SELECT count(*) FROM chunks")[0][0])
        # When the library has changed, whoever answers last from this one lets go of it.
        self._end = weakref.finalize(self, _let_go, self._versions, tables)

    def latest(self) -> tuple[int, int] | None:
        """Return the generation and the state that the library has now; None where that cannot be told."""
        return self._versions.now()

    def is_in_the_way(self) -> bool:
        """Whether the log of the tables waits for the library to be opened again, and this to be let go."""
        return self._log.waits()

    def nearest(self, model: str, vector: Vectors, top: int, within: Sequence[int] | None = None) -> Scored:
        """Return (number, cosine) of the `top` chunks nearest to `vector`, of all or of those `within`."""
        return self._dense[model].search(vector, top, within)

    def matching(self, words: Sequence[str], top: int, within: Sequence[int] | None = None) -> Scored:
        """Return (number, BM25 score) of the `top` chunks with any of `words`, all or those `within`."""
        with self._tables.lock:
            return search_words(self._tables.connection, words, top, within, rows=self.chunks)

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Return the chunks with these numbers."""
        return self._texts.passages(numbers)

    def lines(self, numbers: Iterable[int]) -> dict[int, Line]:
        """Return the sentences with these numbers."""
        return self._texts.lines(numbers)

    def document_lines(self, document_id: str) -> list[Line]:
        """Return all sentences of a document, headings too, in reading order."""
        query = f"{SELECT_LINES} WHERE document_id = ? ORDER BY sentences.number"
        return [line_of(row) for row in self._tables.rows(query, document_id)]

    def sources(self) -> list[Source]:
        """Return the documents, in the order in which they were added."""
        rows = self._tables.rows(SELECT_DOCUMENTS)
        # Parsed in one piece: most of it is short.
        metadata = json.loads(f"[{','.join(row[-1] for row in rows)}]")
        return [
            Source(identity, title, language, sha256, known)
            for (identity, title, language, sha256, _), known in zip(rows, metadata, strict=True)
        ]

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Return for each document the bytes of its file or text, its sentences and its passages."""
        sizes = self._tables.rows("SELECT id, slot, bytes FROM documents")
        sentences, chunks = (
            dict(self._tables.rows(f"SELECT number >> {BITS}, count(*) FROM {table} GROUP BY 1"))  # nosec B608 # noqa: S608 - our own names
            for table in ("sentences", "chunks")
        )
        return {
            identity: (size, sentences.get(slot, 0), chunks.get(slot, 0)) for identity, slot, size in sizes
        }

    def document(self, document_id: str) -> Document | None:
        """Return a document as it was read, with its file; None where there is none with this id."""
        rows = self._tables.rows(f"SELECT {COLUMNS} FROM documents WHERE id = ?", document_id)  # nosec B608 # noqa: S608 - our own names
        return document_of(rows[0]) if rows else None

    def characters(self, document_id: str, spans: Spans) -> str:
        """Return what stands at `spans` of a document's source text, joined; nothing where it is gone."""
        return self._texts.characters(document_id, spans)

    def evidence(self, numbers: Sequence[int], vectors: Mapping[str, Vectors]) -> Evidence:
        """Return what is known of those of the sentences `numbers` that can be quoted.

        `vectors` is the question's under each encoder.
        """
        return self._sentences.evidence(numbers, vectors)

    def chunk_words(self, numbers: Sequence[int]) -> Ragged:
        """Return the words of each of the chunks `numbers`, those of its title and headings too."""
        return self._texts.chunk_words(numbers)

    def chunks_of(self, documents: Iterable[str]) -> list[int]:
        """Return the numbers of the chunks of some documents."""
        return [row[0] for row in self._tables.rows(SELECT_CHUNKS_OF, listed(documents))]

    def cosines(self, model: str, vector: Vectors, numbers: Sequence[int]) -> dict[int, float]:
        """Return the cosine of `vector` with each of the chunks `numbers`."""
        return self._dense[model].cosines(vector, numbers)

    def close(self) -> None:
        """Let go of the files."""
        self._end()


def _let_go(versions: Versions, tables: Tables) -> None:
    versions.close()
    tables.close()
