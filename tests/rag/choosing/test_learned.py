"""The file of learned numbers says what it weighs, and how well that was measured."""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.choosing.features import FEATURES
from sstc_chat.rag.choosing.learned import Linear, learned
from sstc_chat.rag.choosing.lines import WINDOW
from sstc_chat.rag.choosing.signals import SIGNALS
from sstc_chat.rag.retrieval import PASSAGE_FEATURES

ROLES = ("english", "multilingual")
PARTS = ("passage", "sentence", "line", "answer")
SETS = {"passage": 2, "sentence": 3, "line": 1, "answer": 3}
WEIGHTS = st.floats(-10, 10)


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    text = (files("sstc_chat.rag.choosing") / "learned.json").read_text("utf-8")
    return dict(json.loads(text))


@pytest.mark.parametrize("role", ROLES)
def test_every_value_that_is_computed_has_a_weight_and_no_other(role: str) -> None:
    numbers = learned()[role]
    assert sorted(numbers.passage.weights) == sorted(PASSAGE_FEATURES)
    assert sorted(numbers.sentence.weights) == sorted(FEATURES)
    assert sorted(numbers.line.weights) == sorted(WINDOW)
    assert sorted(numbers.answer.weights) == sorted(SIGNALS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("part", PARTS)
def test_weights_are_finite_and_something_was_learned(role: str, part: str) -> None:
    weights = getattr(learned()[role], part).weights.values()
    assert all(math.isfinite(weight) for weight in weights)
    assert any(weight > 0 for weight in weights)


@pytest.mark.parametrize("role", ROLES)
def test_no_signal_speaks_against_an_answer_and_thresholds_are_probabilities(role: str) -> None:
    numbers = learned()[role]
    assert min(numbers.answer.weights.values()) >= 0
    assert 0 < numbers.threshold < 1
    assert 0 < numbers.outside < 1


def test_both_roles_are_learned_and_nothing_else(data: dict[str, Any]) -> None:
    assert set(data["learned"]) == set(learned()) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("part", PARTS)
def test_each_set_is_measured_from_other_sets_and_cross_validated(
    data: dict[str, Any], part: str, role: str
) -> None:
    measured = data["measured"][part][role]
    assert len(measured) == SETS[part]
    for one in measured.values():
        ways = {"cross_validated", "from_other_sets"} if len(measured) > 1 else {"cross_validated"}
        assert set(one) == {"examples", *ways}
        assert one["examples"] > 0
        assert all(0 < one[way] <= 1 for way in ways)


@given(st.data(), st.integers(0, 5), st.integers(0, 4), WEIGHTS)
def test_a_sum_is_that_of_each_row_by_name(drawn: st.DataObject, width: int, rows: int, add: float) -> None:
    names = [f"value {place}" for place in range(width)]
    weights = {name: drawn.draw(WEIGHTS) for name in names}
    values = [{name: drawn.draw(WEIGHTS) for name in names} for _ in range(rows)]
    order = drawn.draw(st.permutations(names))
    table = np.array([[row[name] for name in order] for row in values], np.float32).reshape(rows, width)
    expected = [sum(weights[name] * row[name] for name in names) + add for row in values]
    assert Linear(weights, add).of(order, table).tolist() == pytest.approx(expected, abs=1e-3)


def test_a_value_without_a_weight_is_no_zero() -> None:
    with pytest.raises(KeyError, match="unknown"):
        Linear({"known": 1.0}).of(["known", "unknown"], np.ones((1, 2), np.float32))
