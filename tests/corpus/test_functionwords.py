"""Function words are lower case, single words, and nothing that a report may be about."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from sstc_chat.corpus.functionwords import FUNCTION_WORDS, LEANING, OPENING, OTHERS, is_function_word

OF_THE_SUBJECT = ["workshop", "countries", "atelier", "país", "мастерская", "ورشة", "劳工", "2024"]


@pytest.mark.parametrize("language", sorted(FUNCTION_WORDS))
def test_function_words_are_in_lower_case_and_single(language: str) -> None:
    words = FUNCTION_WORDS[language]
    assert len(words) > 40
    assert {word.lower().strip() for word in words} == words
    assert not [word for word in words if " " in word]


@pytest.mark.parametrize("language", sorted(FUNCTION_WORDS))
def test_a_function_word_is_cut_from_a_text_as_it_stands_in_the_list(language: str) -> None:
    words = [*FUNCTION_WORDS[language], *LEANING.get(language, ())]
    assert [word for word in words if re.findall(r"\w+", f"« {word}, »") != [word]] == []


@pytest.mark.parametrize("language", sorted(OTHERS))
def test_no_list_names_a_word_twice(language: str) -> None:
    assert [word for word, times in Counter(OTHERS[language].split()).items() if times > 1] == []


@pytest.mark.parametrize("language", sorted(OPENING.keys() | LEANING.keys()))
def test_words_that_open_and_lean_are_in_lower_case_and_named_once(language: str) -> None:
    for words in (OPENING[language], LEANING.get(language, ())):
        assert [word.lower().strip() for word in words] == list(words)
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("language", sorted(FUNCTION_WORDS))
def test_a_word_of_the_list_is_a_function_word_and_one_of_the_subject_is_not(language: str) -> None:
    assert all(is_function_word(word, language) for word in FUNCTION_WORDS[language])
    assert not [word for word in OF_THE_SUBJECT if is_function_word(word, language)]


def test_a_latin_letter_alone_says_nothing_but_a_chinese_character_may() -> None:
    assert is_function_word("q", "zh")
    assert is_function_word("l", "ar")
    assert not is_function_word("水", "zh")
    assert is_function_word("的", "zh")


def test_a_language_without_a_list_has_the_english_one() -> None:
    assert is_function_word("what", "sw")
    assert not is_function_word("quoi", "sw")


@pytest.mark.parametrize(
    ("language", "question", "subject"),
    [
        ("en", "what does the report say about funding in kenya", ["funding", "kenya"]),
        ("fr", "que dit le rapport sur le financement au kenya", ["financement", "kenya"]),
        ("es", "qué dice el informe sobre la financiación en kenia", ["financiación", "kenia"]),
        ("pt", "o que diz o relatório sobre o financiamento no quênia", ["financiamento", "quênia"]),
        ("ru", "какие страны были в докладе о кении", ["страны", "кении"]),
        ("ar", "ما هي الدول التي كانت في كينيا", ["الدول", "كينيا"]),
        ("de", "welche länder sind in dem projekt in kenia", ["länder", "projekt", "kenia"]),
        ("zh", "什么 是 肯尼亚 的 项目", ["肯尼亚", "项目"]),
    ],
)
def test_without_its_function_words_a_question_is_what_it_asks_about(
    language: str, question: str, subject: list[str]
) -> None:
    assert [word for word in question.split() if not is_function_word(word, language)] == subject
