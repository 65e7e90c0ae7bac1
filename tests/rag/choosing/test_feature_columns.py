"""The features that are read off a sentence and its place, each recomputed from its text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sstc_chat.corpus.functionwords import ENGLISH
from sstc_chat.index.lexical import words_of
from sstc_chat.rag.choosing.features import FEATURES, features_of
from sstc_chat.rag.engine import Engine

if TYPE_CHECKING:
    from tests.rag.choosing.conftest import Asked

QUESTIONS = [
    "Which countries of Africa take part, and who gathered in Lisbon?",
    "When did the Summer University begin, and how many attended?",
    "哪些国家参加了该项目？",
    "Qui finance le projet au Kenya ?",
]
POINTING = ("It ", "Its ", "This ", "These ", "They ", "Their ", "Those ", "That ", "Such ", "Both ")


@pytest.fixture(params=QUESTIONS)
def asked(request: pytest.FixtureRequest, ask: Callable[[str], Asked]) -> Asked:
    return ask(request.param)


@pytest.fixture
def column(asked: Asked) -> Callable[[str], list[float]]:
    """Return what looks up a column of the matrix by its name."""
    matrix = features_of(asked.query, asked.found, asked.candidates)
    return lambda name: matrix[:, FEATURES.index(name)].tolist()


Column = Callable[[str], list[float]]


def test_every_name_is_given_once_and_every_value_is_a_number(asked: Asked) -> None:
    matrix = features_of(asked.query, asked.found, asked.candidates)
    assert matrix.shape == (len(asked.texts), len(set(FEATURES)))
    assert len(set(FEATURES)) == len(FEATURES)
    assert np.isfinite(matrix).all()


def test_a_passage_lends_its_score_and_its_rank(asked: Asked, column: Column) -> None:
    numbers = asked.candidates.evidence.numbers.tolist()
    holding = [
        next(hit for hit in asked.found.hits if hit.passage.first <= number < hit.passage.last)
        for number in numbers
    ]
    assert column("passage") == pytest.approx([hit.score for hit in holding], rel=1e-5)
    assert column("rank") == pytest.approx([math.log(hit.rank) for hit in holding], abs=1e-5)


def test_what_is_read_off_the_text(asked: Asked, column: Column) -> None:
    texts = asked.texts
    assert column("length") == pytest.approx([math.log(1 + len(text)) for text in texts], abs=1e-5)
    separators = [sum(character in ",;" for character in text) for text in texts]
    assert column("separators") == pytest.approx([math.log(1 + n) for n in separators], abs=1e-5)
    assert column("leaning") == [float(text.startswith(POINTING)) for text in texts]
    assert column("asking") == [float(text.endswith("?")) for text in texts]
    years = [bool(re.search(r"\b20\d\d\b", text)) for text in texts]
    assert all(date for date, year in zip(column("date"), years, strict=True) if year)


def test_a_whole_match_is_a_word_that_is_spelled_alike_or_means_the_same(
    asked: Asked, column: Column
) -> None:
    """What stands in the sentence itself in the same letters is a lower bound of what is matched."""
    terms = asked.query.terms
    spelled = [
        sum(
            weight
            for word, weight in zip(terms.words, terms.weights.tolist(), strict=True)
            if set(words_of(word)) <= set(words_of(text)) and words_of(word)
        )
        / float(terms.weights.sum())
        for text in asked.texts
    ]
    exact = column("exact_coverage")
    assert all(found >= least - 1e-5 for found, least in zip(exact, spelled, strict=True))
    assert all(cubed <= 1 + 1e-5 for cubed in column("coverage"))


def best(matches: Sequence[float]) -> float:
    return min(matches)


def test_the_weakest_term_is_the_one_that_is_matched_least(asked: Asked, column: Column) -> None:
    for name, matches in (("weakest", asked.candidates.own), ("weakest_near", asked.candidates.near)):
        assert column(name) == pytest.approx([best(one) for one in matches.T.tolist()])


def test_new_words_are_those_that_nothing_asked_for_is_like(
    asked: Asked, column: Column, engine: Engine
) -> None:
    vocabulary = engine.store.vocabulary.words
    likest = asked.query.terms.matches.max(axis=0)
    new = {
        word
        for word, alike in zip(vocabulary, likest.tolist(), strict=True)
        if alike < 0.6 and "".join(words_of(word)) not in ENGLISH and len(word) > 1
    }
    expected = [len({one for one in re.findall(r"[^\W_]+", text) if one in new}) for text in asked.texts]
    lone = [sum(len(one) == 1 and one.isdecimal() for one in set(re.findall(r"\w+", t))) for t in asked.texts]
    for found, least, digits in zip(column("new_words"), expected, lone, strict=True):
        assert math.log(1 + least) - 1e-5 <= found <= math.log(1 + least + digits) + 1e-5


def test_kinds_of_answer_count_only_where_they_are_asked_for(asked: Asked, column: Column) -> None:
    kinds, names, separators = asked.query.asked, column("names"), column("separators")
    assert column("place_named") == pytest.approx([kinds.place * one for one in names])
    assert column("person_named") == pytest.approx([kinds.person * one for one in names])
    assert column("several_listed") == pytest.approx([kinds.several * one for one in separators])
    assert column("date_given") == pytest.approx([kinds.time * one for one in column("date")])
    if not kinds.count:
        assert {*column("count_given"), *column("counted")} == {0}


def test_what_leans_is_worth_what_it_leans_on(column: Column) -> None:
    expected = [leans * before for leans, before in zip(column("leaning"), column("before"), strict=True)]
    assert column("leaning_on") == pytest.approx(expected)
