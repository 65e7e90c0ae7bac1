"""How likely it is that the chosen quotes answer the question: a logistic regression over the signals.

Its numbers are learned by `benchmarks/fit_confidence.py` and kept in `confidence.json`. They come from
question sets on other texts, never from the shipped report.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sstc_chat.index.store import Store
from sstc_chat.rag.retrieval import Found, Query
from sstc_chat.rag.signals import Signals, signals_of
from sstc_chat.rag.types import Candidate


@dataclass(frozen=True)
class Calibration:
    """A logistic regression for one kind of query, and the threshold below which it refuses."""

    intercept: float
    weights: tuple[float, ...]
    threshold: float

    def confidence(self, signals: Signals) -> float:
        """Return the probability, from 0 to 1, that the answer with these signals is right."""
        products = (weight * value for weight, value in zip(self.weights, signals.values(), strict=True))
        return 1 / (1 + math.exp(-self.intercept - sum(products)))


def judge(
    query: Query,
    found: Found,
    candidates: Sequence[Candidate],
    chosen: Sequence[Candidate],
    store: Store,
) -> tuple[float, bool]:
    """Return the confidence in an answer, from 0 to 1, and whether it is refused."""
    if not chosen:
        return 0.0, True
    calibration = calibrations()[query.role]
    confidence = calibration.confidence(signals_of(query, found, candidates, chosen, store))
    return confidence, confidence < calibration.threshold


@lru_cache(maxsize=1)
def calibrations() -> dict[str, Calibration]:
    """Return the calibration for each encoder's role."""
    data = json.loads((files("sstc_chat.rag") / "confidence.json").read_text("utf-8"))
    return {
        role: Calibration(one["intercept"], tuple(one["weights"].values()), one["threshold"])
        for role, one in data["calibrations"].items()
    }
