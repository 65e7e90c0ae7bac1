"""Two rounds side by side, as tables for a terminal and as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sstc_chat.rag.evaluation.tables import Table
from sstc_chat.rag.output import Json
from sstc_chat.rag.review.agreement import Pair
from sstc_chat.rag.review.comparing import Comparison
from sstc_chat.rag.review.rejudging import Rejudging
from sstc_chat.rag.review.tables import confusion_table, figures_table, interval
from sstc_chat.rag.review.types import Item, Reply

CHANGES = {"better": "now right", "worse": "now wrong", "quotes": "other quotes"}
LONGEST_CELL = 70


def comparison_tables(comparison: Comparison) -> Iterator[Table]:
    """Yield the figures of two rounds and the questions whose answers changed."""
    figures = [
        (name, f"{one.before:.3f}", f"{one.after:.3f}", interval(one.difference, "+.3f"))
        for name, one in comparison.figures.items()
    ]
    yield Table("Figures", ("figure", "before", "after", "difference"), tuple(figures))
    changed = [
        (CHANGES[one.change], one.after.task.language, _short(one.after.task.question))
        for one in comparison.pairings
        if one.change in CHANGES
    ]
    yield Table("Questions", ("what changed", "language", "question"), tuple(changed))
    if comparison.verdicts and comparison.verdicts.citations:
        yield from _verdict_tables(comparison.verdicts)


def summary(comparison: Comparison) -> str:
    """Return in a few lines what a comparison comes to."""
    better, worse = comparison.count("better"), comparison.count("worse")
    return (
        f"{len(comparison.pairings):,} questions are in both rounds: {better:,} now right, {worse:,} now "
        f"wrong (McNemar's test, exact: p = {comparison.chance:.3f}), {comparison.count('quotes'):,} with "
        "other quotes.\n"
        f"Left out, since they are in one round only: {comparison.only_before:,} of the first, "
        f"{comparison.only_after:,} of the second.\n{_judged(comparison.verdicts)}"
    )


def comparison_object(comparison: Comparison) -> Json:
    """Return a comparison as a JSON object."""
    return {
        "compared": len(comparison.pairings),
        "only_before": comparison.only_before,
        "only_after": comparison.only_after,
        "better": comparison.count("better"),
        "worse": comparison.count("worse"),
        "mcnemar_p": comparison.chance,
        "figures": {name: asdict(one) for name, one in comparison.figures.items()},
        "questions": [
            {
                "change": one.change,
                "question": one.after.task.question,
                "language": one.after.task.language,
                "before": _worth(one.before),
                "after": _worth(one.after),
            }
            for one in comparison.pairings
        ],
        "verdicts": _verdicts_object(comparison.verdicts) if comparison.verdicts else None,
    }


def _verdict_tables(verdicts: Rejudging) -> Iterator[Table]:
    yield confusion_table(verdicts.agreement.table, ("First round", "second"))
    yield figures_table("Verdicts of both rounds", "figure", verdicts.agreement.figures)
    columns = ("item", "before", "after", "question", "sentence")
    rows = [
        (item.id, pair.first, pair.second, _short(item.question), _short(item.sentence))
        for item, pair in verdicts.changed
    ]
    yield Table("Citations judged otherwise", columns, tuple(rows))


def _judged(verdicts: Rejudging | None) -> str:
    if verdicts is None:
        return "Verdicts are compared once the raters of both rounds have handed in."
    judged, changed = len(verdicts.citations), len(verdicts.changed)
    return f"{judged:,} citations were judged in both rounds, {changed:,} of them otherwise in the second."


def _verdicts_object(verdicts: Rejudging) -> Json:
    return {
        "judged_in_both": len(verdicts.citations),
        "changed": [_rejudged_object(item, pair) for item, pair in verdicts.changed],
        **asdict(verdicts.agreement),
    }


def _rejudged_object(item: Item, pair: Pair) -> Json:
    return {
        "item": item.id,
        "question": item.question,
        "language": item.language,
        "sentence": item.sentence,
        "quote": item.citation.quote,
        "document_id": item.citation.document_id,
        "spans": item.citation.spans,
        "before": pair.first,
        "after": pair.second,
    }


def _worth(reply: Reply) -> Json:
    quotes = [one.quote for one in reply.answer.citations] if reply.answer else []
    outcome = reply.outcome
    return {
        "right": outcome.right,
        "refused": outcome.refused,
        "confidence": outcome.confidence,
        "quotes": quotes,
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CELL else f"{line[: LONGEST_CELL - 1]}…"
