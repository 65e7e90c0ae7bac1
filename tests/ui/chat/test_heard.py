"""What a browser tells is used as far as it is what it should be, and no further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.records.record import record_of
from sstc_chat.ui.chat.heard import MOST_EARLIER, MOST_TURNS, Asked, answers_in, asked, kept

if TYPE_CHECKING:
    from tests.ui.conftest import Make

SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
ANYTHING = SCALAR | st.lists(SCALAR | st.dictionaries(st.sampled_from(["question", "record"]), SCALAR))
KEYS = st.sampled_from(["name", "question", "history", "turns"])


@pytest.fixture
def record(make: Make) -> dict[str, Any]:
    quote = make.citation(make.lines("one", ("paragraph", "One."))[0][0])
    return record_of(make.answer("What?", quote))


def test_a_question_is_heard_with_the_latest_of_those_before_it() -> None:
    history = [f"{number}?" for number in range(50)]
    told = {"name": "ask-1", "question": "And?", "history": [*history, 7, None]}
    assert asked(told) == Asked("ask-1", "And?", tuple(history[-MOST_EARLIER:]))


@given(st.dictionaries(KEYS, ANYTHING))
def test_anything_at_all_can_be_told(told: dict[str, object]) -> None:
    request = asked(told)
    assert all(isinstance(text, str) for text in (request.name, request.question, *request.history))
    assert {turn.state for turn in kept(told, "Ask again.")} <= {"failed"}


def test_what_was_kept_comes_back_with_the_record_it_was_kept_as(record: dict[str, Any]) -> None:
    turns = kept({"turns": [{"question": "What?", "record": record}]}, "Ask again.")
    assert [(turn.question, turn.state, turn.record) for turn in turns] == [("What?", "answered", record)]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"confidence": 2}, id="no probability"),
        pytest.param({"citations": []}, id="rests on what is not there"),
        pytest.param({"language": '"><script>'}, id="no language"),
        pytest.param({"more": 1}, id="more than a record has"),
    ],
)
def test_what_was_changed_is_asked_for_again(record: dict[str, Any], changes: dict[str, Any]) -> None:
    turns = kept({"turns": [{"question": "What?", "record": {**record, **changes}}]}, "Ask again.")
    assert [(turn.question, turn.failure, turn.record) for turn in turns] == [("What?", "Ask again.", None)]


def test_a_number_that_a_browser_writes_without_its_point_is_the_same(record: dict[str, Any]) -> None:
    told = {"turns": [{"question": "What?", "record": {**record, "confidence": 1}}]}
    assert [turn.answer.confidence for turn in answers_in(told) if turn.answer] == [1.0]


def test_there_is_an_end_to_what_is_heard() -> None:
    assert len(kept({"turns": [{"question": "What?"}] * (MOST_TURNS + 1)}, "")) == MOST_TURNS
