"""Questions to start from: those that come with the documents, or else their headings'."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sstc_chat.ui.chat.starters import starter_questions
from sstc_chat.ui.languages.words import LANGUAGES, words_in

if TYPE_CHECKING:
    from sstc_chat.rag.engine import Engine
    from tests.ui.conftest import Make

ROWS = [("heading", "The report one"), ("heading", "Africa"), ("paragraph", "It began.")]


ABOUT_AFRICA = words_in("fr")("chat.about", subject="Africa")


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        pytest.param({"questions": ["One?", "Two?", "One?"]}, ["One?", "Two?"], id="given"),
        pytest.param({"questions": {"en": ["One?"], "fr": ["Un ?"]}}, ["Un ?"], id="by language"),
        pytest.param({"questions": {"en": ["One?"]}}, [ABOUT_AFRICA], id="in no such language"),
        pytest.param({}, [ABOUT_AFRICA], id="from the headings"),
        pytest.param({"questions": "One?"}, [ABOUT_AFRICA], id="not a list"),
        pytest.param({"questions": [1, " "]}, [ABOUT_AFRICA], id="not text"),
        pytest.param({"questions": list("abcdefgh")}, list("abcdef"), id="at most six"),
    ],
)
def test_starters(make: Make, metadata: dict[str, object], expected: list[str]) -> None:
    engine = make.engine({"one": ROWS}, None, **metadata)
    assert starter_questions(engine, words_in("fr")) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_report_brings_six_in_every_language_and_answers_them(
    engine: Engine, language: str
) -> None:
    questions = starter_questions(engine, words_in(language))
    answers = [engine.ask(question) for question in questions]
    assert len(answers) == 6
    assert [answer.question.text for answer in answers if answer.refused] == []
    assert {answer.question.language for answer in answers} == {language}
