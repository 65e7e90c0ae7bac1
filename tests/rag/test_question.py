from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.rag.question import LONGEST, clean, understand


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!…", "\x00\x07", "\ud800", "—"])
def test_what_holds_no_word_is_no_question(text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        understand(text)


def test_a_question_that_is_too_long_is_named_with_its_length() -> None:
    with pytest.raises(QuestionError, match=r"10,000 characters; at most 2,000"):
        understand("a" * 10_000)
    assert understand("a" * LONGEST).standalone == "a" * LONGEST


def test_control_characters_are_not_part_of_a_question() -> None:
    assert understand("What\x00 is\x1b  Ejo\nHeza?").standalone == "What is Ejo Heza?"


@given(st.text(max_size=200))
def test_a_clean_text_is_one_line_of_whole_characters(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == cleaned.strip()
    assert not {unicodedata.category(character) for character in cleaned} & {"Cc", "Cs"}
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("question", "history", "standalone"),
    [
        pytest.param("When was it held?", ["Tell me of it."], "Tell me of it. When was it held?", id="it"),
        pytest.param("Who participated?", ["Tell me."], "Tell me. Who participated?", id="too little"),
        pytest.param("And in Asia?", ["Who, in Africa?"], "Who, in Africa? And in Asia?", id="and"),
        pytest.param("¿Y en Asia?", ["¿Quién participa?"], "¿Quién participa? ¿Y en Asia?", id="es"),
        pytest.param(
            "What is Rwanda known for?", ["Who takes part?"], "What is Rwanda known for?", id="alone"
        ),
        pytest.param("When was it held?", [], "When was it held?", id="no history"),
        pytest.param(
            "Where was it?",
            ["What is the first workshop?", "What is the second workshop?"],
            "What is the second workshop? Where was it?",
            id="the latest",
        ),
        pytest.param(
            "Who participated?",
            ["What is the Belgrade workshop?", "When was it held?"],
            "What is the Belgrade workshop? Who participated?",
            id="the latest that stands alone",
        ),
        pytest.param("When was it held?", ["  "], "When was it held?", id="blank history"),
    ],
)
def test_a_follow_up_is_joined_to_what_it_leans_on(
    question: str, history: list[str], standalone: str
) -> None:
    understood = understand(question, history)
    assert understood.standalone == standalone
    assert understood.text == question
