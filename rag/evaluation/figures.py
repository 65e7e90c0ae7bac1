"""Which figures are taken of a group of outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sstc_chat.rag.evaluation.bootstrap import Numbers, Statistic
from sstc_chat.rag.evaluation.formulas import RankingArea, Ratio, RiskArea, as_numbers
from sstc_chat.rag.evaluation.types import Outcome

NEAR = 5
Statistics = dict[str, Statistic]


def statistics_of(outcomes: Sequence[Outcome]) -> Statistics:
    """Return the figures of some outcomes, still to be taken.

    `hit@1`, `hit@5` and `mrr` are over the questions that have an answer to find; `first_right` and
    `false_refusal` over those that have one at all, `false_answer` over those that have none. `words`,
    `quotes` and `risk` (the share that is wrong) are over what was shown, `coverage` is the share that was.
    """
    found = {**_retrieval(outcomes), **_answers(outcomes), **_refusals(outcomes)}
    if any(one.task.form == "lines" for one in outcomes):
        found |= {**_sentences(outcomes), **_no_answer(outcomes)}
    return found


def confidence_and_wrong(outcomes: Sequence[Outcome]) -> tuple[Numbers, Numbers]:
    """Return how sure each outcome is, and whether it is wrong, or would be if it had not been refused."""
    confidence = as_numbers([one.confidence for one in outcomes])
    return confidence, as_numbers([not one.right_if_shown for one in outcomes])


def _retrieval(outcomes: Sequence[Outcome]) -> Statistics:
    asked = as_numbers([one.rank is not None for one in outcomes])
    ranks = as_numbers([one.rank or np.inf for one in outcomes])
    return {
        "hit@1": Ratio.of(ranks <= 1, asked),
        f"hit@{NEAR}": Ratio.of(ranks <= NEAR, asked),
        "mrr": Ratio.of(1 / ranks, asked),
    }


def _answers(outcomes: Sequence[Outcome]) -> Statistics:
    shown = as_numbers([not one.refused for one in outcomes])
    return {
        "right": Ratio.of([one.right for one in outcomes], np.ones(len(outcomes))),
        "first_right": Ratio.of([one.first_right for one in outcomes], _answerable(outcomes)),
        "words": Ratio.of([one.words for one in outcomes], shown),
        "quotes": Ratio.of([one.quotes for one in outcomes], shown),
    }


def _refusals(outcomes: Sequence[Outcome]) -> Statistics:
    refused = as_numbers([one.refused for one in outcomes])
    answerable = _answerable(outcomes)
    wrong = as_numbers([not one.right for one in outcomes])
    confidence, wrong_if_shown = confidence_and_wrong(outcomes)
    return {
        "false_refusal": Ratio.of(refused * answerable, answerable),
        "false_answer": Ratio.of((1 - refused) * (1 - answerable), 1 - answerable),
        "auroc": RankingArea(confidence, answerable),
        "coverage": Ratio.of(1 - refused, np.ones(len(outcomes))),
        "risk": Ratio.of((1 - refused) * wrong, 1 - refused),
        "risk_area": RiskArea(confidence, wrong_if_shown),
    }


def _sentences(outcomes: Sequence[Outcome]) -> Statistics:
    true = as_numbers([one.true_lines for one in outcomes])
    false = as_numbers([one.false_lines for one in outcomes])
    missed = as_numbers([one.missed_lines for one in outcomes])
    return _agreement("sentence", true, false, missed)


def _no_answer(outcomes: Sequence[Outcome]) -> Statistics:
    refused = as_numbers([one.refused for one in outcomes])
    answerable = _answerable(outcomes)
    rightly, wrongly = refused * (1 - answerable), refused * answerable
    return _agreement("no_answer", rightly, wrongly, (1 - refused) * (1 - answerable))


def _agreement(name: str, true: Numbers, false: Numbers, missed: Numbers) -> Statistics:
    """Return precision, recall and F of what was chosen, counted over all questions together."""
    return {
        f"{name}_precision": Ratio.of(true, true + false),
        f"{name}_recall": Ratio.of(true, true + missed),
        f"{name}_f": Ratio.of(2 * true, 2 * true + false + missed),
    }


def _answerable(outcomes: Sequence[Outcome]) -> Numbers:
    return as_numbers([one.task.answerable for one in outcomes])
