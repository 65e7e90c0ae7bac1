"""Dense search: FAISS over unit vectors, exact inner product, so a score is a cosine."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.files import replace_file
from sstc_chat.index.types import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Two cosines that are less apart than this may be equal.
EQUAL = 1e-6
# The first line of a file says what it is, in JSON.
LONGEST_HEAD = 200


@dataclass(frozen=True)
class DenseIndex:
    """Vectors that can be searched, each with a number of its own."""

    index: Any  # faiss.IndexIDMap2 over IndexFlatIP: its type is made at run time

    @classmethod
    def of(cls, vectors: Vectors, numbers: Sequence[int] | None = None) -> DenseIndex:
        """Index unit vectors, shape (n, dimension), under `numbers`, or else under their places."""
        import faiss

        made = cls(faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1])))
        made.add(range(len(vectors)) if numbers is None else numbers, vectors)
        return made

    @classmethod
    def load(cls, path: Path) -> tuple[int, DenseIndex]:
        """Read what `save` wrote: the state that it is of, and the index.

        Raises
        ------
        IndexDamagedError
            If it is not what was written.
        """
        import faiss

        try:
            said, content = read_parts(path)
            index = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
            return int(said["state"]), cls(index)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise IndexDamagedError(f"The index file {path} is damaged ({error}).") from error

    def save(self, path: Path, state: int) -> None:
        """Write the index to `path`, with the state that it is of, in place of what is there."""
        import faiss

        content = faiss.serialize_index(self.index).tobytes()
        head = {"state": state, "count": self.index.ntotal, "crc": zlib.crc32(content)}
        replace_file(path, json.dumps(head).encode() + b"\n" + content)

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Add vectors, shape (n, dimension), under `numbers`."""
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        self.index.add_with_ids(rows, np.asarray(numbers, dtype=np.int64))

    def remove(self, numbers: Sequence[int]) -> None:
        """Take out the vectors with these numbers, where they are there."""
        if len(numbers):
            self.index.remove_ids(np.asarray(numbers, dtype=np.int64))

    def search(
        self, vector: Vectors, top: int, within: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return (number, cosine) of the `top` nearest vectors, nearest first, then by number.

        With `within`, only of those with these numbers, which must be there.
        """
        total = self.index.ntotal if within is None else len(within)
        if not min(top, total):
            return []
        question = np.ascontiguousarray(vector.reshape(1, -1), dtype=np.float32)
        limits = {} if within is None else {"params": _only(within)}
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

    def numbers(self) -> list[int]:
        """Return the numbers of all vectors."""
        import faiss

        found: list[int] = faiss.vector_to_array(self.index.id_map).tolist()
        return found


def _only(numbers: Sequence[int]) -> Any:  # noqa: ANN401 - a type of FAISS, made at run time
    """Return what limits a search to the vectors with these numbers."""
    import faiss

    parameters: Any = faiss.SearchParameters  # its Python layer takes what is not in its types
    return parameters(sel=faiss.IDSelectorBatch(np.asarray(numbers, dtype=np.int64)))


def read_parts(path: Path) -> tuple[dict[str, Any], bytes]:
    """Return what a file of `save` says of itself, and its content; `ValueError` if its sum is wrong."""
    with path.open("rb") as file:
        head = json.loads(file.readline(LONGEST_HEAD))
        content = file.read()
    if not isinstance(head, dict) or head.get("crc") != zlib.crc32(content):
        raise ValueError("its sum is not the one that was written")
    return head, content


def written(path: Path) -> tuple[int, int]:
    """Return which state the index at `path` says it is of, and of how many vectors; -1 where it does not."""
    try:
        with path.open("rb") as file:
            said = json.loads(file.readline(LONGEST_HEAD))
            return int(said["state"]), int(said["count"])
    except (OSError, ValueError, KeyError, TypeError):
        return -1, 0
