"""The formulas against cases worked by hand, against scikit-learn, and what always holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support, roc_auc_score

from sstc_chat.rag.evaluation.bootstrap import Numbers
from sstc_chat.rag.evaluation.formulas import RankingArea, Ratio, RiskArea, as_numbers, risks, surest_first

ONCE = np.ones((1, 4))
# A confidence with many ties, whether the question can be answered, and how often it was drawn.
drawn = st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 3)), min_size=1, max_size=40)


def columns(rows: list[tuple[int, bool, int]]) -> tuple[Numbers, Numbers, Numbers]:
    first, second, third = (as_numbers([float(row[place]) for row in rows]) for place in range(3))
    return first, second, third


def test_a_ratio_is_of_sums() -> None:
    """(1 + 0 + 3 + 0) / (2 + 0 + 3 + 1), taken over the three that have a part."""
    ratio = Ratio.of([1, 0, 3, 0], [2, 0, 3, 1])
    assert ratio.values(ONCE).tolist() == [4 / 6]
    assert ratio.values(np.array([[2, 5, 0, 1]])).tolist() == [2 / 5]
    assert ratio.over == 3


def test_a_ratio_of_nothing_is_no_number() -> None:
    ratio = Ratio.of([0, 0, 0, 0], [0, 0, 0, 0])
    assert np.isnan(ratio.values(ONCE)).all()
    assert ratio.over == 0


def test_the_reciprocal_ranks_of_a_worked_case() -> None:
    """Found first, third, and not at all: (1 + 1/3 + 0) / 3."""
    assert Ratio.of([1, 1 / 3, 0], [1, 1, 1]).values(np.ones((1, 3))) == pytest.approx(4 / 9)


def test_the_ranking_area_of_a_worked_case() -> None:
    """Positives .9 and .4, negatives .4 and .1: pairs won 1, 1, ½ and 1, so 3.5 of 4."""
    area = RankingArea(as_numbers([0.9, 0.4, 0.4, 0.1]), as_numbers([1, 1, 0, 0]))
    assert area.values(ONCE).tolist() == [3.5 / 4]


def test_the_ranking_area_of_one_class_is_no_number() -> None:
    area = RankingArea(as_numbers([0.9, 0.4, 0.4, 0.1]), np.ones(4))
    assert np.isnan(area.values(ONCE)).all()


@given(drawn)
def test_the_ranking_area_equals_that_of_scikit_learn(rows: list[tuple[int, bool, int]]) -> None:
    scores, positive, counts = columns(rows)
    found = RankingArea(scores, positive).values(np.stack([counts, np.ones(len(rows))]))
    for value, weights in zip(found, (counts, np.ones(len(rows))), strict=True):
        kept = weights > 0
        if len(set(positive[kept].tolist())) == 2:
            expected = roc_auc_score(positive[kept], scores[kept], sample_weight=weights[kept])
            assert value == pytest.approx(expected)
        else:
            assert np.isnan(value)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_precision_recall_and_f_as_ratios_equal_those_of_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    chosen, gold = (np.array([pair[place] for pair in pairs], np.float64) for place in (0, 1))
    true, false, missed = chosen * gold, chosen * (1 - gold), (1 - chosen) * gold
    once = np.ones((1, len(pairs)))
    found = [
        Ratio.of(true, true + false).values(once)[0],
        Ratio.of(true, true + missed).values(once)[0],
        Ratio.of(2 * true, 2 * true + false + missed).values(once)[0],
    ]
    expected = precision_recall_fscore_support(gold, chosen, average="binary", zero_division=np.nan)
    for value, other in zip(found[:2], expected[:2], strict=True):
        assert value == pytest.approx(other, nan_ok=True)
    if true.sum():
        assert found[2] == pytest.approx(expected[2])


def test_the_risks_of_a_worked_case() -> None:
    """Sure and right, then wrong, right, wrong: 0, 1/2, 1/3, 2/4, whose mean is 1/3."""
    confidence, wrong = as_numbers([0.2, 0.9, 0.4, 0.6]), as_numbers([1, 0, 0, 1])
    assert surest_first(confidence, wrong)[0].tolist() == [0.9, 0.6, 0.4, 0.2]
    assert risks(surest_first(confidence, wrong)[1]) == pytest.approx([0, 1 / 2, 1 / 3, 2 / 4])
    assert RiskArea(confidence, wrong).values(ONCE) == pytest.approx([1 / 3])


def test_among_equals_each_is_as_wrong_as_the_mean() -> None:
    """One surely right, then a right and a wrong one that are equally sure."""
    confidence, wrong = as_numbers([0.5, 0.9, 0.5]), as_numbers([1, 0, 0])
    assert surest_first(confidence, wrong)[1].tolist() == [0, 0.5, 0.5]
    assert RiskArea(confidence, wrong).values(np.ones((1, 3))) == pytest.approx([(0 + 0.25 + 1 / 3) / 3])


def test_a_question_that_is_drawn_twice_counts_twice() -> None:
    confidence, wrong = as_numbers([0.9, 0.6, 0.3]), as_numbers([0, 1, 0])
    twice = RiskArea(as_numbers([0.9, 0.9, 0.6]), as_numbers([0, 0, 1])).values(np.ones((1, 3)))
    assert RiskArea(confidence, wrong).values(np.array([[2.0, 1.0, 0.0]])) == pytest.approx(twice)


@given(drawn, st.randoms())
def test_the_order_of_the_questions_changes_nothing(
    rows: list[tuple[int, bool, int]], random: np.random.Generator
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    once = np.ones((1, len(rows)))
    for formula in (RankingArea, RiskArea):
        first, second = (formula(*columns(some)[:2]).values(once) for some in (rows, shuffled))
        assert first == pytest.approx(second, nan_ok=True)


@given(drawn)
def test_the_risk_at_full_coverage_is_the_share_that_is_wrong(rows: list[tuple[int, bool, int]]) -> None:
    confidence, wrong, _ = columns(rows)
    ordered, tied = surest_first(confidence, wrong)
    assert risks(tied)[-1] == pytest.approx(wrong.mean())
    assert (np.diff(ordered) <= 0).all()
    assert sorted(ordered.tolist()) == sorted(confidence.tolist())
