"""A turn keeps its question, whatever becomes of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import IndexDamagedError, QuestionError
from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.types import Answer
from sstc_chat.ui.chat.conversation import Turn, take_turn
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
    turn = take_turn(engine, "second?", ["first?"], WORDS)
    assert engine.asked == [("second?", ["first?"])]
    assert (turn.question, turn.state) == ("second?", "refused")


def test_an_answer_is_an_answer_and_has_its_record(make: Make) -> None:
    citation = make.citation(make.lines("one", ("paragraph", "One."))[0][0])
    engine = make.engine(DOCUMENTS, lambda text, _: make.answer(text, citation))
    turn = take_turn(engine, "q", (), WORDS)
    assert turn.state == "answered"
    assert answer_of(turn.record) == turn.answer


def test_a_question_that_is_none_is_told_to_the_caller(make: Make) -> None:
    engine = make.engine(DOCUMENTS, raising(QuestionError("The question is empty.")))
    with pytest.raises(QuestionError, match="empty"):
        take_turn(engine, "", (), WORDS)


def test_an_error_of_ours_is_told_in_the_words_of_the_page(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    engine = make.engine(DOCUMENTS, raising(IndexDamagedError("Run: sstc-chat index build")))
    with caplog.at_level(logging.ERROR):
        turn = take_turn(engine, "q", (), words_in("ar"))
    assert turn == Turn("q", failure=words_in("ar")("errors.damaged"))
    assert turn.state == "failed"
    assert "Run: sstc-chat index build" in caplog.text


def test_any_other_error_is_logged_and_not_shown(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    engine = make.engine(DOCUMENTS, raising(ZeroDivisionError("secret")))
    with caplog.at_level(logging.ERROR):
        turn = take_turn(engine, "q", (), WORDS)
    assert turn == Turn("q", failure=WORDS("chat.unexpected"))
    assert "secret" in caplog.text
