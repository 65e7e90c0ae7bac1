"""Choose the sentences that answer a question, from the passages that were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sstc_chat.index.store import Store
from sstc_chat.index.types import Vectors
from sstc_chat.rag.choosing.features import FEATURES, Candidates, candidates_of, features_of
from sstc_chat.rag.choosing.learned import learned
from sstc_chat.rag.retrieval import Found, Query
from sstc_chat.rag.types import Refusal

MOST_QUOTES = 8
# Characters of quotes that a reader still reads: about 120 words.
LONGEST = 750
# How many lines of a list are quoted behind the one that was found.
MOST_LINES = 4
NEAREST = 3
# A further sentence is quoted when it is not much less likely to answer than the best (log odds).
CLOSE = 2.5
# Two sentences with this share of their words in common say the same.
SAME = 0.8


@dataclass(frozen=True)
class Ranking:
    """The candidates, how each scores, shape (sentences,), and their places, best first."""

    candidates: Candidates
    scores: Vectors
    order: NDArray[np.intp]

    def numbers(self, places: Sequence[int]) -> list[int]:
        """Return the numbers of the sentences at `places`."""
        return [int(self.candidates.evidence.numbers[place]) for place in places]


def rank_sentences(query: Query, found: Found, store: Store) -> Ranking:
    """Rank the sentences of the passages found."""
    candidates = candidates_of(query, found, store)
    features = features_of(query, found, candidates)
    scores = learned()[query.role].sentence.of(FEATURES, features)
    return Ranking(candidates, scores, np.argsort(-scores, kind="stable"))


def choose(ranking: Ranking) -> list[int]:
    """Return the places of the best sentence and of those nearly as good, best first."""
    if not len(ranking.order):
        return []
    least = ranking.scores[ranking.order[0]] - CLOSE
    close = [place for place in ranking.order.tolist() if ranking.scores[place] >= least]
    kept = distinct(ranking, close, MOST_QUOTES)
    lengths = np.cumsum(ranking.candidates.evidence.trait("length")[kept])
    return [
        place for place, length in zip(kept, lengths, strict=True) if place == kept[0] or length <= LONGEST
    ]


def nearest(ranking: Ranking, refusal: Refusal) -> list[int]:
    """Return the places of the sentences that came nearest; none where nothing was asked."""
    return [] if refusal == "no question" else distinct(ranking, ranking.order.tolist(), NEAREST)


def distinct(ranking: Ranking, places: Sequence[int], most: int) -> list[int]:
    """Return the first `most` of `places` of which none says what one before it says."""
    words = ranking.candidates.evidence.words
    kept: list[int] = []
    said: list[set[int]] = []
    for place in places:
        own = set(words.take([place]).values.tolist())
        if not any(len(own & other) >= SAME * len(own | other) for other in said):
            kept.append(place)
            said.append(own)
        if len(kept) == most:
            break
    return kept


def runs(ranking: Ranking, chosen: Sequence[int]) -> list[range]:
    """Return the places to quote together, for each of those chosen that no run before it holds.

    A sentence that points back ("It", "This") comes with the one before it, unless that is a caption or a
    line of a list. A line that ends like no sentence comes with the lines behind it, for it leads up to a
    list or is one of its lines; an address is complete. Runs that share a sentence are one.
    """
    evidence = ranking.candidates.evidence
    leaning, contact = evidence.trait("leaning"), evidence.trait("contact")
    fragment = evidence.trait("fragment") * (1 - contact)
    found: list[range] = []
    for place in chosen:
        back = leaning[place] and evidence.following[place] and not evidence.trait("fragment")[place - 1]
        last = place
        while fragment[place] and last - place < MOST_LINES and _followed(ranking, last):
            last += 1
        if not any(place in one for one in found):
            found = _with(found, range(place - 1 if back else place, last + 1))
    return found


def _with(found: Sequence[range], run: range) -> list[range]:
    """Return `found` with `run`, those that share a place with it taken in where the first of them stands."""
    shared = [one for one in found if one.start < run.stop and run.start < one.stop]
    if not shared:
        return [*found, run]
    whole = range(min(one.start for one in (run, *shared)), max(one.stop for one in (run, *shared)))
    return [whole if one is shared[0] else one for one in found if one not in shared[1:]]


def _followed(ranking: Ranking, place: int) -> bool:
    following = ranking.candidates.evidence.following
    return place + 1 < len(following) and bool(following[place + 1])
