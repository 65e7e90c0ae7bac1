"""Whether a sentence names some things of a list and leaves others out without saying so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sstc_chat.rag.prose.checking.alignment import Alignment

Item = tuple[int, int]
# Three things at least, apart by commas, the last two by a word that joins.
RUN = re.compile(r"[^.;:()]+(?:, [^.;:(),]+)+,? (?:and|or|et|ou|y|o|e|и|или) [^.;:(),]+")
APART = re.compile(r",? (?:and|or|et|ou|y|o|e|и|или) |, ")
# What tells that a list goes on.
AMONG = re.compile(
    r"\b(?:such as|including|includes?|for example|for instance|e\.g\.|among|like|notamment|comme|"
    r"par exemple|entre autres|dont|como|por ejemplo|entre otros|incluid[oa]s?|por exemplo|entre outros|"
    r"incluindo|например|в том числе|включая|среди)\b|مثل|منها|بما في ذلك|من بين|例如|包括|等|其中",
    re.IGNORECASE,
)
NAMED = 0.8
FEWEST, SOME = 3, 2


def is_incomplete(alignment: Alignment) -> bool:
    """Return whether the sentence names two things of a list in the quote, and not all."""
    if AMONG.search(alignment.sentence.text):
        return False
    return any(SOME <= _told(alignment, items) < len(items) for items in lists_of(alignment.quote.text))


def _told(alignment: Alignment, items: list[Item]) -> int:
    """Return how many of the items the sentence names: each by the word of it that is matched best."""
    words = (alignment.quote.within(*item) for item in items)
    return sum(bool(places) and float(alignment.backward[places].max()) >= NAMED for places in words)


def lists_of(text: str) -> Iterator[list[Item]]:
    """Yield the ranges of the items of each list in `text`; the first may hold what leads up to it."""
    for run in RUN.finditer(text):
        cuts = [(match.start(), match.end()) for match in APART.finditer(text, run.start(), run.end())]
        starts = [run.start(), *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), run.end()]
        if len(starts) >= FEWEST:
            yield list(zip(starts, ends, strict=True))
