"""Write the words of every text as numbers, so that a question is matched with them without reading text."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sstc_chat.index.embedding import embed
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.traits import counted_words, traits_of
from sstc_chat.index.types import Progress, Vectors
from sstc_chat.index.vocabulary import folded, surface_words

Words = frozenset[str]
SECTIONS = "SELECT sections.number, title, path FROM sections JOIN documents ON documents.id = document_id"
SENTENCES = "SELECT number, section, text FROM sentences WHERE kind <> 'heading'"
CHUNKS = "SELECT number, section, first, last FROM chunks"


def write_terms(
    connection: sqlite3.Connection, encoder: Encoder, known: Mapping[str, Vectors], progress: Progress
) -> None:
    """Write the vocabulary, and for each section, sentence and chunk which words stand in it.

    Parameters
    ----------
    connection
        To an index whose sentences and chunks are written.
    encoder
        Gives a word its vector.
    known
        The vectors that words have in the index in use.
    """
    sections = {
        number: _words(". ".join([title, *json.loads(path)]), encoder)
        for number, title, path in connection.execute(SECTIONS)
    }
    texts = {number: (section, text) for number, section, text in connection.execute(SENTENCES)}
    sentences = {number: _words(text, encoder) for number, (_, text) in texts.items()}
    chunks = {
        number: sections[section].union(*(sentences.get(one, ()) for one in range(first, last)))
        for number, section, first, last in connection.execute(CHUNKS)
    }
    words = sorted(frozenset().union(*sections.values(), *sentences.values()))
    numbers = {word: number for number, word in enumerate(words)}
    vectors = embed({word: [word] for word in words}, encoder, known, progress)
    held = _held(chunks.values())
    _write(connection, "words", ((numbers[w], w, held[folded(w)], vectors[w].tobytes()) for w in words))
    _write(connection, "section_terms", ((key, _blob(words, numbers)) for key, words in sections.items()))
    _write(connection, "chunk_terms", ((key, _blob(words, numbers)) for key, words in chunks.items()))
    _write(
        connection,
        "sentence_terms",
        (
            (key, _blob(words, numbers), _blob(counted_words(texts[key][1]), numbers), _traits(texts[key][1]))
            for key, words in sentences.items()
        ),
    )


def _words(text: str, encoder: Encoder) -> Words:
    return frozenset(surface_words(text, encoder.pieces))


def _held(chunks: Iterable[Words]) -> Counter[str]:
    """Return how many chunks hold each word, in whatever case it is written there."""
    return Counter(spelling for words in chunks for spelling in {folded(word) for word in words})


def _write(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    columns = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names


def _blob(words: Iterable[str], numbers: Mapping[str, int]) -> bytes:
    found = sorted({numbers[word] for word in words if word in numbers})
    return np.array(found, dtype=np.int32).tobytes()


def _traits(text: str) -> bytes:
    return np.array(traits_of(text).values(), dtype=np.float32).tobytes()
