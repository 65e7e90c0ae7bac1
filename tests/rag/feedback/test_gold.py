"""Questions with known answers: what feedback makes of them, and that `evaluate` reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sstc_chat.corpus.errors import EvaluationError, RecordError
from sstc_chat.rag.evaluation.rows import task_of
from sstc_chat.rag.feedback.gold import gold_questions, keep_question, remove_question
from sstc_chat.rag.feedback.keeping import remove, send
from sstc_chat.rag.feedback.opinions import Opinion

Record = dict[str, Any]


def kept(home: Path, record: Record, *, good: bool, history: tuple[str, ...] = ()) -> Record:
    send(home, Opinion(good=good, record=record, history=history))
    return keep_question(home, 1)


def test_a_good_answer_must_find_its_quotes_again(tmp_path: Path, answered: Record) -> None:
    assert kept(tmp_path, answered, good=True) == {
        "id": "feedback-1",
        "question": "What is Ejo Heza?",
        "lang": "en",
        "answerable": True,
        "evidence": [one["quote"] for one in answered["citations"]],
        "history": [],
        "kind": "feedback",
    }


def test_a_wrong_answer_would_better_be_refused(tmp_path: Path, answered: Record) -> None:
    row = kept(tmp_path, answered, good=False)
    assert (row["answerable"], row["evidence"]) == (False, [])


def test_a_good_refusal_must_be_refused_again(tmp_path: Path, refused: Record) -> None:
    row = kept(tmp_path, refused, good=True)
    assert (row["answerable"], row["evidence"]) == (False, [])


def test_where_an_answer_is_missed_a_near_passage_must_be_quoted(tmp_path: Path, refused: Record) -> None:
    row = kept(tmp_path, refused, good=False)
    assert row["answerable"]
    assert row["evidence"] == [[one["quote"] for one in refused["nearest"]]]


def test_a_follow_up_brings_the_questions_before_it(tmp_path: Path, followed: Record) -> None:
    row = kept(tmp_path, followed, good=True, history=("What was done in Kenya?",))
    assert task_of(row, 1, "here").history == ("What was done in Kenya?",)


def test_an_evaluator_says_what_the_right_answer_holds(tmp_path: Path, answered: Record) -> None:
    send(tmp_path, Opinion(good=False, record=answered, reason="wrong passage"))
    keep_question(tmp_path, 1)
    row = keep_question(tmp_path, 1, ["savings", ["Rwanda", "Ruanda"]])
    assert gold_questions(tmp_path) == [row]
    assert task_of(row, 1, "here").wanted == (("savings",), ("Rwanda", "Ruanda"))


@pytest.mark.parametrize("evidence", [[""], [[]]])
def test_evidence_that_is_empty_is_refused(tmp_path: Path, answered: Record, evidence: list[Any]) -> None:
    send(tmp_path, Opinion(good=False, record=answered))
    with pytest.raises(EvaluationError, match="feedback 1"):
        keep_question(tmp_path, 1, evidence)
    assert gold_questions(tmp_path) == []


def test_a_question_outlives_the_feedback_it_came_of(tmp_path: Path, answered: Record) -> None:
    row = kept(tmp_path, answered, good=True)
    assert remove(tmp_path, 1)
    assert gold_questions(tmp_path) == [row]
    remove_question(tmp_path, "feedback-1")
    assert gold_questions(tmp_path) == []


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no feedback 7"):
        keep_question(tmp_path, 7)
    with pytest.raises(RecordError, match="no question 'feedback-7'"):
        remove_question(tmp_path, "feedback-7")
