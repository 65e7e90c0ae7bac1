"""A turn keeps its question, whatever becomes of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import IndexDamagedError, LimitsError, QuestionError
from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.types import Answer
from sstc_chat.ui.chat.conversation import Turn, failed_turn, turn_of
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from tests.ui.conftest import Make

DOCUMENTS = {"one": [("paragraph", "One.")]}
WORDS = words_in("en")


def raising(error: Exception) -> Callable[[str, Sequence[str]], Answer]:
    def reply(_text: str, _history: Sequence[str]) -> Answer:
        raise error

    return reply


def test_a_turn_is_asked_with_the_questions_before_it(make: Make) -> None:
    engine = make.engine(DOCUMENTS)
    turn = turn_of(engine, "second?", ["first?"])
    assert engine.asked == [("second?", ["first?"])]
    assert (turn.question, turn.state) == ("second?", "refused")


def test_an_answer_is_an_answer_and_has_its_record(make: Make) -> None:
    citation = make.citation(make.lines("one", ("paragraph", "One."))[0][0])
    engine = make.engine(DOCUMENTS, lambda text, _: make.answer(text, citation))
    turn = turn_of(engine, "q", ())
    assert turn.state == "answered"
    assert answer_of(turn.record) == turn.answer


@pytest.mark.parametrize("error", [QuestionError("The question is empty."), ZeroDivisionError("secret")])
def test_what_cannot_be_answered_is_told_to_the_caller(make: Make, error: Exception) -> None:
    engine = make.engine(DOCUMENTS, raising(error))
    with pytest.raises(type(error)) as caught:
        turn_of(engine, "", ())
    assert caught.value is error


def test_an_error_of_ours_is_told_in_the_words_of_the_page(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        turn = failed_turn("q", IndexDamagedError("Run: sstc-chat index build"), words_in("ar"))
    assert turn == Turn("q", failure=words_in("ar")("errors.damaged"))
    assert turn.state == "failed"
    assert "Run: sstc-chat index build" in caplog.text


def test_any_other_error_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        turn = failed_turn("q", ZeroDivisionError("secret"), WORDS)
    assert turn == Turn("q", failure=WORDS("chat.unexpected"))
    assert "secret" in caplog.text


def test_documents_that_have_gone_are_told_of() -> None:
    turn = failed_turn("q", LimitsError("There is no such document."), WORDS)
    assert turn == Turn("q", failure=WORDS("limits.none_left"))
