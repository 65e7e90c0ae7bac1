"""Dense search: FAISS over unit vectors, exact inner product, so a score is a cosine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sstc_chat.index.types import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class DenseIndex:
    """Vectors that can be searched; the number of a vector is its place."""

    index: Any  # faiss.IndexFlatIP: its type is made at run time

    @classmethod
    def of(cls, vectors: Vectors) -> DenseIndex:
        """Index `vectors`, shape (n, dimension), each of length one."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Read an index that `save` wrote."""
        import faiss

        return cls(faiss.deserialize_index(np.frombuffer(path.read_bytes(), dtype=np.uint8)))

    def save(self, path: Path) -> None:
        """Write the index to `path`."""
        import faiss

        path.write_bytes(faiss.serialize_index(self.index).tobytes())

    def search(self, vector: Vectors, top: int) -> list[tuple[int, float]]:
        """Return (number, cosine) of the `top` nearest vectors, nearest first."""
        top = min(top, self.index.ntotal)
        if not top:
            return []
        scores, numbers = self.index.search(vector.reshape(1, -1), top)
        return list(zip(numbers[0].tolist(), scores[0].tolist(), strict=True))

    def vector(self, number: int) -> NDArray[np.float32]:
        """Return the vector with this number, shape (dimension,)."""
        vector: NDArray[np.float32] = self.index.reconstruct(number)
        return vector
