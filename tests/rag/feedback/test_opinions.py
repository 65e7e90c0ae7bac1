"""Feedback: kept with its record, changed and taken back by whoever sent it, and nothing besides."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.errors import HomeError, RecordError
from sstc_chat.rag.feedback import keeping
from sstc_chat.rag.feedback.keeping import all_feedback, remove, send, take_back
from sstc_chat.rag.feedback.opinions import REASONS, Opinion, Reason

Record = dict[str, Any]


def test_what_is_sent_is_listed_with_its_answer(tmp_path: Path, answered: Record, refused: Record) -> None:
    send(tmp_path, Opinion(good=True, record=answered, comment=" Just so.\n"))
    send(tmp_path, Opinion(good=False, record=refused, reason="should have answered"))
    latest, first = all_feedback(tmp_path)
    assert (latest.number, latest.opinion.good, latest.opinion.reason) == (2, False, "should have answered")
    assert (first.number, first.opinion.good, first.opinion.comment) == (1, True, "Just so.")
    assert first.opinion.record == answered
    assert first.answer.question.text == "What is Ejo Heza?"
    assert latest.answer.refusal == "outside"


def test_whoever_sent_it_may_change_it(tmp_path: Path, answered: Record) -> None:
    token = send(tmp_path, Opinion(good=True, record=answered))
    assert send(tmp_path, Opinion(good=False, record=answered, reason="wrong passage"), token) == token
    (kept,) = all_feedback(tmp_path)
    assert (kept.opinion.good, kept.opinion.reason) == (False, "wrong passage")


def test_whoever_sent_it_may_take_it_back_and_nobody_else(tmp_path: Path, answered: Record) -> None:
    token = send(tmp_path, Opinion(good=True, record=answered))
    send(tmp_path, Opinion(good=False, record=answered))
    assert not take_back(tmp_path, "another")
    assert take_back(tmp_path, token)
    assert not take_back(tmp_path, token)
    assert [one.opinion.good for one in all_feedback(tmp_path)] == [False]


def test_what_is_removed_is_gone_from_the_file(tmp_path: Path, answered: Record) -> None:
    send(tmp_path, Opinion(good=True, record=answered))
    assert remove(tmp_path, 1)
    assert not remove(tmp_path, 1)
    assert all_feedback(tmp_path) == []
    send(tmp_path, Opinion(good=True, record=answered))
    assert [one.number for one in all_feedback(tmp_path)] == [2]


def test_earlier_questions_are_kept_with_a_follow_up_only(
    tmp_path: Path, answered: Record, followed: Record
) -> None:
    earlier = ("What was done in Kenya?",)
    send(tmp_path, Opinion(good=True, record=answered, history=earlier))
    send(tmp_path, Opinion(good=True, record=followed, history=earlier))
    assert [one.opinion.history for one in all_feedback(tmp_path)] == [earlier, ()]


def test_a_good_answer_has_no_reason(tmp_path: Path, answered: Record) -> None:
    send(tmp_path, Opinion(good=True, record=answered, reason="wrong passage"))
    assert all_feedback(tmp_path)[0].opinion.reason is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50), st.sampled_from(REASONS))
def test_any_comment_comes_back_as_it_was(
    tmp_path: Path, answered: Record, comment: str, reason: Reason
) -> None:
    token = send(tmp_path, Opinion(good=False, record=answered, reason=reason, comment=comment))
    (kept,) = all_feedback(tmp_path)
    assert (kept.opinion.comment, kept.opinion.reason) == (comment.strip(), reason)
    take_back(tmp_path, token)


def test_half_a_character_does_not_stop_the_rest(tmp_path: Path, followed: Record) -> None:
    send(tmp_path, Opinion(good=False, record=followed, comment="so \ud800 what", history=("\udfff?",)))
    (kept,) = all_feedback(tmp_path)
    assert (kept.opinion.comment, kept.opinion.history) == ("so ? what", ("??",))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        pytest.param({"comment": "x" * 2_001}, "2,001 characters", id="a long comment"),
        pytest.param({"reason": "dull"}, "'dull' is no reason", id="another reason"),
        pytest.param({"record": {"format": "x"}}, "no record", id="no record"),
    ],
)
def test_what_is_no_opinion_is_not_kept(
    tmp_path: Path, answered: Record, changes: dict[str, Any], named: str
) -> None:
    with pytest.raises(RecordError, match=named):
        send(tmp_path, Opinion(**{"good": False, "record": answered, **changes}))
    assert all_feedback(tmp_path) == []


def test_a_record_of_great_size_is_not_kept(tmp_path: Path, answered: Record) -> None:
    with pytest.raises(RecordError, match="record has"):
        send(tmp_path, Opinion(good=True, record={**answered, "text": "x" * 100_001}))


def test_a_home_does_not_grow_without_end(
    tmp_path: Path, answered: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    token = send(tmp_path, Opinion(good=True, record=answered))
    send(tmp_path, Opinion(good=True, record=answered))
    with pytest.raises(RecordError, match="Export and remove"):
        send(tmp_path, Opinion(good=True, record=answered))
    assert take_back(tmp_path, token)
    send(tmp_path, Opinion(good=True, record=answered))


def test_a_later_version_of_the_tables_is_left_alone(tmp_path: Path, answered: Record) -> None:
    send(tmp_path, Opinion(good=True, record=answered))
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as connection, connection:
        connection.execute("UPDATE versions SET version = 9 WHERE room = 'feedback'")
    with pytest.raises(HomeError, match="Update sstc-chat"):
        all_feedback(tmp_path)
