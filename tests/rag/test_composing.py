from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.types import Line
from sstc_chat.rag.composing import in_order, quote, refuse
from sstc_chat.rag.types import AnswerSentence, Citation, Refusal
from sstc_chat.rag.wording import WORDINGS, wording_for

KINDS: tuple[Refusal, ...] = get_args(Refusal)


def line(number: int) -> Line:
    return Line(number, str(number), "a", ("Section",), None, number, "paragraph", "Text.", ((0, 5),))


def citation(number: int, text: str, document: str = "a") -> Citation:
    return Citation(number, text, document, document.upper(), "0" * 64, ("Section",), None, ((0, 4),))


def test_each_quote_is_followed_by_its_number() -> None:
    text, sentences = quote([citation(1, "One."), citation(2, "Two.")], "en", 1)
    assert text == "The report says: “One.” [1] “Two.” [2]"
    assert sentences == (
        AnswerSentence("One.", (1,), "quoted"),
        AnswerSentence("Two.", (2,), "quoted"),
    )


def test_with_several_documents_each_is_named_once() -> None:
    cited = [citation(1, "One."), citation(2, "Two."), citation(3, "Three.", "b")]
    assert quote(cited, "en", 2)[0] == "“A” says: “One.” [1] “Two.” [2] “B” says: “Three.” [3]"


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_the_words_around_quotes_are_in_the_language_asked_in(language: str) -> None:
    cited = [citation(1, "One.")]
    assert quote(cited, language, 1)[0] == f"{WORDINGS[language].lead} “One.” [1]"
    for kind in KINDS:
        assert refuse(kind, language) == (WORDINGS[language].refusals[kind], ())


def test_a_language_without_wording_is_answered_in_english() -> None:
    assert wording_for("ja") == WORDINGS["en"]


def test_the_seven_languages_have_wording() -> None:
    assert set(WORDINGS) == {"en", "fr", "es", "pt", "ar", "zh", "ru"}
    assert all("{title}" in wording.lead_titled for wording in WORDINGS.values())
    texts = [text for wording in WORDINGS.values() for text in wording.refusals.values()]
    assert len(set(texts)) == len(texts) == 7 * len(KINDS)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8, unique=True))
def test_the_best_comes_first_and_the_rest_as_they_stand(numbers: list[int]) -> None:
    ordered = in_order([line(number) for number in numbers])
    assert ordered[0].number == numbers[0]
    assert [one.number for one in ordered[1:]] == sorted(numbers[1:])
