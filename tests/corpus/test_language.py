"""The language of a short question is known."""

from __future__ import annotations

import pytest

from sstc_chat.corpus.language import ENOUGH, LANGUAGES, language_of

QUESTIONS = {
    "en": "How many countries took part in the projects?",
    "fr": "Combien de pays ont participé aux projets ?",
    "es": "¿Cuántos países participaron en los proyectos?",
    "pt": "Quantos países participaram nos projetos?",
    "ar": "كم عدد البلدان التي شاركت في المشاريع؟",
    "zh": "有多少个国家参加了这些项目？",
    "ru": "Сколько стран участвовало в проектах?",
    "de": "Wie viele Länder haben an den Projekten teilgenommen?",
}


@pytest.mark.parametrize(("code", "question"), QUESTIONS.items(), ids=QUESTIONS)
def test_the_language_of_a_short_question_is_named(code: str, question: str) -> None:
    assert language_of(question) == code


@pytest.mark.parametrize("text", ["", "?", "42", "😀", "ILO", "\n"])
def test_a_text_that_says_little_still_gets_one_of_the_languages(text: str) -> None:
    assert language_of(text) in LANGUAGES


def test_the_beginning_of_a_text_decides() -> None:
    english = QUESTIONS["en"] + " "
    assert language_of(english * (ENOUGH // len(english) + 1) + QUESTIONS["ru"] * 9_000) == "en"
