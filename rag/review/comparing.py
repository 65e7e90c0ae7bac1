"""Two rounds side by side: what changed from one state of the program to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Literal

import numpy as np

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.evaluation.bootstrap import Numbers, Statistic, estimate
from sstc_chat.rag.evaluation.figures import statistics_of
from sstc_chat.rag.evaluation.report import Figure
from sstc_chat.rag.review.types import Reply

Change = Literal["better", "worse", "quotes", "confidence", "same"]
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
class Pairing:
    """A question that is in both rounds, what became of it in each, and what changed."""

    before: Reply
    after: Reply
    change: Change


@dataclass(frozen=True)
class Compared:
    """One figure of both rounds, and its difference, second less first, with its paired 95% interval."""

    before: float
    after: float
    difference: Figure


@dataclass(frozen=True)
class Comparison:
    """What changed from one round to another.

    Attributes
    ----------
    pairings
        The questions that are in both.
    only_before, only_after
        How many are in one round alone; they are left out of everything else.
    figures
        By name; those that are defined in both rounds.
    chance
        How likely at least as uneven a split into better and worse is if neither round is better: the p value
        of McNemar's test.
    """

    pairings: tuple[Pairing, ...]
    only_before: int
    only_after: int
    figures: Mapping[str, Compared]
    chance: float

    def count(self, change: Change) -> int:
        """Return how many questions changed in a way."""
        return sum(one.change == change for one in self.pairings)


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


def compare(before: Sequence[Reply], after: Sequence[Reply]) -> Comparison:
    """Compare two rounds on the questions that are in both, the same words after the same history.

    Raises
    ------
    ReviewError
        If they have no question in common.
    """
    earlier = {_key(reply): reply for reply in before}
    later = {_key(reply): reply for reply in after}
    pairings = tuple(_paired(earlier[key], reply) for key, reply in later.items() if key in earlier)
    if not pairings:
        raise ReviewError("The two rounds have no question in common. Compare rounds of the same questions.")
    better, worse = (sum(one.change == way for one in pairings) for way in ("better", "worse"))
    return Comparison(
        pairings=pairings,
        only_before=len(earlier) - len(pairings),
        only_after=len(later) - len(pairings),
        figures=_figures(pairings),
        chance=mcnemar(better, worse),
    )


def mcnemar(better: int, worse: int) -> float:
    """Return the p value of McNemar's test, two-sided and exact.

    McNemar 1947, Note on the Sampling Error of the Difference Between Correlated Proportions. If the rounds
    do not differ, each question that changed is as likely to have become better as worse, and how many did
    is binomial. It is 1 where none changed.
    """
    changed, fewer = better + worse, min(better, worse)
    all_ways = 1 << changed
    return min(1.0, 2 * sum(comb(changed, number) for number in range(fewer + 1)) / all_ways)


def _key(reply: Reply) -> tuple[str, ...]:
    return (*reply.task.history, reply.task.question)


def _paired(before: Reply, after: Reply) -> Pairing:
    if before.outcome.right != after.outcome.right:
        return Pairing(before, after, "better" if after.outcome.right else "worse")
    if _shown(before) != _shown(after):
        return Pairing(before, after, "quotes")
    same = round(before.outcome.confidence, 2) == round(after.outcome.confidence, 2)
    return Pairing(before, after, "same" if same else "confidence")


def _shown(reply: Reply) -> list[tuple[str, str]]:
    """Return what a reader was shown: of which documents, in which words; nothing where it was refused."""
    return [(one.document_id, one.quote) for one in reply.answer.citations] if reply.answer else []


def _figures(pairings: Sequence[Pairing]) -> dict[str, Compared]:
    first = statistics_of([one.before.outcome for one in pairings])
    second = statistics_of([one.after.outcome for one in pairings])
    names = [name for name in COMPARED if name in first and name in second]
    once = np.ones((1, len(pairings)))
    differences: dict[str, Statistic] = {name: Difference(first[name], second[name]) for name in names}
    return {
        name: Compared(float(first[name].values(once)[0]), float(second[name].values(once)[0]), difference)
        for name, difference in estimate(differences, len(pairings)).items()
    }
