"""A question that the report answers speaks more for itself than a near miss made from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sstc_chat.rag.choosing.ranking import choose
from sstc_chat.rag.choosing.signals import SIGNALS, signals_of

if TYPE_CHECKING:
    from tests.rag.choosing.conftest import Asked

Ask = Callable[[str], "Asked"]
MISSING = [name for name in SIGNALS if "missing" in name]


def signals(asked: Asked) -> dict[str, float]:
    values = signals_of(asked.query, asked.found, asked.ranking, choose(asked.ranking))
    assert values.shape == (len(SIGNALS),)
    return dict(zip(SIGNALS, values.tolist(), strict=True))


@pytest.mark.parametrize(
    ("answered", "missed", "lowered"),
    [
        pytest.param(
            "What is Ejo Heza in Rwanda?",
            "What is the population of Rwanda?",
            ["missing", "missing_near", "weakest"],
            id="another fact",
        ),
        pytest.param(
            "What does Convention 102 set?",
            "What does Convention 155 set?",
            ["missing", "number_missing", "name_missing", "weakest_anywhere"],
            id="another number",
        ),
        pytest.param(
            "What happened in September 2024 in Belgrade?",
            "What happened in September 2019 in Belgrade?",
            ["missing", "number_missing", "name_missing"],
            id="another year",
        ),
        pytest.param(
            "What does REMPE in Cabo Verde do?",
            "What does REMPE in Norway do?",
            ["missing", "name_missing", "name_missing_near", "weakest_in_passage"],
            id="another country",
        ),
        pytest.param(
            "Quand a eu lieu l'atelier de Belgrade ?",
            "Quand a eu lieu l'atelier de Budapest ?",
            ["missing", "name_missing"],
            id="another city, in French",
        ),
        pytest.param(
            "How many vocational training institutions are strengthened?",
            "How many hospitals are strengthened?",
            ["count_missing", "missing"],
            id="another thing counted",
        ),
        pytest.param(
            "How much money does Brazil provide?",
            "How much money does Rwanda provide?",
            ["trait_missing"],
            id="no amount",
        ),
        pytest.param(
            "What is the telephone number?", "What is the number?", ["contact_given"], id="an address"
        ),
        pytest.param(
            "Which forum was in Lisbon?",
            "Which hotel was in Lisbon?",
            ["focus", "focus_near"],
            id="asked for",
        ),
        pytest.param("里斯本的论坛", "里斯本的酒店", ["focus", "focus_near"], id="asked for, in Chinese"),
        pytest.param(
            "What happened in Belgrade?",
            "What cocoa is in Belgrade?",
            ["elsewhere"],
            id="said of something else",
        ),
    ],
)
def test_a_near_miss_has_lower_signals(ask: Ask, answered: str, missed: str, lowered: list[str]) -> None:
    right, wrong = signals(ask(answered)), signals(ask(missed))
    for name in lowered:
        assert wrong[name] < right[name] - 0.05, name


@pytest.mark.parametrize(
    "question", ["What is Ejo Heza?", "When is rice cooked?", "How much did it cost in 1999?", "这是什么？"]
)
def test_what_is_missing_is_never_above_zero(ask: Ask, question: str) -> None:
    found = signals(ask(question))
    assert all(found[name] <= 1e-5 for name in MISSING)
    assert all(found[name] >= -1 for name in MISSING if name.startswith(("number", "trait", "count", "date")))


def test_nothing_is_missing_where_every_word_stands(ask: Ask) -> None:
    found = signals(ask("When was the Belgrade workshop held?"))
    assert [found[name] for name in MISSING] == pytest.approx([0] * len(MISSING), abs=1e-4)


def test_the_margin_is_over_the_mean_of_the_next_best(ask: Ask) -> None:
    asked = ask("Which countries take part in the projects?")
    first, *others = sorted(asked.ranking.scores.tolist(), reverse=True)
    found = signals(asked)
    assert found["score"] == pytest.approx(first, abs=1e-4)
    assert found["margin"] == pytest.approx(first - sum(others[:5]) / 5, abs=1e-4)


def test_what_is_missing_is_the_rarity_that_is_not_matched(ask: Ask) -> None:
    asked = ask("Which hotel hosted the Lisbon forum?")
    best = choose(asked.ranking)[0]
    matched = asked.candidates.within[:, best].tolist()
    weights = asked.query.terms.weights.tolist()
    expected = -sum(weight * (1 - one) for weight, one in zip(weights, matched, strict=True))
    assert signals(asked)["missing"] == pytest.approx(expected, abs=1e-4)
    assert float(np.min(matched)) < 0.5  # "hotel" stands nowhere
