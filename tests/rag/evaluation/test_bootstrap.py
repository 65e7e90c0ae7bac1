"""Intervals against a bootstrap that is written as a loop."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.evaluation.bootstrap import Statistic, estimate
from sstc_chat.rag.evaluation.formulas import RankingArea, Ratio, as_numbers


def test_an_interval_is_that_of_a_bootstrap_in_a_loop() -> None:
    values = np.random.default_rng(1).random(200)
    random = np.random.default_rng(2)
    means = [random.choice(values, len(values)).mean() for _ in range(4000)]
    figure = estimate({"mean": Ratio.of(values, np.ones(200))}, 200)["mean"]
    assert figure.value == pytest.approx(values.mean())
    assert [figure.low, figure.high] == pytest.approx(np.quantile(means, [0.025, 0.975]), abs=0.005)


def test_the_interval_of_a_share_is_near_that_of_the_normal_distribution() -> None:
    right = np.arange(400) % 4 == 0
    figure = estimate({"share": Ratio.of(right, np.ones(400))}, 400)["share"]
    half = 1.96 * (0.25 * 0.75 / 400) ** 0.5
    assert [figure.low, figure.high] == pytest.approx([0.25 - half, 0.25 + half], abs=0.01)


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_an_interval_contains_its_value(right: list[bool]) -> None:
    figure = estimate({"share": Ratio.of(right, np.ones(len(right)))}, len(right))["share"]
    assert 0 <= figure.low <= figure.value <= figure.high <= 1
    assert figure.over == len(right)


def test_the_same_questions_have_the_same_interval() -> None:
    statistics: dict[str, Statistic] = {"mean": Ratio.of(np.arange(50), np.ones(50))}
    assert estimate(statistics, 50) == estimate(statistics, 50)


def test_what_is_undefined_is_left_out() -> None:
    statistics: dict[str, Statistic] = {
        "of nothing": Ratio.of([0, 0], [0, 0]),
        "of one class": RankingArea(as_numbers([1, 2]), as_numbers([1, 1])),
        "known": Ratio.of([1, 0], [1, 1]),
    }
    assert list(estimate(statistics, 2)) == ["known"]


def test_draws_without_a_value_are_passed_over() -> None:
    """With one of each class, half of the draws have a single class."""
    figure = estimate({"area": RankingArea(as_numbers([1, 2]), as_numbers([0, 1]))}, 2)["area"]
    assert (figure.low, figure.value, figure.high) == (1, 1, 1)


@pytest.mark.parametrize("block", [1, 320, 50_000])
def test_what_is_drawn_in_blocks_is_what_is_drawn_at_once(block: int) -> None:
    statistics: dict[str, Statistic] = {"mean": Ratio.of(np.arange(50), np.ones(50))}
    assert estimate(statistics, 50, block) == estimate(statistics, 50)
