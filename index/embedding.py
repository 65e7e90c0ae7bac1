"""Encode texts, those of like length side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Progress, Vectors

# How many texts are encoded at a time: enough to fill a batch, few enough to show progress.
BATCH = 256
Key = TypeVar("Key")


def embed(texts: Mapping[Key, Sequence[str]], encoder: Encoder, progress: Progress) -> dict[Key, Vectors]:
    """Return the vectors of each text's views by its key, shape (views, dimension)."""
    if not texts:
        return {}
    encoded = _encoded([view for views in texts.values() for view in views], encoder, progress)
    ends = np.cumsum([len(views) for views in texts.values()])
    return dict(zip(texts, np.split(encoded, ends[:-1]), strict=True))


def _encoded(texts: Sequence[str], encoder: Encoder, progress: Progress) -> Vectors:
    """Return a vector for each text, shape (len(texts), dimension)."""
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    # A batch is padded to its longest.
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        vectors[batch] = encoder.encode_passages([texts[place] for place in batch])
        progress(f"Encoding with {encoder.name}", start + len(batch), len(texts))
    return vectors
