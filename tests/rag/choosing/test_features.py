"""The features of sentences of the shipped report, against a plain recomputation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sstc_chat.rag.choosing.features import FEATURES, features_of, weakest
from sstc_chat.rag.engine import Engine

if TYPE_CHECKING:
    from tests.rag.choosing.conftest import Asked

QUESTIONS = [
    "How many countries take part in the child labour initiative?",
    "When was the Belgrade workshop held?",
    "¿Qué mercado francés quieren alcanzar los exportadores?",
]


def columns_of(asked: Asked) -> dict[str, list[float]]:
    matrix = features_of(asked.query, asked.found, asked.candidates)
    assert matrix.shape == (len(asked.texts), len(FEATURES))
    return dict(zip(FEATURES, matrix.T.tolist(), strict=True))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_match_only_grows_with_what_is_looked_at(ask: Callable[[str], Asked], question: str) -> None:
    found = ask(question).candidates
    assert (found.bare <= found.own).all()
    assert (found.own <= found.near).all()
    assert (found.own <= found.within).all()


@pytest.mark.parametrize("question", QUESTIONS)
def test_coverage_is_the_weighted_share_that_is_matched(ask: Callable[[str], Asked], question: str) -> None:
    asked = ask(question)
    columns, weights = columns_of(asked), asked.query.terms.weights
    for name, matches in (
        ("coverage", asked.candidates.bare),
        ("context_coverage", asked.candidates.own),
        ("neighbour_coverage", asked.candidates.near),
        ("passage_coverage", asked.candidates.within),
    ):
        expected = [
            sum(w * m**3 for w, m in zip(weights, column, strict=True)) / weights.sum()
            for column in matches.T
        ]
        assert columns[name] == pytest.approx(expected, abs=1e-4)


def test_cosines_are_those_of_the_encoders(ask: Callable[[str], Asked], engine: Engine) -> None:
    asked = ask(QUESTIONS[0])
    columns = columns_of(asked)
    for role, name in (("english", "english"), ("multilingual", "multilingual")):
        vectors = engine.encoders[role].encode_passages(asked.texts)
        products = vectors @ engine.encoders[role].encode_question(QUESTIONS[0])
        assert columns[name] == pytest.approx(products.tolist(), abs=1e-3)
    assert all(
        best >= whole for best, whole in zip(columns["nearest_view"], columns["multilingual"], strict=True)
    )


def test_only_english_asks_the_english_encoder(ask: Callable[[str], Asked]) -> None:
    assert set(columns_of(ask(QUESTIONS[2]))["english"]) == {0}


def test_neighbours_are_the_sentences_right_before_and_behind(ask: Callable[[str], Asked]) -> None:
    asked = ask(QUESTIONS[0])
    columns, following = columns_of(asked), asked.candidates.evidence.following.tolist()
    english = columns["english"]
    before = [english[place - 1] if following[place] else 0 for place in range(len(english))]
    after = [
        english[place + 1] if place + 1 < len(english) and following[place + 1] else 0
        for place in range(len(english))
    ]
    assert columns["before"] == pytest.approx(before)
    assert columns["after"] == pytest.approx(after)


def test_what_is_asked_for_is_seen_where_it_is_given(ask: Callable[[str], Asked]) -> None:
    counting, dating = ask(QUESTIONS[0]), ask(QUESTIONS[1])
    counted = columns_of(counting)["counted"]
    assert "31 countries" in counting.texts[int(np.argmax(counted))] or max(counted) == pytest.approx(1)
    dated = columns_of(dating)["date_given"]
    belgrade = next(place for place, text in enumerate(dating.texts) if "Belgrade" in text)
    assert dated[belgrade] == 1
    assert set(columns_of(dating)["count_given"]) == {0}


def test_an_address_is_matched_by_the_word_that_asks_for_it(ask: Callable[[str], Asked]) -> None:
    asked = ask("What e-mail address can I write to?")
    line = next(place for place, text in enumerate(asked.texts) if "@" in text)
    term = asked.query.terms.words.index("mail")
    assert asked.candidates.own[term, line] > 0.4
    assert columns_of(asked)["contact_given"][line] > 0.4


def test_the_weakest_match_is_zero_without_terms() -> None:
    assert weakest(np.empty((0, 3), np.float32)).tolist() == [0, 0, 0]
    assert weakest(np.array([[0.5, 1], [0.2, 1]], np.float32)).tolist() == pytest.approx([0.2, 1])
