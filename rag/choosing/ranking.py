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

MOST_QUOTES = 4
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
    return distinct(ranking, [int(one) for one in ranking.order if ranking.scores[one] >= least], MOST_QUOTES)


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


def antecedents(ranking: Ranking, chosen: Sequence[int]) -> dict[int, int]:
    """Return for each sentence chosen that points back ("It", "This") the place of the one before it."""
    evidence = ranking.candidates.evidence
    leaning = evidence.trait("leaning")
    return {place: place - 1 for place in chosen if leaning[place] and evidence.following[place]}
