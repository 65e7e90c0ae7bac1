"""The numbers that were learned: how to weigh what is known of passages, sentences and answers.

They stand in `learned.json`, made by `benchmarks/learn.py`, which says from which questions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from sstc_chat.index.types import Vectors


@dataclass(frozen=True)
class Linear:
    """A weighted sum of named values."""

    weights: Mapping[str, float]
    intercept: float = 0.0

    def of(self, names: Sequence[str], values: Vectors) -> Vectors:
        """Return the sum for each row of `values`, whose columns are `names`, shape (rows,)."""
        weights = np.fromiter(map(self.weights.__getitem__, names), np.float32, len(names))
        result: Vectors = values @ weights + np.float32(self.intercept)
        return result


@dataclass(frozen=True)
class Learned:
    """What was learned for questions of one role.

    Attributes
    ----------
    passage, sentence
        Score a passage, or a sentence, among others: higher is better.
    line
        The log odds that a line is part of the answer.
    answer
        The log odds that the quotes chosen answer the question.
    threshold
        Below this probability an answer is refused.
    outside
        A refused question whose signals reach less than this is outside the reports' subject.
    """

    passage: Linear
    sentence: Linear
    line: Linear
    answer: Linear
    threshold: float
    outside: float


@lru_cache(maxsize=1)
def learned() -> dict[str, Learned]:
    """Return what was learned, by the role of the encoder that leads."""
    data = json.loads((files("sstc_chat.rag.choosing") / "learned.json").read_text("utf-8"))
    return {
        role: Learned(
            passage=Linear(one["passage"]),
            sentence=Linear(one["sentence"]),
            line=Linear(one["line"]["weights"], one["line"]["intercept"]),
            answer=Linear(one["answer"]["weights"], one["answer"]["intercept"]),
            threshold=one["threshold"],
            outside=one["outside"],
        )
        for role, one in data["learned"].items()
    }
