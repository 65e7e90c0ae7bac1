"""The texts of an index that does not change: passages, sentences, and the sources that they are from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from sstc_chat.corpus.types import Spans
from sstc_chat.index.database import LISTED, Tables, listed
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.recent import Recent
from sstc_chat.index.rows import SELECT_LINES, SELECT_PASSAGES, line_of, passage_of
from sstc_chat.index.types import Line, Passage
from sstc_chat.index.words import Words

# How many passages and sentences are kept in memory once they were read, and of how many passages the words.
REMEMBERED = 4096
# And of how many documents the source text, which SQLite would walk through up to each quote.
REMEMBERED_SOURCES = 8
SELECT_WORDS = "SELECT chunk, words FROM chunk_terms"
SELECT_SOURCES = f"SELECT id, text FROM documents WHERE id IN {LISTED}"  # nosec B608 # noqa: S608 - our own


class Texts:
    """The passages, sentences and sources that are in some tables.

    Parameters
    ----------
    tables
        That hold them.
    words
        Of the index.
    """

    def __init__(self, tables: Tables, words: Words) -> None:
        # They know the tables and not this: what knows itself is kept until garbage is collected.
        self._passages = Recent(partial(_passages_in, tables), REMEMBERED)
        self._lines = Recent(partial(_lines_in, tables), REMEMBERED)
        self._words = Recent(partial(_words_in, tables, words), REMEMBERED)
        self._sources = Recent(partial(_sources_in, tables), REMEMBERED_SOURCES)

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Return the chunks with these numbers."""
        return self._passages.of(numbers)

    def lines(self, numbers: Iterable[int]) -> dict[int, Line]:
        """Return the sentences with these numbers."""
        return self._lines.of(numbers)

    def characters(self, document_id: str, spans: Spans) -> str:
        """Return what stands at `spans` of a document's source text, joined; nothing where it is gone."""
        text = self._sources.of([document_id]).get(document_id, "")
        return "".join(text[start:end] for start, end in spans)

    def chunk_words(self, numbers: Sequence[int]) -> Ragged:
        """Return the words of each of the chunks `numbers`, those of its title and headings too."""
        rows = self._words.of(numbers)
        return Ragged.of([rows[number] for number in numbers])


def _passages_in(tables: Tables, numbers: list[int]) -> dict[int, Passage]:
    rows = tables.rows(f"{SELECT_PASSAGES} WHERE chunks.number IN {LISTED}", listed(numbers))
    return {row[0]: passage_of(row) for row in rows}


def _lines_in(tables: Tables, numbers: list[int]) -> dict[int, Line]:
    rows = tables.rows(f"{SELECT_LINES} WHERE sentences.number IN {LISTED}", listed(numbers))
    return {row[0]: line_of(row) for row in rows}


def _words_in(tables: Tables, words: Words, numbers: list[int]) -> dict[int, bytes]:
    rows = tables.rows(f"{SELECT_WORDS} WHERE chunk IN {LISTED}", listed(numbers))
    return {number: words.known(stored) for number, stored in rows}


def _sources_in(tables: Tables, documents: list[str]) -> dict[str, str]:
    return dict(tables.rows(SELECT_SOURCES, listed(documents)))
