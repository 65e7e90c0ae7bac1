"""The words of every text as numbers, so that a question is matched with them without reading text."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sstc_chat.corpus.types import Reading
from sstc_chat.index.changing.contents import in_parts, stored
from sstc_chat.index.changing.slots import first_number
from sstc_chat.index.embedding import embed
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.traits import counted_words, traits_of
from sstc_chat.index.types import Progress
from sstc_chat.index.vocabulary import folded, surface_words

Words = frozenset[str]
USES = "UPDATE words SET uses = uses + ? WHERE number = ?"
HELD = """
INSERT INTO spellings VALUES (?, ?) ON CONFLICT (spelling) DO UPDATE SET chunks = chunks + excluded.chunks
"""
TABLES = {"section_terms": "section", "sentence_terms": "sentence", "chunk_terms": "chunk"}


def write_words(
    connection: sqlite3.Connection, readings: Mapping[int, Reading], encoder: Encoder, progress: Progress
) -> None:
    """Write which words stand in the sections, sentences and chunks of `readings`, given by slot.

    `encoder` gives a new word its vector, and cuts texts that set no spaces.
    """
    held = {slot: held_by(reading, encoder) for slot, reading in readings.items()}
    uses = Counter(word for one in held.values() for words in one.users() for word in words)
    numbers = _numbers(connection, uses, encoder, progress)
    spellings: Counter[str] = Counter()
    for slot, one in held.items():
        spellings += _spellings(one.chunks)
        _write(connection, first_number(slot), readings[slot], one, numbers)
    connection.executemany(HELD, spellings.items())


def remove_words(connection: sqlite3.Connection, low: int, high: int) -> None:
    """Take out the words of the sections, sentences and chunks numbered from `low` to `high`."""
    uses: Counter[int] = Counter()
    for table in ("section_terms", "sentence_terms"):
        for words in _stored(connection, table, low, high):
            uses.update(words)
    connection.executemany(USES, ((-count, number) for number, count in uses.items()))
    chunks = list(_stored(connection, "chunk_terms", low, high))
    spelled = _spelled(connection, sorted({number for words in chunks for number in words}))
    held = Counter(one for words in chunks for one in {spelled[number] for number in words})
    connection.executemany(HELD, ((spelling, -count) for spelling, count in held.items()))
    connection.executemany(
        "DELETE FROM spellings WHERE spelling = ? AND chunks = 0", ((spelling,) for spelling in held)
    )
    for table, key in TABLES.items():
        connection.execute(f"DELETE FROM {table} WHERE {key} BETWEEN ? AND ?", (low, high))  # nosec B608 # noqa: S608 - our own names


class Held:
    """The words of a reading: of each section, of each sentence that can be quoted, and of each chunk."""

    def __init__(self, sections: list[Words], sentences: dict[int, Words], chunks: list[Words]) -> None:
        self.sections = sections
        self.sentences = sentences
        self.chunks = chunks

    def users(self) -> Iterable[Words]:
        """Return the words of what holds words of its own; a chunk has those of others."""
        return (*self.sections, *self.sentences.values())

    def all(self) -> Words:
        """Return the words of all of it."""
        return frozenset().union(*self.users())


def held_by(reading: Reading, encoder: Encoder) -> Held:
    """Return the words of a reading; `encoder` cuts texts that set no spaces."""

    def words(text: str) -> Words:
        return frozenset(surface_words(text, encoder.pieces))

    sections = [words(". ".join([reading.document.title, *one.path])) for one in reading.sections]
    sentences = {
        number: words(one.text) for number, one in enumerate(reading.sentences) if one.kind != "heading"
    }
    none: Words = frozenset()
    chunks = [
        sections[one.section].union(*(sentences.get(number, none) for number in range(one.first, one.last)))
        for one in reading.chunks
    ]
    return Held(sections, sentences, chunks)


def _numbers(
    connection: sqlite3.Connection, uses: Mapping[str, int], encoder: Encoder, progress: Progress
) -> dict[str, int]:
    """Count the uses of words, those that are new with a vector; return their numbers."""
    known: dict[str, int] = {}
    for marks, part in in_parts(sorted(uses)):
        rows = connection.execute(f"SELECT word, number FROM words WHERE word IN ({marks})", part)  # nosec B608 # noqa: S608 - our own names
        known.update(rows.fetchall())
    connection.executemany(USES, ((uses[word], number) for word, number in known.items()))
    vectors = embed({word: [word] for word in sorted(uses.keys() - known.keys())}, encoder, progress)
    for word, vector in vectors.items():
        row = connection.execute(
            "INSERT INTO words (word, spelling, uses, vector, crc) VALUES (?, ?, ?, ?, ?)",
            (word, folded(word), uses[word], *stored(vector)),
        )
        known[word] = int(row.lastrowid or 0)
    return known


def _write(
    connection: sqlite3.Connection, first: int, reading: Reading, held: Held, numbers: Mapping[str, int]
) -> None:
    connection.executemany(
        "INSERT INTO section_terms VALUES (?, ?)",
        ((first + place, blob(words, numbers)) for place, words in enumerate(held.sections)),
    )
    connection.executemany(
        "INSERT INTO chunk_terms VALUES (?, ?)",
        ((first + place, blob(words, numbers)) for place, words in enumerate(held.chunks)),
    )
    connection.executemany(
        "INSERT INTO sentence_terms VALUES (?, ?, ?, ?)",
        (
            (first + place, *sentence_terms(reading.sentences[place].text, words, numbers))
            for place, words in held.sentences.items()
        ),
    )


def sentence_terms(text: str, words: Iterable[str], numbers: Mapping[str, int]) -> tuple[bytes, bytes, bytes]:
    """Return what is stored of a sentence: its words, those that are counted, and its traits."""
    traits = np.array(traits_of(text).values(), dtype=np.float32).tobytes()
    return blob(words, numbers), blob(counted_words(text), numbers), traits


def blob(words: Iterable[str], numbers: Mapping[str, int]) -> bytes:
    """Return the numbers of `words` as they are stored."""
    found = sorted({numbers[word] for word in words if word in numbers})
    return np.array(found, dtype=np.int32).tobytes()


def _spellings(chunks: Iterable[Words]) -> Counter[str]:
    return Counter(spelling for words in chunks for spelling in {folded(word) for word in words})


def _stored(connection: sqlite3.Connection, table: str, low: int, high: int) -> Iterable[Sequence[int]]:
    query = f"SELECT words FROM {table} WHERE {TABLES[table]} BETWEEN ? AND ?"  # nosec B608 # noqa: S608 - our own names
    for (words,) in connection.execute(query, (low, high)).fetchall():
        yield np.frombuffer(words, dtype=np.int32).tolist()


def _spelled(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for marks, part in in_parts(numbers):
        rows = connection.execute(f"SELECT number, spelling FROM words WHERE number IN ({marks})", part)  # nosec B608 # noqa: S608 - our own names
        found.update(rows.fetchall())
    return found
