from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.fusion import reciprocal_rank_fusion


def test_a_hand_worked_example() -> None:
    # constant 20: first places give 1/21, second 1/22; the second ranking counts half.
    fused = reciprocal_rank_fusion([([7, 3], 1.0), ([3, 9], 0.5)])
    assert [number for number, _ in fused] == [3, 7, 9]
    assert [score for _, score in fused] == pytest.approx([1 / 22 + 0.5 / 21, 1 / 21, 0.5 / 22])


def test_equal_scores_stand_in_order_of_number() -> None:
    assert reciprocal_rank_fusion([([5], 1.0), ([2], 1.0)]) == [(2, 1 / 21), (5, 1 / 21)]


def test_nothing_gives_nothing() -> None:
    assert reciprocal_rank_fusion([]) == []
    assert reciprocal_rank_fusion([([], 1.0)]) == []


@given(st.lists(st.integers(0, 50), unique=True))
def test_one_ranking_is_kept_as_it_is(ranking: list[int]) -> None:
    assert [number for number, _ in reciprocal_rank_fusion([(ranking, 1.0)])] == ranking


@given(st.lists(st.lists(st.integers(0, 20), unique=True), max_size=4))
def test_every_score_is_the_sum_over_the_rankings(rankings: list[list[int]]) -> None:
    expected = {
        number: sum(1 / (21 + ranking.index(number)) for ranking in rankings if number in ranking)
        for number in {number for ranking in rankings for number in ranking}
    }
    fused = dict(reciprocal_rank_fusion([(ranking, 1.0) for ranking in rankings]))
    assert fused == pytest.approx(expected)
