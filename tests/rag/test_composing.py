from __future__ import annotations

import pytest

from sstc_chat.rag.composing import quote, refuse
from sstc_chat.rag.types import AnswerSentence, Citation
from sstc_chat.rag.wording import WORDINGS, wording_for


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
    assert refuse(cited, language, 1) == (WORDINGS[language].refusal, ())


def test_a_language_without_wording_is_answered_in_english() -> None:
    assert wording_for("ja") == WORDINGS["en"]


def test_the_seven_languages_have_wording() -> None:
    assert set(WORDINGS) == {"en", "fr", "es", "pt", "ar", "zh", "ru"}
    assert all("{title}" in wording.lead_titled for wording in WORDINGS.values())
