"""How far two series of answers to the same questions differ, in figures, and whether it may be chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from sstc_chat.rag.evaluation.bootstrap import Numbers, Statistic, estimate
from sstc_chat.rag.evaluation.figures import statistics_of
from sstc_chat.rag.evaluation.report import Figure
from sstc_chat.rag.evaluation.types import Outcome

# What two rounds are compared by, of the figures that an evaluation takes.
COMPARED = (
    "right",
    "first_right",
    "false_refusal",
    "false_answer",
    "auroc",
    "risk_area",
    "hit@1",
    "mrr",
    "words",
)


@dataclass(frozen=True)
class Compared:
    """One figure of both rounds, and its difference, second less first, with its paired 95% interval."""

    before: float
    after: float
    difference: Figure


@dataclass(frozen=True)
class Difference:
    """A figure less the same figure of other answers to the same questions, drawn together."""

    before: Statistic
    after: Statistic

    @property
    def over(self) -> int:
        """How many questions the second of both is taken over."""
        return self.after.over

    def values(self, counts: Numbers) -> Numbers:
        """Return the difference of each draw, shape (draws,)."""
        return self.after.values(counts) - self.before.values(counts)


def differences(outcomes: Sequence[tuple[Outcome, Outcome]]) -> dict[str, Compared]:
    """Return the figures of both series, by name; `outcomes` are those of each question, first and second."""
    first, second = (statistics_of(series) for series in zip(*outcomes, strict=True))
    names = [name for name in COMPARED if name in first and name in second]
    once = np.ones((1, len(outcomes)))
    drawn: dict[str, Statistic] = {name: Difference(first[name], second[name]) for name in names}
    return {
        name: Compared(float(first[name].values(once)[0]), float(second[name].values(once)[0]), difference)
        for name, difference in estimate(drawn, len(outcomes)).items()
    }


def mcnemar(better: int, worse: int) -> float:
    """Return the p value of McNemar's test, two-sided and exact.

    McNemar 1947, Note on the Sampling Error of the Difference Between Correlated Proportions. If the rounds
    do not differ, each question that changed is as likely to have become better as worse, and how many did
    is binomial. It is 1 where none changed.
    """
    changed, fewer = better + worse, min(better, worse)
    all_ways = 1 << changed
    return min(1.0, 2 * sum(comb(changed, number) for number in range(fewer + 1)) / all_ways)
