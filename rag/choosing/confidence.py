"""How likely it is that the chosen quotes answer the question, and what kind of no it is if they do not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from sstc_chat.rag.choosing.learned import learned
from sstc_chat.rag.choosing.ranking import Ranking
from sstc_chat.rag.choosing.signals import SIGNALS, signals_of
from sstc_chat.rag.retrieval import Found, Query
from sstc_chat.rag.types import Refusal


class Judgement(NamedTuple):
    """How likely an answer is right, from 0 to 1, and why it is refused, if it is."""

    confidence: float
    refusal: Refusal | None


def judge(query: Query, found: Found, ranking: Ranking, chosen: Sequence[int]) -> Judgement:
    """Judge the sentences `chosen` as an answer to `query`."""
    if not query.terms.words:
        return Judgement(0.0, "no question")
    if not chosen:
        return Judgement(0.0, "outside")
    numbers = learned()[query.role]
    signals = signals_of(query, found, ranking, chosen)
    odds = float(numbers.answer.of(SIGNALS, signals[None])[0])
    confidence = 1 / (1 + math.exp(-odds))
    if confidence >= numbers.threshold:
        return Judgement(confidence, None)
    outside = float(signals[SIGNALS.index("passage_coverage")]) < numbers.outside
    return Judgement(confidence, "outside" if outside else "unsaid")
