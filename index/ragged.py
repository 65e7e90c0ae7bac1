"""Lists of numbers of different lengths, kept as one array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import Numbers


@dataclass(frozen=True)
class Ragged:
    """Lists of numbers, one behind the other.

    Attributes
    ----------
    values
        The numbers of all lists.
    lengths
        How many of them each list has.
    """

    values: Numbers
    lengths: Numbers

    @classmethod
    def of(cls, blobs: Sequence[bytes]) -> Ragged:
        """Return lists that were stored as 32-bit integers."""
        lengths = np.array([len(blob) // 4 for blob in blobs], dtype=np.int32)
        return cls(np.frombuffer(b"".join(blobs), dtype=np.int32), lengths)

    def __len__(self) -> int:
        """Return how many lists there are."""
        return len(self.lengths)

    def __getitem__(self, place: int) -> Numbers:
        """Return the list at `place`."""
        start = self.starts[place]
        return self.values[start : start + self.lengths[place]]

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """Where each list begins among the values."""
        return np.cumsum(self.lengths) - self.lengths

    def highest(self, rows: Vectors) -> Vectors:
        """Return for each row of `rows` the highest of its values at each list's numbers; 0 for none.

        Shape (len(rows), len(self)).
        """
        result = np.zeros((len(rows), len(self)), dtype=np.float32)
        filled = np.flatnonzero(self.lengths)
        if len(filled) and len(rows):
            found = rows.take(self.values, axis=1)
            result[:, filled] = np.maximum.reduceat(found, self.starts[filled], axis=1)
        return result

    def counts(self, chosen: Vectors) -> Vectors:
        """Return how many numbers of each list are among the true ones of `chosen`, shape (len(self),)."""
        owners = np.repeat(np.arange(len(self)), self.lengths)
        counted = np.bincount(owners, weights=chosen[self.values], minlength=len(self))
        return np.asarray(counted, dtype=np.float32)
