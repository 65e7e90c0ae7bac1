"""Search in a library that is too large to compare with everything: candidates of an inverted file, scored.

The file is of an earlier state of the tables. What was added since is searched beside it, and what is gone is
left out. Whatever is found is scored with its vector from the tables: scores and order are exact, and what is
approximate is only which passages are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sstc_chat.index.database import Tables, listed
from sstc_chat.index.dense.design import PROBES
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.inverted_file import InvertedFile
from sstc_chat.index.dense.making import NUMBERED
from sstc_chat.index.types import Scored, Vectors

# So many more candidates are scored than are asked for: 16 bits tell neighbours nearly in order.
MORE = 16


@dataclass(frozen=True)
class InvertedIndex:
    """An inverted file that has caught up with the tables.

    Attributes
    ----------
    file
        Of an earlier state.
    added, gone
        What is new since, and the numbers of what is gone.
    tables, role
        Where the exact vectors are, and under which encoder.
    """

    file: InvertedFile
    added: FlatIndex
    gone: frozenset[int]
    tables: Tables
    role: str

    def search(self, vector: Vectors, top: int, within: Sequence[int] | None = None) -> Scored:
        """Return (number, cosine) of the `top` nearest vectors found, nearest first, then by number.

        With `within`, of those with these numbers, and then the nearest there are: every list is searched.
        """
        if not top:
            return []
        if within is None:
            found = self.file.candidates(vector, top + MORE, PROBES, without=self.gone)
            new = self.added.search(vector, top)
        else:
            old = [number for number in within if number not in self.gone] if self.gone else within
            found = self.file.candidates(vector, top + MORE, self.file.lists, within=old)
            new = self.added.search(vector, top, sorted(set(self.added.numbers()).intersection(within)))
        scored = self.cosines(vector, [number for number, _ in (*found, *new)])
        return sorted(scored.items(), key=lambda one: (-one[1], one[0]))[:top]

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> dict[int, float]:
        """Return the cosine of `vector` with each of the vectors `numbers`."""
        if not numbers:
            return {}
        rows = self.tables.rows(NUMBERED, self.role, listed(numbers))
        found, vectors = zip(*rows, strict=True) if rows else ((), ())
        exact = np.frombuffer(b"".join(vectors), dtype=np.float32).reshape(len(rows), -1)
        return dict(zip(found, np.einsum("ij,j->i", exact, vector).tolist(), strict=True)) if rows else {}

    def numbers(self) -> list[int]:
        """Return the numbers of all vectors."""
        return [*set(self.file.numbers().tolist()).difference(self.gone), *self.added.numbers()]
