"""The vocabulary of an index in Milvus: every server holds all of it, to match every question with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sstc_chat.index.milvus.generation import Generation
from sstc_chat.index.milvus.packing import to_bytes, unpacked
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import Numbers, Vocabulary


@dataclass(frozen=True)
class Words:
    """The vocabulary, and the numbers under which its words are stored, ascending, with their places."""

    vocabulary: Vocabulary
    numbers: Numbers
    places: Numbers

    def known(self, stored: bytes) -> bytes:
        """Return stored numbers of words as places; words that have come since are left out."""
        numbers = np.frombuffer(stored, dtype=np.int32)
        found = np.searchsorted(self.numbers, numbers)
        there = self.numbers[np.minimum(found, len(self.numbers) - 1)] == numbers
        places: bytes = self.places[found[there]].astype(np.int32).tobytes()
        return places

    def lists(self, stored: list[str]) -> Ragged:
        """Return lists of words as places in the vocabulary."""
        return Ragged.of([self.known(to_bytes(one)) for one in stored])


def read_words(generation: Generation, dimension: int) -> Words:
    """Read all words, sorted."""
    held = {row["spelling"]: row["chunks"] for row in generation.every("spellings", ["spelling", "chunks"])}
    rows = [
        (*unpacked(row["row"]), row["number"], row["vector"])
        for row in generation.every("words", ["number", "row", "vector"])
    ]
    rows.sort(key=lambda row: str(row[0]))
    vectors: Vectors = np.array([row[3] for row in rows], dtype=np.float32).reshape(len(rows), dimension)
    numbers = np.array([row[2] for row in rows], dtype=np.int32)
    order = np.argsort(numbers).astype(np.int32)
    chunks = np.array([held.get(row[1], 0) for row in rows], dtype=np.int32)
    vocabulary = Vocabulary(tuple(row[0] for row in rows), tuple(row[1] for row in rows), vectors, chunks)
    return Words(vocabulary, numbers[order], order)
