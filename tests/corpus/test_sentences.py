"""A block is cut into sentences, and nothing but white space lies between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.language import LANGUAGES
from sstc_chat.corpus.sentences import sentence_ranges

NASTY = ["a", "B", ". ", "...", "?! ", "。", "؟ ", "۔", "«", '"', ") ", " ", "\n", "Dr. ", "1.", "é", "合"]
texts = st.one_of(st.lists(st.sampled_from(NASTY), max_size=40).map("".join), st.text())


def cut(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_ranges(text, language)]


@given(texts, st.sampled_from(LANGUAGES))
@settings(max_examples=200)
def test_the_ranges_hold_all_but_white_space(text: str, language: str) -> None:
    end = 0
    for start, following in sentence_ranges(text, language):
        assert text[end:start].strip() == ""
        assert text[start:following] == text[start:following].strip() != ""
        end = following
    assert text[end:].strip() == ""


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        pytest.param("en", ["Dr. Smith met Mr. Lee.", "They agreed.", "Done!"], id="titles"),
        pytest.param("en", ["See e.g. Rio or Fig. 3.", "Why?"], id="abbreviations"),
        pytest.param("en", ["It cost $1.5 million.", "In 2024."], id="decimals"),
        pytest.param("en", ['It is "Social Justice".', "Next."], id="quotes"),
        pytest.param("fr", ["Il est venu en 2024.", "Où va-t-il ?", "Là !"], id="fr"),
        pytest.param("es", ["El Sr. Pérez vino.", "¿Quién?"], id="es"),
        pytest.param("de", ["Am 3. Mai kam Dr. Meier.", "Er blieb."], id="de"),
        pytest.param("ru", ["Это Рио.", "Да."], id="ru"),
        pytest.param("ar", ["ما هذا؟", "هذا كتاب."], id="ar"),
    ],
)
def test_sentences_are_cut_as_their_language_cuts_them(language: str, sentences: list[str]) -> None:
    assert cut(" ".join(sentences), language) == sentences


def test_sentences_without_white_space_between_are_cut() -> None:
    assert cut("你好。我们合作！好吗？", "zh") == ["你好。", "我们合作！", "好吗？"]


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert cut(text, "en") == []
