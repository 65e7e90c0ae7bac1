"""What came out of a round: the figures of an evaluation, by language, and how far confidence holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sstc_chat.rag.evaluation.bootstrap import Statistic, estimate
from sstc_chat.rag.evaluation.figures import confidence_and_wrong, statistics_of
from sstc_chat.rag.evaluation.formulas import Ratio
from sstc_chat.rag.evaluation.groups import curve_of, groups_of
from sstc_chat.rag.evaluation.report import Figure, Group, Point
from sstc_chat.rag.evaluation.types import Outcome
from sstc_chat.rag.review.types import VERDICTS, Item, Reply, Verdict

# Into how many steps of equal width confidence is cut.
STEPS = 5


@dataclass(frozen=True)
class Step:
    """The answers whose confidence lies in one range: how sure they were, and how many were right."""

    low: float
    high: float
    confidence: float
    right: Figure


@dataclass(frozen=True)
class Findings:
    """The figures of a round.

    Attributes
    ----------
    groups
        All figures of an evaluation, of all questions and of their kinds and languages.
    languages
        How many questions of each language are right.
    curve
        Risk by coverage.
    calibration
        What share is right at which confidence; steps in which there is no answer are left out.
    """

    groups: tuple[Group, ...]
    languages: Mapping[str, Figure]
    curve: tuple[Point, ...]
    calibration: tuple[Step, ...]


def findings_of(replies: Sequence[Reply]) -> Findings:
    """Return the figures of what was asked so far, of which there is at least one question."""
    outcomes = [reply.outcome for reply in replies]
    return Findings(groups_of(outcomes), _languages(outcomes), curve_of(outcomes), calibration_of(outcomes))


def calibration_of(outcomes: Sequence[Outcome]) -> tuple[Step, ...]:
    """Return the reliability diagram of some outcomes as numbers.

    Confidence is cut into steps of equal width (DeGroot and Fienberg 1983, The Comparison and Evaluation of
    Forecasters). A question that was refused counts with what came nearest: what would have been shown.
    """
    confidence, wrong = confidence_and_wrong(outcomes)
    step = np.minimum((confidence * STEPS).astype(int), STEPS - 1)
    members = [(number, (step == number).astype(np.float64)) for number in range(STEPS)]
    rights: dict[str, Statistic] = {str(n): Ratio.of((1 - wrong) * inside, inside) for n, inside in members}
    figures = estimate(rights, len(outcomes))
    return tuple(
        Step(
            low=number / STEPS,
            high=(number + 1) / STEPS,
            confidence=float(confidence[inside > 0].mean()),
            right=figures[str(number)],
        )
        for number, inside in members
        if str(number) in figures
    )


def support_of(items: Sequence[Item], verdicts: Mapping[str, Verdict]) -> Mapping[str, Figure]:
    """Return the share of the judged items that has each verdict, with intervals drawn by question."""
    places = list(dict.fromkeys(item.place for item in items if item.id in verdicts))
    said = np.zeros((len(places), len(VERDICTS)))
    for item in items:
        if item.id in verdicts:
            said[places.index(item.place), VERDICTS.index(verdicts[item.id])] += 1
    shares: dict[str, Statistic] = {
        verdict: Ratio.of(said[:, number], said.sum(axis=1)) for number, verdict in enumerate(VERDICTS)
    }
    drawn = estimate(shares, len(places)) if places else {}
    return {verdict: replace(figure, over=int(said.sum())) for verdict, figure in drawn.items()}


def _languages(outcomes: Sequence[Outcome]) -> dict[str, Figure]:
    found = {}
    for language in dict.fromkeys(one.task.language for one in outcomes):
        own = [one for one in outcomes if one.task.language == language]
        found[language] = estimate({"right": statistics_of(own)["right"]}, len(own))["right"]
    return found
