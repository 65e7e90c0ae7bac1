"""The formulas of an evaluation, each as a function of how often every question is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sstc_chat.rag.evaluation.bootstrap import Numbers


@dataclass(frozen=True)
class Ratio:
    """A sum over the questions divided by another.

    A share, a mean, the mean reciprocal rank (Voorhees 1999, The TREC-8 Question Answering Track Report), and
    micro-averaged precision, recall and F (Manning, Raghavan and Schütze 2008, chapters 8.3 and 13.6) are all
    of this kind.
    """

    numerators: Numbers
    denominators: Numbers

    @classmethod
    def of(cls, numerators: ArrayLike, denominators: ArrayLike) -> Ratio:
        """Return the ratio of two rows of numbers or truth values, shape (questions,) each."""
        return cls(np.asarray(numerators, np.float64), np.asarray(denominators, np.float64))

    @property
    def over(self) -> int:
        """How many questions have a part in it."""
        return int(np.count_nonzero(self.denominators))

    def values(self, counts: Numbers) -> Numbers:
        """Return the ratio of each draw, shape (draws,)."""
        with np.errstate(invalid="ignore"):
            ratios: Numbers = (counts @ self.numerators) / (counts @ self.denominators)
        return ratios


@dataclass(frozen=True)
class RankingArea:
    """The area under the ROC curve: how often a positive scores higher than a negative, a tie being half.

    That is the Mann–Whitney statistic divided by the number of pairs (Hanley and McNeil 1982, The meaning and
    use of the area under a receiver operating characteristic curve).
    """

    scores: Numbers
    positive: Numbers

    @property
    def over(self) -> int:
        """How many questions have a part in it."""
        return len(self.scores)

    def values(self, counts: Numbers) -> Numbers:
        """Return the area of each draw, shape (draws,)."""
        order = np.argsort(self.scores, kind="stable")
        # Where each run of equal scores begins.
        _, firsts = np.unique(self.scores[order], return_index=True)
        counts, positive = counts[:, order], self.positive[order]
        positives = np.add.reduceat(counts * positive, firsts, axis=1)
        negatives = np.add.reduceat(counts * (1 - positive), firsts, axis=1)
        below = np.cumsum(negatives, axis=1) - negatives / 2
        with np.errstate(invalid="ignore"):
            areas: Numbers = (positives * below).sum(axis=1) / (positives.sum(axis=1) * negatives.sum(axis=1))
        return areas


@dataclass(frozen=True)
class RiskArea:
    """The area under the risk–coverage curve: the mean of the risks at all coverages.

    The curve is that of Geifman and El-Yaniv 2017 (Selective Classification for Deep Neural Networks), its
    area that of Geifman, Uziel and El-Yaniv 2019 (Bias-Reduced Uncertainty Estimation for Deep Neural
    Classifiers).
    """

    confidence: Numbers
    wrong: Numbers

    @property
    def over(self) -> int:
        """How many questions have a part in it."""
        return len(self.wrong)

    def values(self, counts: Numbers) -> Numbers:
        """Return the area of each draw, shape (draws,)."""
        wrong = surest_first(self.confidence, self.wrong)[1]
        times = counts.astype(np.intp).ravel()
        drawn = np.repeat(np.tile(wrong, len(counts)), times).reshape(len(counts), -1)
        areas: Numbers = risks(drawn).mean(axis=1)
        return areas


def surest_first(confidence: Numbers, wrong: Numbers) -> tuple[Numbers, Numbers]:
    """Return both in falling order of confidence.

    Among equals, of which none comes first, each is as wrong as they are on average.
    """
    distinct, group = np.unique(-confidence, return_inverse=True)
    means = np.bincount(group, weights=wrong) / np.bincount(group)
    group = np.sort(group)
    return -distinct[group], means[group]


def risks(wrong: Numbers) -> Numbers:
    """Return the share that is wrong among the first 1, 2, … along the last axis."""
    shares: Numbers = np.cumsum(wrong, axis=-1) / np.arange(1, wrong.shape[-1] + 1)
    return shares


def as_numbers(values: Sequence[float]) -> Numbers:
    """Return numbers or truth values as a row."""
    return np.asarray(values, np.float64)
