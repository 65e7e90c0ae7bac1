"""Read the words of an index, in an order that does not depend on when each was added."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np

from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import Numbers, Vocabulary

SELECT = """
SELECT number, word, spelling, coalesce(chunks, 0), vector FROM words LEFT JOIN spellings USING (spelling)
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

    def known(self, stored: bytes) -> bytes:
        """Return stored numbers of words as places."""
        places: bytes = self.places[np.frombuffer(stored, dtype=np.int32)].tobytes()
        return places


def read_vocabulary(connection: sqlite3.Connection) -> Words:
    """Read the words that are used, sorted."""
    rows = connection.execute(SELECT).fetchall()
    numbers, words, spellings, chunks, vectors = zip(*rows, strict=True) if rows else ((),) * 5
    places = np.full(max(numbers, default=-1) + 1, -1, dtype=np.int32)
    places[list(numbers)] = np.arange(len(numbers), dtype=np.int32)
    matrix: Vectors = np.frombuffer(b"".join(vectors), dtype=np.float32)
    shape = (len(words), -1) if words else (0, 0)
    held = np.array(chunks, dtype=np.int32)
    return Words(Vocabulary(words, spellings, matrix.reshape(shape), held), places)
