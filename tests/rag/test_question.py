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
        pytest.param("And in Asia?", ["Who, in Africa?"], "Who, in Asia? And in Asia?", id="and"),
        pytest.param(
            "What about Rwanda?",
            ["What is Kenya known for?"],
            "What is Rwanda known for? What about Rwanda?",
            id="the only name",
        ),
        pytest.param(
            "And in Rwanda?",
            ["What does the ILO do in Kenya?"],
            "What does the ILO do in Rwanda? And in Rwanda?",
            id="the name behind the same word",
        ),
        pytest.param(
            "And Rwanda?",
            ["What do Kenya and the ILO do?"],
            "What do Kenya and the ILO do? And Rwanda?",
            id="no telling which name",
        ),
        pytest.param(
            "Was it in Turin?",
            ["Where was the OECD forum?"],
            "Where was the OECD forum? Was it in Turin?",
            id="no name is exchanged",
        ),
        pytest.param(
            "Which of them are in Asia?",
            ["Which countries take part?"],
            "Which countries take part? Which of them are in Asia?",
            id="them",
        ),
        pytest.param("What is MIRTI?", ["When was the forum?"], "What is MIRTI?", id="a new subject"),
        pytest.param(
            "Combien ?", ["Quels pays participent ?"], "Quels pays participent ? Combien ?", id="fr"
        ),
        pytest.param("E em África?", ["O que há em Ásia?"], "O que há em África? E em África?", id="pt"),
        pytest.param("ومتى عقدت؟", ["أين ورشة بلغراد؟"], "أين ورشة بلغراد؟ ومتى عقدت؟", id="ar"),
        pytest.param("А в Африке?", ["Что есть в Азии?"], "Что есть в Африке? А в Африке?", id="ru"),
        pytest.param(
            "什么时候举行的？", ["研讨会的目的是什么？"], "研讨会的目的是什么？ 什么时候举行的？", id="zh"
        ),
        pytest.param("巴西提供了多少资金？", ["研讨会的目的是什么？"], "巴西提供了多少资金？", id="zh alone"),
        pytest.param(
            "Quels pays participent ?", ["Qui finance ?"], "Quels pays participent ?", id="fr alone"
        ),
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
