"""Whether what stands together in a sentence does so in its quotes: order, and what is near a figure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sstc_chat.rag.prose.checking.alignment import ALIKE, Alignment

NEAR = 3
SURE = 0.8


def company(alignment: Alignment) -> dict[str, float]:
    """Return how far the words of a sentence keep the order and the company they have in the quote."""
    rows = np.flatnonzero(alignment.forward >= ALIKE)
    named = np.array([row for row in rows if alignment.sentence.words[row].named], dtype=int)
    found = {
        "disorder": _disorder(alignment.places[rows]),
        "names_disorder": _disorder(alignment.places[named]),
        "spread": _spread(alignment.places[rows]),
    }
    for kind, anchors in (("figure", list(_figures(alignment))), ("name", list(_names(alignment)))):
        kept = [_kept(alignment, row, columns) for row, columns in anchors]
        found[f"{kind}_company"] = min((here for here, _ in kept), default=1.0)
        found[f"{kind}_apart"] = max((everywhere - here for here, everywhere in kept), default=0.0)
    return found


def _names(alignment: Alignment) -> Iterator[tuple[int, list[int]]]:
    for row, word in enumerate(alignment.sentence.words):
        columns = np.flatnonzero(alignment.alike[row] >= SURE).tolist()
        if word.named and columns:
            yield row, columns


def _figures(alignment: Alignment) -> Iterator[tuple[int, list[int]]]:
    """Yield where each figure stands among the words of the sentence, and where it stands in the quote."""
    sentence, quote = alignment.sentence, alignment.quote
    for figure in sentence.figures:
        same = [other for other in quote.figures if figure.agrees(other)]
        if same:
            yield _place(sentence.words, figure.start), [_place(quote.words, one.start) for one in same]


def _place(words: tuple[object, ...], start: int) -> int:
    return sum(word.start < start for word in words)  # type: ignore[attr-defined]


def _kept(alignment: Alignment, row: int, columns: list[int]) -> tuple[float, float]:
    """Return how well the words near `row` are matched near the best of `columns`, and anywhere."""
    near = alignment.alike[max(0, row - NEAR) : row + NEAR + 1]
    if not near.size:
        return 1.0, 1.0
    windows = [near[:, max(0, one - 2 * NEAR) : one + 2 * NEAR + 1] for one in columns]
    here = max(float(window.max(axis=1, initial=0).mean()) for window in windows)
    return here, float(near.max(axis=1).mean())


def _disorder(places: NDArray[np.int_]) -> float:
    """Return the share of pairs that stand in the other order."""
    first, second = np.triu_indices(len(places), 1)
    apart = places[first] != places[second]
    return float((places[first] > places[second])[apart].mean()) if apart.any() else 0.0


def _spread(places: NDArray[np.int_]) -> float:
    """Return the mean step in the quote from one word of the sentence to the next."""
    return float(np.log1p(np.abs(np.diff(places))).mean()) if len(places) > 1 else 0.0
