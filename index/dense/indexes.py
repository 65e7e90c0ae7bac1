"""What FAISS does: search through all vectors, or through the lists of an inverted file.

All vectors are of length one, so that an inner product is a cosine.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sstc_chat.index.dense.design import FLAT, kind_of
from sstc_chat.index.types import Scored, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Two cosines that are less apart than this may be equal.
EQUAL = 1e-6
# Rounds of k-means. On vectors like ours 20 rounds gave the recall of 10.
ROUNDS = 10


@dataclass(frozen=True)
class FlatIndex:
    """Vectors as they are, each with a number of its own; a search compares with all of them."""

    index: Any  # faiss.IndexIDMap2 over IndexFlatIP: its type is made at run time

    @classmethod
    def of(cls, vectors: Vectors, numbers: Sequence[int] | None = None) -> FlatIndex:
        """Index unit vectors, shape (n, dimension), under `numbers`, or else under their places."""
        import faiss

        made = cls(faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1])))
        made.add(range(len(vectors)) if numbers is None else numbers, vectors)
        return made

    @classmethod
    def read(cls, content: bytes) -> FlatIndex:
        """Return the index that `content` gave; `RuntimeError` if it is none."""
        import faiss

        return cls(faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8)))

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
        import faiss

        faiss.write_index(self.index, str(path))

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Add vectors, shape (n, dimension), under `numbers`."""
        self.index.add_with_ids(_rows(vectors), np.asarray(numbers, dtype=np.int64))

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
        question = _rows(vector)
        limits = {} if within is None else {"params": _flat_parameters(within)}
        _on_one_thread()
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
        import faiss

        found: list[int] = faiss.vector_to_array(self.index.id_map).tolist()
        return found


@dataclass(frozen=True)
class InvertedFile:
    """Vectors in lists, each around a centroid, with 16 bits for a number; a search looks in some lists.

    Sivic and Zisserman, "Video Google", ICCV 2003, for vectors as in Jégou, Douze and Schmid, "Product
    quantization for nearest neighbor search", PAMI 2011 (https://doi.org/10.1109/TPAMI.2010.57).
    """

    index: Any  # faiss.IndexIVFScalarQuantizer

    @classmethod
    def trained(cls, sample: Vectors, lists: int) -> InvertedFile:
        """Return one that holds nothing yet; the sample gives its centroids.

        A sample of fewer vectors than lists leaves some lists empty.
        """
        import faiss

        made: Any = faiss.index_factory(sample.shape[1], f"IVF{lists},SQfp16", faiss.METRIC_INNER_PRODUCT)
        made.cp.niter = ROUNDS
        made.cp.min_points_per_centroid = 1  # the caller knows how many there are
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        made.train(np.resize(_rows(sample), (max(lists, len(sample)), sample.shape[1])))
        return cls(made)

    @classmethod
    def read(cls, path: Path, *, mapped: bool) -> InvertedFile:
        """Read a file; where `mapped`, its lists stay on the disk until they are searched.

        Raises
        ------
        RuntimeError
            If it holds no such index.
        """
        import faiss

        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
        if not isinstance(index, faiss.IndexIVFScalarQuantizer):
            raise RuntimeError(f"{path} holds another kind of index")
        return cls(index)

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
        import faiss

        faiss.write_index(self.index, str(path))

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Add vectors, shape (n, dimension), under `numbers`."""
        self.index.add_with_ids(_rows(vectors), np.asarray(numbers, dtype=np.int64))

    def remove(self, numbers: Collection[int]) -> None:
        """Take out the vectors with these numbers, where they are there."""
        if numbers:
            self.index.remove_ids(_batch(numbers))

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
        import faiss

        parameters: Any = faiss.SearchParametersIVF  # its Python layer takes what is not in its types
        limits = {} if within is None else {"sel": _batch(within)}
        if within is None and without:
            limits = {"sel": faiss.IDSelectorNot(_batch(without))}
        said = parameters(nprobe=min(probes, self.lists), **limits)
        _on_one_thread()
        scores, numbers = (one[0] for one in self.index.search(_rows(vector), top, params=said))
        there = numbers >= 0
        return list(zip(numbers[there].tolist(), scores[there].tolist(), strict=True))

    def numbers(self) -> NDArray[np.int64]:
        """Return the numbers of all vectors."""
        import faiss

        lists = self.index.invlists
        sizes = [lists.list_size(place) for place in range(self.lists)]
        parts = [
            faiss.rev_swig_ptr(lists.get_ids(place), size).copy() for place, size in enumerate(sizes) if size
        ]
        return np.concatenate([np.empty(0, np.int64), *parts])


def _on_one_thread() -> None:
    """Have FAISS work on this thread alone: one question is not shared out, and to wake others takes long."""
    import faiss

    faiss.omp_set_num_threads(1)


def _rows(vectors: Vectors) -> Vectors:
    rows: Vectors = np.ascontiguousarray(np.atleast_2d(vectors), dtype=np.float32)
    return rows


def _flat_parameters(numbers: Sequence[int]) -> Any:  # noqa: ANN401 - a type of FAISS, made at run time
    """Return what limits a search to the vectors with these numbers."""
    import faiss

    parameters: Any = faiss.SearchParameters  # its Python layer takes what is not in its types
    return parameters(sel=_batch(numbers))


def _batch(numbers: Collection[int]) -> Any:  # noqa: ANN401 - a type of FAISS, made at run time
    import faiss

    return faiss.IDSelectorBatch(np.fromiter(numbers, dtype=np.int64, count=len(numbers)))
