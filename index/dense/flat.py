"""A flat index: a search compares with all vectors.

All vectors are of length one, so that an inner product is a cosine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sstc_chat.index.dense import adapter
from sstc_chat.index.dense.design import FLAT
from sstc_chat.index.types import Scored, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Two cosines that are less apart than this may be equal.
EQUAL = 1e-6


@dataclass(frozen=True)
class FlatIndex:
    """Vectors as they are, each with a number of its own; a search compares with all of them."""

    index: adapter.Index  # faiss.IndexIDMap2 over IndexFlatIP

    @classmethod
    def of(cls, vectors: Vectors, numbers: Sequence[int] | None = None) -> FlatIndex:
        """Index unit vectors, shape (n, dimension), under `numbers`, or else under their places."""
        made = cls(adapter.flat(vectors.shape[1]))
        made.add(range(len(vectors)) if numbers is None else numbers, vectors)
        return made

    @classmethod
    def read(cls, content: bytes) -> FlatIndex:
        """Return the index that `content` gave; `RuntimeError` if it is none."""
        return cls(adapter.deserialized(content))

    def __len__(self) -> int:
        return int(self.index.ntotal)

    @property
    def kind(self) -> str:
        """What FAISS's index factory calls it."""
        return FLAT

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self.index.d)

    def write(self, path: Path) -> None:
        """Write the index to `path`."""
        adapter.write(self.index, path)

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Add vectors, shape (n, dimension), under `numbers`."""
        self.index.add_with_ids(adapter.rows(vectors), np.asarray(numbers, dtype=np.int64))

    def remove(self, numbers: Sequence[int]) -> None:
        """Take out the vectors with these numbers, where they are there."""
        if len(numbers):
            self.index.remove_ids(np.asarray(numbers, dtype=np.int64))

    def search(self, vector: Vectors, top: int, within: Sequence[int] | None = None) -> Scored:
        """Return (number, cosine) of the `top` nearest vectors, nearest first, then by number.

        With `within`, only of those with these numbers, which must be there.
        """
        total = len(self) if within is None else len(within)
        if not min(top, total):
            return []
        question = adapter.rows(vector)
        limits = {} if within is None else {"params": adapter.flat_parameters(within)}
        adapter.on_one_thread()
        scores, numbers = (one[0] for one in self.index.search(question, min(top + 1, total), **limits))
        if len(scores) > top and scores[top - 1] - scores[top] < EQUAL:
            # Which of several equal ones FAISS leaves out depends on the order in which they were added.
            _, scores, numbers = self.index.range_search(question, float(scores[top - 1]) - EQUAL, **limits)
        order = np.lexsort((numbers, -scores))[:top]
        return list(zip(numbers[order].tolist(), scores[order].tolist(), strict=True))

    def vector(self, number: int) -> NDArray[np.float32]:
        """Return the vector with this number, shape (dimension,)."""
        vector: NDArray[np.float32] = self.index.reconstruct(int(number))
        return vector

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> dict[int, float]:
        """Return the cosine of `vector` with each of the vectors `numbers`."""
        if not len(numbers):
            return {}
        rows = self.index.reconstruct_batch(np.asarray(numbers, dtype=np.int64))
        return dict(zip(numbers, np.einsum("ij,j->i", rows, vector).tolist(), strict=True))

    def numbers(self) -> list[int]:
        """Return the numbers of all vectors."""
        return adapter.numbers_of_flat(self.index)
