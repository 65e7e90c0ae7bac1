"""Read the words of an index, in an order that does not depend on when each was added."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np

from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import Numbers, Vocabulary

SELECT = """
SELECT number, word, coalesce(chunks, 0), vector FROM words LEFT JOIN spellings USING (spelling)
WHERE uses > 0 ORDER BY word
"""


@dataclass(frozen=True)
class Words:
    """The vocabulary, and where in it the word with each stored number stands.

    Attributes
    ----------
    places
        -1 for a number that no word has, shape (highest number + 1,).
    """

    vocabulary: Vocabulary
    places: Numbers


def read_vocabulary(connection: sqlite3.Connection) -> Words:
    """Read the words that are used, sorted."""
    words: list[str] = []
    numbers: list[int] = []
    chunks: list[int] = []
    vectors = bytearray()
    for number, word, held, vector in connection.execute(SELECT):
        numbers.append(number)
        words.append(word)
        chunks.append(held)
        vectors += vector
    places = np.full(max(numbers, default=-1) + 1, -1, dtype=np.int32)
    places[numbers] = np.arange(len(numbers), dtype=np.int32)
    rows: Vectors = np.frombuffer(bytes(vectors), dtype=np.float32)
    shape = (len(words), -1) if words else (0, 0)
    vocabulary = Vocabulary(tuple(words), rows.reshape(shape), np.array(chunks, dtype=np.int32))
    return Words(vocabulary, places)
