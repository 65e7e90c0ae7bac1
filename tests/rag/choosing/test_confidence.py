"""Signals, and what is made of them, on the shipped report."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.choosing.confidence import judge
from sstc_chat.rag.choosing.features import FEATURES
from sstc_chat.rag.choosing.learned import Linear, learned
from sstc_chat.rag.choosing.ranking import choose
from sstc_chat.rag.choosing.signals import SIGNALS, signals_of
from sstc_chat.rag.retrieval import PASSAGE_FEATURES

if TYPE_CHECKING:
    from tests.rag.choosing.conftest import Asked

ANSWERED = [
    "What is Ejo Heza?",
    "When was the Belgrade workshop held?",
    "Quand a eu lieu l'atelier de Belgrade ?",
]
OUTSIDE = ["How do I cook rice?", "Write me a poem about the sea.", "كيف أطبخ الأرز؟"]
UNSAID = ["Which hotel hosted the Lisbon forum?", "What did the 2022 annual review say about Haiti?"]


def signals(asked: Asked) -> dict[str, float]:
    values = signals_of(asked.query, asked.found, asked.ranking, choose(asked.ranking))
    return dict(zip(SIGNALS, values.tolist(), strict=True))


@pytest.mark.parametrize("question", ANSWERED + OUTSIDE + UNSAID)
def test_the_confidence_is_the_logistic_of_the_weighted_signals(
    ask: Callable[[str], Asked], question: str
) -> None:
    asked = ask(question)
    numbers = learned()[asked.query.role]
    values = signals(asked)
    odds = numbers.answer.intercept + sum(numbers.answer.weights[name] * values[name] for name in SIGNALS)
    found = judge(asked.query, asked.found, asked.ranking, choose(asked.ranking))
    assert found.confidence == pytest.approx(1 / (1 + math.exp(-odds)), abs=1e-3)
    assert (found.refusal is not None) == (found.confidence < numbers.threshold)


@pytest.mark.parametrize(
    ("questions", "refusals"),
    [(ANSWERED, {None}), (OUTSIDE, {"outside"}), (UNSAID, {"unsaid", "outside"})],
)
def test_each_kind_of_question_is_judged_as_what_it_is(
    ask: Callable[[str], Asked], questions: list[str], refusals: set[str | None]
) -> None:
    for question in questions:
        asked = ask(question)
        assert judge(asked.query, asked.found, asked.ranking, choose(asked.ranking)).refusal in refusals


@pytest.mark.parametrize(
    ("right", "missed", "signal"),
    [
        ("What is done in Rwanda?", "What is done in Vietnam?", "name_missing"),
        ("How many projects are there in 2024?", "How many projects are there in 2019?", "number_missing"),
        ("When was the Belgrade workshop held?", "How much did the Belgrade workshop cost?", "trait_missing"),
        ("What is Ejo Heza?", "How many members does Ejo Heza have?", "count_missing"),
        ("What is Ejo Heza?", "When was Ejo Heza founded?", "date_missing"),
        ("What was the aim of the workshop?", "What was the aim of the volcano?", "missing"),
    ],
)
def test_what_is_missing_lowers_its_signal(
    ask: Callable[[str], Asked], right: str, missed: str, signal: str
) -> None:
    assert signals(ask(missed))[signal] < signals(ask(right))[signal] <= 0


@pytest.mark.parametrize("role", ["english", "multilingual"])
def test_the_learned_numbers_have_the_names_that_are_computed(role: str) -> None:
    numbers = learned()[role]
    assert tuple(numbers.passage.weights) == PASSAGE_FEATURES
    assert tuple(numbers.sentence.weights) == FEATURES
    assert tuple(numbers.answer.weights) == SIGNALS
    assert min(numbers.answer.weights.values()) >= 0
    assert 0 < numbers.threshold < 1
    assert 0 < numbers.outside < 1


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=6), st.floats(-9, 9))
def test_a_weighted_sum_is_one(pairs: list[tuple[float, float]], intercept: float) -> None:
    names = [str(place) for place in range(len(pairs))]
    linear = Linear({name: weight for name, (weight, _) in zip(names, pairs, strict=True)}, intercept)
    found = linear.of(names, np.array([[value for _, value in pairs]], np.float32))
    assert found.tolist() == pytest.approx([intercept + sum(w * v for w, v in pairs)], abs=1e-3)
