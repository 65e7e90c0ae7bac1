"""The figures of a group against one worked by hand; which groups there are; the curve."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.evaluation.groups import curve_of, groups_of
from sstc_chat.rag.evaluation.types import Outcome, Task

MakeTask = Callable[..., Task]
MakeOutcome = Callable[..., Outcome]


def values(outcomes: list[Outcome]) -> dict[str, float]:
    return {name: figure.value for name, figure in groups_of(outcomes)[0].figures.items()}


@pytest.fixture
def worked(make_task: MakeTask, make_outcome: MakeOutcome) -> list[Outcome]:
    """Return one right answer, one wrong, one false refusal, one right refusal, and one false answer."""
    none = make_task(answerable=False)
    refused = {"refused": True, "first_right": False, "words": 0, "quotes": 0}
    return [
        make_outcome(confidence=0.9, rank=1, words=10, quotes=1),
        make_outcome(
            confidence=0.8, rank=4, words=30, quotes=3, right=False, first_right=False, right_if_shown=False
        ),
        make_outcome(confidence=0.1, rank=0, right=False, **refused),
        make_outcome(task=none, confidence=0.2, rank=None, right_if_shown=False, **refused),
        make_outcome(
            task=none,
            confidence=0.7,
            rank=None,
            words=20,
            quotes=2,
            right=False,
            first_right=False,
            right_if_shown=False,
        ),
    ]


def test_the_figures_of_a_worked_case(worked: list[Outcome]) -> None:
    assert values(worked) == pytest.approx(
        {
            "hit@1": 1 / 3,
            "hit@5": 2 / 3,
            "mrr": (1 + 1 / 4 + 0) / 3,
            "right": 2 / 5,
            "first_right": 1 / 3,
            "words": 60 / 3,
            "quotes": 6 / 3,
            "false_refusal": 1 / 3,
            "false_answer": 1 / 2,
            "auroc": 4 / 6,  # .9 and .8 win both of their pairs, .1 none
            "coverage": 3 / 5,
            "risk": 2 / 3,
            # By confidence: right, wrong, wrong, wrong, and what was refused would have been right.
            "risk_area": (0 + 1 / 2 + 2 / 3 + 3 / 4 + 3 / 5) / 5,
        }
    )


def test_a_figure_says_over_how_many_questions_it_is(worked: list[Outcome]) -> None:
    figures = groups_of(worked)[0].figures
    assert {name: figures[name].over for name in ("hit@1", "right", "false_answer", "words")} == {
        "hit@1": 3,
        "right": 5,
        "false_answer": 2,
        "words": 3,
    }


def test_the_choice_of_sentences_of_a_worked_case(make_task: MakeTask, make_outcome: MakeOutcome) -> None:
    """Three lines true, two false, one missed; of "no answer" one true, one false, one missed."""
    task = make_task(form="lines", lines=frozenset({1, 2}), gold=("a",))
    none = make_task(form="lines", answerable=False, gold=("a",))
    outcomes = [
        make_outcome(task=task, true_lines=2, false_lines=1),
        make_outcome(task=task, true_lines=1, missed_lines=0),
        make_outcome(task=task, refused=True, missed_lines=1, words=0, quotes=0),
        make_outcome(task=none, rank=None, first_right=False, refused=True, words=0, quotes=0),
        make_outcome(task=none, rank=None, first_right=False, refused=False, false_lines=1),
    ]
    found = values(outcomes)
    assert {name: found[name] for name in found if name.startswith(("sentence", "no_answer"))} == (
        pytest.approx(
            {
                "sentence_precision": 3 / 5,
                "sentence_recall": 3 / 4,
                "sentence_f": 2 * (3 / 5) * (3 / 4) / (3 / 5 + 3 / 4),
                "no_answer_precision": 1 / 2,
                "no_answer_recall": 1 / 2,
                "no_answer_f": 1 / 2,
            }
        )
    )


def test_groups_are_all_then_kinds_languages_and_languages_of_a_kind(
    make_task: MakeTask, make_outcome: MakeOutcome
) -> None:
    """As the report's set is laid out, with one kind in two languages; a group is named once."""
    members = [
        ("plain", "en"),
        ("plain", "en"),
        ("none", "en"),
        ("cross", "fr"),
        ("cross", "ar"),
        ("none", "ar"),
    ]
    tasks = [make_task(kind=kind, language=language) for kind, language in members]
    groups = groups_of([make_outcome(task=task) for task in tasks])
    assert [(group.name, group.questions) for group in groups] == [
        ("all", 6),
        ("plain", 2),
        ("none", 2),
        ("cross", 2),
        ("en", 3),
        ("fr", 1),
        ("ar", 2),
        ("none en", 1),
        ("none ar", 1),
        ("cross ar", 1),
    ]


def test_a_set_of_one_language_and_no_kind_is_one_group(make_outcome: MakeOutcome) -> None:
    assert [group.name for group in groups_of([make_outcome()] * 3)] == ["all"]


def test_the_curve_of_a_worked_case(worked: list[Outcome]) -> None:
    points = [(one.coverage, one.risk, one.confidence) for one in curve_of(worked)]
    assert points == [
        pytest.approx(one)
        for one in [(0.2, 0, 0.9), (0.4, 1 / 2, 0.8), (0.6, 2 / 3, 0.7), (0.8, 3 / 4, 0.2), (1, 3 / 5, 0.1)]
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=80))
def test_along_the_curve_coverage_rises_and_confidence_does_not(
    make_outcome: MakeOutcome, rows: list[tuple[float, bool]]
) -> None:
    curve = curve_of([make_outcome(confidence=sure, right_if_shown=right) for sure, right in rows])
    assert [one.coverage for one in curve] == sorted({one.coverage for one in curve})
    assert [one.confidence for one in curve] == sorted((one.confidence for one in curve), reverse=True)
    assert all(0 <= one.risk <= 1 for one in curve)
    assert len(curve) <= 20
    assert curve[-1].coverage == 1
    assert curve[-1].risk == pytest.approx(sum(not right for _, right in rows) / len(rows))
