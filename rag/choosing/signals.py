"""What tells a question that the reports answer from one that they do not.

Each signal is a plain number that is computed alike on any report, and is turned so that more of it speaks
for an answer. A near miss matches every word but one: a name, a number, or what was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sstc_chat.index.types import Vectors
from sstc_chat.rag.choosing.features import POWER, weakest
from sstc_chat.rag.choosing.ranking import Ranking
from sstc_chat.rag.choosing.terms import named_alike
from sstc_chat.rag.retrieval import Found, Query

SIGNALS = (
    *("score", "margin", "passage", "best_passage", "english", "multilingual"),
    *("coverage", "passage_coverage", "weakest", "weakest_in_passage", "weakest_anywhere"),
    *("missing", "missing_near", "name_missing", "name_missing_near", "number_missing"),
    *("trait_missing", "count_missing", "date_missing"),
    *("contact_given", "focus", "focus_near", "elsewhere"),
)
RIVALS = 5


def signals_of(query: Query, found: Found, ranking: Ranking, chosen: Sequence[int]) -> Vectors:
    """Return the signals of the sentences `chosen` as an answer to `query`, shape (len(SIGNALS),)."""
    candidates, terms, asked = ranking.candidates, query.terms, query.asked
    evidence, best, several = candidates.evidence, chosen[0], list(chosen)
    within, near = candidates.within[:, best], candidates.near[:, several].max(axis=1, initial=0)
    rivals = ranking.scores[ranking.order[1 : 1 + RIVALS]]
    likeness = evidence.likeness
    english = likeness["english"].whole[best] if "english" in likeness else 0.0
    counted = candidates.counted[:, several].max(initial=0)
    anywhere = terms.matches.max(axis=1, initial=0)
    values = (
        ranking.scores[best],
        ranking.scores[best] - (rivals.mean() if len(rivals) else 0.0),
        found.hits[candidates.places[best]].score,
        found.hits[0].score,
        *(english, likeness["multilingual"].best[best]),
        *terms.share(np.stack([candidates.own[:, best], within], axis=1) ** POWER),
        *weakest(np.stack([candidates.own[:, best], within, anywhere], axis=1)),
        *(-_missing(terms.weights, one) for one in (within, near)),
        *(-_missing(terms.weights[terms.names], named_alike(one[terms.names])) for one in (within, near)),
        -float((within[terms.numbers] < 1).any()),
        -max(
            float(asks.max(initial=0) * (1 - evidence.trait(trait)[several].max()))
            for trait, asks in terms.asking.items()
        ),
        -asked.count * (1 - counted**POWER),
        -asked.time * (1 - evidence.trait("date")[several].max()),
        # Whoever asks where to write is answered by an address, whatever words stand around it.
        float(terms.asking["contact"].max(initial=0) * evidence.trait("contact")[best]),
        *(one[terms.focus] if len(one) else 0.0 for one in (within, near)),
        # A word of the reports that is not in this passage is asked of something else.
        -float((terms.weights * (anywhere - within)).sum()),
    )
    return np.array(values, dtype=np.float32)


def _missing(weights: Vectors, matches: Vectors) -> float:
    """Return how much of the terms is not matched, in the unit of their weights."""
    return float((weights * (1 - matches)).sum())
