"""Two rounds side by side: what changed from one state of the program to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.review.differences import Compared, differences, mcnemar
from sstc_chat.rag.review.rejudging import Rejudging, rejudged
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.types import Reply

Change = Literal["better", "worse", "quotes", "confidence", "same"]


@dataclass(frozen=True)
class Pairing:
    """A question that is in both rounds, what became of it in each, and what changed."""

    before: Reply
    after: Reply
    change: Change


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
    verdicts
        The citations that were judged in both; None until both rounds are disclosed.
    """

    pairings: tuple[Pairing, ...]
    only_before: int
    only_after: int
    figures: Mapping[str, Compared]
    chance: float
    verdicts: Rejudging | None = None

    def count(self, change: Change) -> int:
        """Return how many questions changed in a way."""
        return sum(one.change == change for one in self.pairings)


def compare_rounds(rounds: Rounds, before: int, after: int) -> Comparison:
    """Compare two rounds of a home: what was answered and, once both are disclosed, what people said of it.

    Raises
    ------
    ReviewError
        If one of them is not there, or they have no question in common.
    """
    earlier, later = (tuple(rounds.replies(number).values()) for number in (before, after))
    return replace(compare(earlier, later), verdicts=rejudged(rounds, before, after))


def compare(before: Sequence[Reply], after: Sequence[Reply]) -> Comparison:
    """Compare two rounds on the questions that are in both, the same words after the same history.

    Raises
    ------
    ReviewError
        If they have no question in common.
    """
    earlier = {reply.task.asked: reply for reply in before}
    later = {reply.task.asked: reply for reply in after}
    pairings = tuple(_paired(earlier[key], reply) for key, reply in later.items() if key in earlier)
    if not pairings:
        raise ReviewError(
            "The two rounds have no question in common. Compare rounds of the same questions.", reason="apart"
        )
    better, worse = (sum(one.change == way for one in pairings) for way in ("better", "worse"))
    return Comparison(
        pairings=pairings,
        only_before=len(earlier) - len(pairings),
        only_after=len(later) - len(pairings),
        figures=differences([(one.before.outcome, one.after.outcome) for one in pairings]),
        chance=mcnemar(better, worse),
    )


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
