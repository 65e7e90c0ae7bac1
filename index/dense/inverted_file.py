"""An inverted file: a search looks through the lists whose centroids are nearest.

All vectors are of length one, so that an inner product is a cosine.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sstc_chat.index.dense import adapter
from sstc_chat.index.dense.design import kind_of
from sstc_chat.index.types import Scored, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Rounds of k-means. On vectors like ours 20 rounds gave the recall of 10.
ROUNDS = 10


@dataclass(frozen=True)
class InvertedFile:
    """Vectors in lists, each around a centroid, with 16 bits for a number; a search looks in some lists.

    Sivic and Zisserman, "Video Google", ICCV 2003, for vectors as in Jégou, Douze and Schmid, "Product
    quantization for nearest neighbor search", PAMI 2011 (https://doi.org/10.1109/TPAMI.2010.57).
    """

    index: adapter.Index  # faiss.IndexIVFScalarQuantizer

    @classmethod
    def trained(cls, sample: Vectors, lists: int) -> InvertedFile:
        """Return one that holds nothing yet; the sample gives its centroids.

        A sample of fewer vectors than lists leaves some lists empty.
        """
        made = adapter.inverted(sample.shape[1], lists)
        made.cp.niter = ROUNDS
        made.cp.min_points_per_centroid = 1  # the caller knows how many there are
        adapter.on_all_threads()
        made.train(np.resize(adapter.rows(sample), (max(lists, len(sample)), sample.shape[1])))
        return cls(made)

    @classmethod
    def read(cls, path: Path, *, mapped: bool) -> InvertedFile:
        """Read a file; where `mapped`, its lists stay on the disk until they are searched.

        Raises
        ------
        RuntimeError
            If it holds no such index.
        """
        return cls(adapter.read_inverted(path, mapped=mapped))

    def __len__(self) -> int:
        return int(self.index.ntotal)

    @property
    def kind(self) -> str:
        """What FAISS's index factory calls it."""
        return kind_of(self.lists)

    @property
    def lists(self) -> int:
        """How many lists there are."""
        return int(self.index.nlist)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self.index.d)

    @property
    def held(self) -> int:
        """How many bytes its vectors take, with their numbers."""
        return len(self) * (int(self.index.code_size) + 8)

    def write(self, path: Path) -> None:
        """Write the index to `path`."""
        adapter.write(self.index, path)

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Add vectors, shape (n, dimension), under `numbers`."""
        self.index.add_with_ids(adapter.rows(vectors), np.asarray(numbers, dtype=np.int64))

    def remove(self, numbers: Collection[int]) -> None:
        """Take out the vectors with these numbers, where they are there."""
        if numbers:
            self.index.remove_ids(adapter.among(numbers))

    def candidates(
        self,
        vector: Vectors,
        top: int,
        probes: int,
        within: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> Scored:
        """Return (number, cosine as far as 16 bits tell) of the `top` nearest in the `probes` nearest lists.

        Of all, of those `within`, or of those that are not `without`.
        """
        said = adapter.inverted_parameters(min(probes, self.lists), within, without)
        adapter.on_one_thread()
        scores, numbers = (one[0] for one in self.index.search(adapter.rows(vector), top, params=said))
        there = numbers >= 0
        return list(zip(numbers[there].tolist(), scores[there].tolist(), strict=True))

    def numbers(self) -> NDArray[np.int64]:
        """Return the numbers of all vectors."""
        return adapter.numbers_of_inverted(self.index)
