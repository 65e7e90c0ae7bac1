"""The groups that a set falls into, each with its figures, and the curve of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sstc_chat.rag.evaluation.bootstrap import estimate
from sstc_chat.rag.evaluation.figures import confidence_and_wrong, statistics_of
from sstc_chat.rag.evaluation.formulas import risks, surest_first
from sstc_chat.rag.evaluation.report import Group, Point
from sstc_chat.rag.evaluation.types import Outcome

POINTS = 20


def groups_of(outcomes: Sequence[Outcome]) -> tuple[Group, ...]:
    """Return the figures of all outcomes, then by kind, by language, and by language within a kind.

    Groups with the same questions as one before are left out.
    """
    groups: dict[frozenset[int], Group] = {}
    for name, places in _places(outcomes):
        members = frozenset(places)
        if members not in groups:
            chosen = [outcomes[place] for place in places]
            groups[members] = Group(name, len(chosen), estimate(statistics_of(chosen), len(chosen)))
    return tuple(groups.values())


def curve_of(outcomes: Sequence[Outcome]) -> tuple[Point, ...]:
    """Return the risk–coverage curve at even steps of coverage; the last is that of all questions.

    A question that was refused counts with what came nearest: what would have been shown.
    """
    confidence, wrong = surest_first(*confidence_and_wrong(outcomes))
    curve = risks(wrong)
    size = len(outcomes)
    lasts = [max(1, round(size * step / POINTS)) - 1 for step in range(1, POINTS + 1)]
    return tuple(
        Point((last + 1) / size, float(curve[last]), float(confidence[last])) for last in dict.fromkeys(lasts)
    )


def _places(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[int]]]:
    everything = range(len(outcomes))
    languages = list(dict.fromkeys(one.task.language for one in outcomes))
    kinds = list(dict.fromkeys(one.task.kind for one in outcomes if one.task.kind))
    yield "all", list(everything)
    for kind in kinds:
        yield kind, [place for place in everything if outcomes[place].task.kind == kind]
    for language in languages:
        yield language, [place for place in everything if outcomes[place].task.language == language]
    for kind in kinds:
        for language in languages:
            places = [
                place
                for place in everything
                if (outcomes[place].task.kind, outcomes[place].task.language) == (kind, language)
            ]
            if places:
                yield f"{kind} {language}", places
