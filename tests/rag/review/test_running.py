"""A round is asked of the real engine, kept question by question, and goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.questions import parse_questions
from sstc_chat.rag.review.judging import open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import Plan, ask_round, begin_round

Begin = Callable[..., int]


def test_what_is_kept_is_what_the_engine_answers(rounds: Rounds, engine: Engine, begin: Begin) -> None:
    number = begin()
    assert list(ask_round(rounds, engine, number)) == [1, 2, 3]
    replies = rounds.replies(number)
    for reply in replies.values():
        fresh = engine.ask(reply.task.question)
        assert reply.answer is not None
        assert (reply.answer.citations, reply.answer.text) == (fresh.citations, fresh.text)
        assert reply.outcome.confidence == fresh.confidence
        assert reply.record is not None
        assert all(len(one["target"][0]["selector"]) == 2 for one in reply.record["citations"])
    assert [(one.outcome.right, one.outcome.refused) for one in replies.values()] == [
        (True, False),
        (True, False),
        (True, True),
    ]


def test_a_round_that_is_stopped_goes_on_with_the_next_question(
    rounds: Rounds, engine: Engine, begin: Begin
) -> None:
    number = begin()
    assert list(islice(ask_round(rounds, engine, number), 2)) == [1, 2]
    stopped = rounds.get(number)
    assert (stopped.answered, stopped.finished) == (2, None)
    with pytest.raises(ReviewError, match=f"has asked 2 of 3 questions.*rounds continue {number}"):
        open_judging(rounds, number)
    assert list(ask_round(rounds, engine, number)) == [3]
    finished = rounds.get(number)
    assert (finished.answered, finished.finished is not None) == (3, True)
    assert list(ask_round(rounds, engine, number)) == []
    assert rounds.get(number) == finished


def test_a_round_does_not_go_on_with_another_index(
    rounds: Rounds, engine: Engine, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin()
    monkeypatch.setattr(engine, "fingerprint", {**engine.fingerprint, "index": "another"})
    with pytest.raises(ReviewError, match="began with another index"):
        next(ask_round(rounds, engine, number))


def test_a_round_can_ask_a_part_of_the_questions(rounds: Rounds, engine: Engine, begin: Begin) -> None:
    number = begin(limit=2)
    assert list(ask_round(rounds, engine, number)) == [1, 2]
    assert {one.task.answerable for one in rounds.replies(number).values()} == {True, False}
    assert rounds.get(number).origin.settings["limit"] == 2


@pytest.mark.parametrize("plan", [{"raters": 0}, {"raters": 3}, {"limit": 0}])
def test_a_plan_that_makes_no_sense_is_refused(begin: Begin, plan: dict[str, int]) -> None:
    with pytest.raises(ReviewError, match="Give 1"):
        begin(**plan)


def test_questions_about_other_documents_are_refused(rounds: Rounds, engine: Engine) -> None:
    row = {
        "question": "Who?",
        "lang": "en",
        "answerable": True,
        "answers": ["I"],
        "gold_doc_ids": ["elsewhere"],
    }
    content = json.dumps(row).encode()
    asked = parse_questions(content, Path("other.jsonl"), "other")
    with pytest.raises(ReviewError, match="'elsewhere', not in the library"):
        begin_round(rounds, engine, asked, content, Plan())
    assert rounds.all() == []


def test_rounds_are_listed_the_latest_first(rounds: Rounds, begin: Begin) -> None:
    first, second = begin(), begin(raters=1)
    assert [(one.number, one.name, one.raters) for one in rounds.all()] == [
        (second, "three", 1),
        (first, "three", 2),
    ]


def test_a_round_that_is_not_there_is_named(rounds: Rounds) -> None:
    with pytest.raises(ReviewError, match="no round 7"):
        rounds.get(7)
