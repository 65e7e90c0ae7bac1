"""What is used of FAISS: its indexes are made, read and written here, and its searches limited."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sstc_chat.index.types import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Types of FAISS, which are made at run time.
Index = Any
Parameters = Any
Selector = Any


def flat(dimension: int) -> Index:
    """Return an index that holds nothing yet and compares with all that it holds."""
    import faiss

    return faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))


def inverted(dimension: int, lists: int) -> Index:
    """Return an inverted file with 16 bits for a number, whose centroids are still to be found."""
    import faiss

    return faiss.index_factory(dimension, f"IVF{lists},SQfp16", faiss.METRIC_INNER_PRODUCT)


def deserialized(content: bytes) -> Index:
    """Return the index that `content` gave; `RuntimeError` if it is none."""
    import faiss

    return faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))


def read_inverted(path: Path, *, mapped: bool) -> Index:
    """Read an inverted file; where `mapped`, its lists stay on the disk until they are searched.

    Raises
    ------
    RuntimeError
        If the file at `path` holds no such index.
    """
    import faiss

    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
    if not isinstance(index, faiss.IndexIVFScalarQuantizer):
        raise RuntimeError(f"{path} holds another kind of index")
    return index


def write(index: Index, path: Path) -> None:
    """Write an index to `path`."""
    import faiss

    faiss.write_index(index, str(path))


def numbers_of_flat(index: Index) -> list[int]:
    """Return the numbers of all vectors of a flat index."""
    import faiss

    found: list[int] = faiss.vector_to_array(index.id_map).tolist()
    return found


def numbers_of_inverted(index: Index) -> NDArray[np.int64]:
    """Return the numbers of all vectors of an inverted file."""
    import faiss

    lists = index.invlists
    sizes = [lists.list_size(place) for place in range(int(index.nlist))]
    parts = [
        faiss.rev_swig_ptr(lists.get_ids(place), size).copy() for place, size in enumerate(sizes) if size
    ]
    return np.concatenate([np.empty(0, np.int64), *parts])


def on_one_thread() -> None:
    """Have FAISS work on this thread alone: one question is not shared out, and to wake others takes long."""
    import faiss

    faiss.omp_set_num_threads(1)


def on_all_threads() -> None:
    """Have FAISS work on all processors."""
    import faiss

    faiss.omp_set_num_threads(os.cpu_count() or 1)


def rows(vectors: Vectors) -> Vectors:
    """Return one vector or several as FAISS takes them, shape (n, dimension)."""
    made: Vectors = np.ascontiguousarray(np.atleast_2d(vectors), dtype=np.float32)
    return made


def flat_parameters(numbers: Collection[int]) -> Parameters:
    """Return what limits a search to the vectors with these numbers."""
    import faiss

    parameters: Any = faiss.SearchParameters  # its Python layer takes what is not in its types
    return parameters(sel=among(numbers))


def inverted_parameters(probes: int, within: Collection[int] | None, without: Collection[int]) -> Parameters:
    """Return what limits a search to so many lists, and to those `within` or to those not `without`."""
    import faiss

    parameters: Any = faiss.SearchParametersIVF  # its Python layer takes what is not in its types
    limits = {} if within is None else {"sel": among(within)}
    if within is None and without:
        limits = {"sel": faiss.IDSelectorNot(among(without))}
    return parameters(nprobe=probes, **limits)


def among(numbers: Collection[int]) -> Selector:
    """Return what selects the vectors with these numbers."""
    import faiss

    return faiss.IDSelectorBatch(np.fromiter(numbers, dtype=np.int64, count=len(numbers)))
