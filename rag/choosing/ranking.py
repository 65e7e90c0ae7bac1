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
from sstc_chat.rag.choosing.lines import best_run, chances_of
from sstc_chat.rag.retrieval import Found, Query
from sstc_chat.rag.types import Refusal

MOST_QUOTES = 8
# Characters of quotes that a reader still reads: about 120 words.
LONGEST = 750
NEAREST = 3
# A further sentence is quoted when it is not much less likely to answer than the best (log odds).
CLOSE = 2.5
# Two sentences with this share of their words in common say the same.
SAME = 0.8


@dataclass(frozen=True)
class Ranking:
    """The candidates and what they are worth as an answer.

    Attributes
    ----------
    scores
        Of each among the others, shape (sentences,).
    order
        Their places, best first, shape (sentences,).
    chances
        How likely each is part of the answer if it is a line, shape (sentences,).
    """

    candidates: Candidates
    scores: Vectors
    order: NDArray[np.intp]
    chances: Vectors

    def numbers(self, places: Sequence[int]) -> list[int]:
        """Return the numbers of the sentences at `places`."""
        return [int(self.candidates.evidence.numbers[place]) for place in places]


def rank_sentences(query: Query, found: Found, store: Store) -> Ranking:
    """Rank the sentences of the passages found."""
    candidates = candidates_of(query, found, store)
    features = features_of(query, found, candidates)
    numbers = learned()[query.role]
    scores = numbers.sentence.of(FEATURES, features)
    chances = chances_of(scores, candidates.evidence, numbers.line)
    return Ranking(candidates, scores, np.argsort(-scores, kind="stable"), chances)


def choose(ranking: Ranking) -> list[int]:
    """Return the places of the best sentence and of those nearly as good, best first.

    The best line of a page that is set line by line comes with the lines around it that answer too.
    """
    if not len(ranking.order):
        return []
    best, evidence = int(ranking.order[0]), ranking.candidates.evidence
    if evidence.lines[best]:
        return [best, *(place for place in best_run(ranking.chances, evidence, best) if place != best)]
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
        own = set(words[place].tolist())
        if not any(len(own & other) >= SAME * len(own | other) for other in said):
            kept.append(place)
            said.append(own)
        if len(kept) == most:
            break
    return kept
