"""Encode what has no vector yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Progress, Vectors

# How many texts are encoded at a time: enough to fill a batch, few enough to show progress.
BATCH = 256


def embed(
    texts: Mapping[str, Sequence[str]],
    encoder: Encoder,
    known: Mapping[str, Vectors],
    progress: Progress,
) -> dict[str, Vectors]:
    """Return the vectors of each text's views by its id, encoding only what is not known."""
    missing = {identity: views for identity, views in texts.items() if identity not in known}
    encoded = _encoded([view for views in missing.values() for view in views], encoder, progress)
    ends = np.cumsum([len(views) for views in missing.values()])
    new = zip(missing, np.split(encoded, ends[:-1]), strict=True) if missing else ()
    return {**{identity: known[identity] for identity in texts if identity in known}, **dict(new)}


def _encoded(texts: Sequence[str], encoder: Encoder, progress: Progress) -> Vectors:
    """Return a vector for each text, shape (len(texts), dimension)."""
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    # Texts of like length side by side: a batch is padded to its longest.
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        vectors[batch] = encoder.encode_passages([texts[place] for place in batch])
        progress(f"Encoding with {encoder.name}", start + len(batch), len(texts))
    return vectors
