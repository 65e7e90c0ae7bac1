"""The rules of what is right, each on cases that can be judged by eye."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sstc_chat.rag.evaluation.scoring import answers, rank_of, score
from sstc_chat.rag.evaluation.types import Excerpt, Response, Task

MakeTask = Callable[..., Task]
# Two pieces of evidence, the second in either of two wordings.
EVIDENCE = {"wanted": (("over 50",), ("in Baku", "in Azerbaijan"))}
ANSWERS = {"form": "answers", "wanted": (("308", "three hundred"),), "gold": ("a",)}
LINES = {"form": "lines", "wanted": (), "lines": frozenset({2, 3}), "gold": ("a",)}


def shown(*texts: str) -> tuple[Excerpt, ...]:
    return tuple(Excerpt("a", text) for text in texts)


def response(*excerpts: Excerpt, refused: bool = False, ranked: tuple[Excerpt, ...] = ()) -> Response:
    return Response(refused, 0.5, excerpts, ranked)


@pytest.mark.parametrize(
    ("texts", "right", "first_right"),
    [
        pytest.param(["There were over 50 in Baku."], True, True, id="in one quote"),
        pytest.param(["Nothing.", "They met in Azerbaijan.", "It was over 50."], True, False, id="in two"),
        pytest.param(["They met in Baku."], False, True, id="a piece is missing"),
        pytest.param(["There were over", "50 in Baku."], True, False, id="across two quotes"),
        pytest.param(["Over 50 in Baku."], False, True, id="letters count"),
        pytest.param([], False, False, id="nothing"),
    ],
)
def test_evidence_must_stand_in_the_quotes(
    make_task: MakeTask, texts: list[str], right: bool, first_right: bool
) -> None:
    outcome = score(make_task(**EVIDENCE), response(*shown(*texts)))
    assert (outcome.right, outcome.first_right) == (right, first_right)


def test_a_short_answer_must_stand_in_a_quote_from_a_gold_document(make_task: MakeTask) -> None:
    task = make_task(**ANSWERS)
    assert answers(task, [Excerpt("b", "no"), Excerpt("a", "They gave up 308 points.")])
    assert answers(task, [Excerpt("a", "three hundred")])
    assert not answers(task, [Excerpt("b", "They gave up 308 points.")])
    assert not answers(task, [Excerpt("a", "three"), Excerpt("a", "hundred")])


def test_lines_are_counted_by_themselves(make_task: MakeTask) -> None:
    """Of the lines 2 and 3, the quotes show 3, and 4, 5 and 9 besides: one true, three false, one missed."""
    quotes = (Excerpt("a", "x", frozenset({3, 4, 5})), Excerpt("a", "y", frozenset({4, 9})))
    outcome = score(make_task(**LINES), response(*quotes))
    assert (outcome.true_lines, outcome.false_lines, outcome.missed_lines) == (1, 3, 1)
    assert (outcome.right, outcome.first_right) == (True, True)
    assert not score(make_task(**LINES), response(quotes[1])).right
    assert not score(make_task(**LINES), response(Excerpt("b", "x", frozenset({2})))).right


def test_refused_lines_are_missed(make_task: MakeTask) -> None:
    outcome = score(make_task(**LINES), response(Excerpt("a", "x", frozenset({2, 3})), refused=True))
    assert (outcome.true_lines, outcome.false_lines, outcome.missed_lines) == (0, 0, 2)


@pytest.mark.parametrize("form", [EVIDENCE, ANSWERS, LINES], ids=["evidence", "answers", "lines"])
@pytest.mark.parametrize("answerable", [True, False])
@pytest.mark.parametrize("refused", [True, False])
def test_refusing_is_right_where_nothing_answers_only(
    make_task: MakeTask, form: dict[str, object], answerable: bool, refused: bool
) -> None:
    excerpt = Excerpt("a", "over 50 in Baku, 308", frozenset({2}))
    outcome = score(make_task(**form, answerable=answerable), response(excerpt, refused=refused))
    assert outcome.right is (refused is not answerable)
    assert outcome.right_if_shown is answerable
    assert outcome.first_right is (answerable and not refused)
    assert (outcome.quotes, outcome.words) == ((0, 0) if refused else (1, 5))


def test_the_rank_of_evidence_is_that_of_the_first_passage_with_its_first_piece(make_task: MakeTask) -> None:
    ranked = shown("They met in Baku.", "It was over 50.", "It was over 50 again.")
    assert rank_of(make_task(**EVIDENCE), ranked) == 2
    assert rank_of(make_task(**EVIDENCE), ranked[:1]) == 0


@pytest.mark.parametrize("form", [ANSWERS, LINES], ids=["answers", "lines"])
def test_the_rank_of_a_document_counts_each_document_once(
    make_task: MakeTask, form: dict[str, object]
) -> None:
    ranked = [Excerpt(document, "") for document in ("c", "c", "b", "c", "a", "a")]
    assert rank_of(make_task(**form), ranked) == 3
    assert rank_of(make_task(**form), ranked[:4]) == 0
    assert rank_of(make_task(**form, answerable=False), ranked) is None
