"""The words of a question against those of the shipped report."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.functionwords import FUNCTION_WORDS
from sstc_chat.rag.choosing.terms import Terms, is_name, named_alike
from sstc_chat.rag.engine import Engine


def terms_of(engine: Engine, question: str, language: str = "en") -> Terms:
    return engine.matcher.terms(question, language)


def match(engine: Engine, terms: Terms, word: str, place: int = 0) -> float:
    return float(terms.matches[place, engine.store.vocabulary.words.index(word)])


@pytest.mark.parametrize("word", ["Madagascar", "madagascar", "MADAGASCAR", "Madagáscar"])
def test_a_word_matches_its_own_spelling_whatever_its_case(engine: Engine, word: str) -> None:
    assert match(engine, terms_of(engine, word), "Madagascar") == 1


def test_a_number_matches_itself_only(engine: Engine) -> None:
    held, absent = terms_of(engine, "2024"), terms_of(engine, "2022")
    assert match(engine, held, "2024") == 1
    assert np.count_nonzero(held.matches) == 1
    assert not absent.matches.any()
    assert match(engine, terms_of(engine, "٢٠٢٤", "ar"), "2024") == 1


@pytest.mark.parametrize(
    ("word", "language", "country"),
    [
        ("كينيا", "ar", "Kenya"),
        ("肯尼亚", "zh", "Kenya"),
        ("Liban", "fr", "Lebanon"),
        ("Бразилия", "ru", "Brazil"),
    ],
)
def test_a_name_in_another_script_matches_its_country_best(
    engine: Engine, word: str, language: str, country: str
) -> None:
    terms = terms_of(engine, word, language)
    others = {"Kenya", "Lebanon", "Brazil", "Rwanda", "India", "Jordan", "Qatar"} - {country}
    assert match(engine, terms, country) > max(match(engine, terms, other) for other in others) + 0.1


@pytest.mark.parametrize("language", sorted({*FUNCTION_WORDS} - {"zh"}))
def test_function_words_say_nothing_of_a_subject(engine: Engine, language: str) -> None:
    words = sorted(FUNCTION_WORDS[language])
    assert terms_of(engine, " ".join(words), language).words == ()
    assert all(word == word.lower() for word in words)


def test_an_empty_question_has_no_terms(engine: Engine) -> None:
    terms = terms_of(engine, "")
    assert terms.matches.shape == (0, len(engine.store.vocabulary.words))
    assert terms.share(np.empty((0, 3), np.float32)).tolist() == [0, 0, 0]


def test_chinese_is_cut_into_words(engine: Engine) -> None:
    assert "巴西" in terms_of(engine, "巴西提供了多少资金？", "zh").words
    assert "多少" not in terms_of(engine, "巴西提供了多少资金？", "zh").words


def test_what_is_rare_in_the_report_weighs_more(engine: Engine) -> None:
    rare, common = terms_of(engine, "MIRTI cooperation").weights
    assert rare > common > 0


def test_words_are_remembered_and_mean_the_same(engine: Engine) -> None:
    first = terms_of(engine, "zebra crossing").matches
    assert np.array_equal(terms_of(engine, "zebra crossing").matches, first)


def test_what_asks_for_a_trait_is_known_in_any_language(engine: Engine) -> None:
    assert terms_of(engine, "price").asking["amount"].max() > 0.99
    assert terms_of(engine, "coût", "fr").asking["amount"].max() > 0.5
    assert terms_of(engine, "telephone").asking["contact"].max() > 0.99
    assert terms_of(engine, "workshop").asking["contact"].max() == 0


@given(pairs=st.lists(st.tuples(st.floats(0.1, 9), st.floats(0, 1)), min_size=1, max_size=5))
def test_a_share_is_the_weighted_mean(engine: Engine, pairs: list[tuple[float, float]]) -> None:
    weights, values = zip(*pairs, strict=True)
    terms = replace(terms_of(engine, "workshop"), weights=np.array(weights))
    expected = sum(w * v for w, v in pairs) / sum(weights)
    assert terms.share(np.array(values)[:, np.newaxis]).tolist() == pytest.approx([expected])


@given(st.lists(st.floats(0, 1, width=32), min_size=2, max_size=6).map(sorted))
def test_half_alike_is_another_name(values: list[float]) -> None:
    scaled = named_alike(np.array(values, np.float32)).tolist()
    assert scaled == sorted(scaled)
    assert all(0 <= one <= 1 for one in scaled)
    assert named_alike(np.array([0.5, 0.85], np.float32)).tolist() == pytest.approx([0, 1])


@pytest.mark.parametrize(
    ("word", "question", "name"),
    [
        ("Kenya", "What about Kenya?", True),
        ("What", "What about Kenya?", False),
        ("ILO", "ILO projects", True),
        ("2024", "In 2024?", True),
        ("workshop", "The workshop", False),
    ],
)
def test_a_name_has_a_capital_that_it_need_not_have(word: str, question: str, *, name: bool) -> None:
    assert is_name(word, question) is name
