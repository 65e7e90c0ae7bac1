"""Agreement against examples that were published with their results, scikit-learn, and a loop."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from sstc_chat.rag.review.agreement import DISAGREEMENTS, Pair, agreement_of, kappa_by_formula
from sstc_chat.rag.review.types import VERDICTS

Table = list[list[int]]
# Cohen 1960: 200 patients, diagnosed by two psychiatrists.
COHEN: Table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
# Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, table 18.1.
FLEISS: Table = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
# An example of SAS's, with what SAS prints of it.
SAS: Table = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]


def pairs_of(table: Table) -> list[Pair]:
    """Return items with these pairs of verdicts, each the only one of its question."""
    cells = [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]
    return [Pair(place, VERDICTS[a], VERDICTS[b]) for place, (a, b) in enumerate(cells)]


@pytest.mark.parametrize(("table", "agreement", "kappa"), [(COHEN, 0.70, 0.492), (FLEISS, 0.89, 0.676)])
def test_published_examples(table: Table, agreement: float, kappa: float) -> None:
    found = agreement_of(pairs_of(table))
    assert [list(row) for row in found.table] == table
    assert found.figures["agreement"].value == pytest.approx(agreement)
    assert found.figures["kappa"].value == pytest.approx(kappa, abs=0.0005)


@pytest.mark.parametrize(
    ("name", "printed"), [("kappa", (0.4842, 0.2137, 0.7547)), ("weighted_kappa", (0.4701, 0.1845, 0.7558))]
)
def test_the_interval_by_formula_is_the_one_that_sas_prints(
    name: str, printed: tuple[float, float, float]
) -> None:
    figure = agreement_of(pairs_of(SAS)).by_formula[name]
    assert (figure.value, figure.low, figure.high) == pytest.approx(printed, abs=0.00005)
    assert figure.over == 19


def test_the_interval_by_formula_is_the_one_of_a_package_for_r() -> None:
    """`ci.kappa(.05, 31, 12, 4, 58)` of statpsych, as its manual prints it."""
    figure = kappa_by_formula(np.array([[31.0, 12.0], [4.0, 58.0]]), 1 - np.eye(2))
    assert (figure.value, figure.low, figure.high) == pytest.approx((0.6756757, 0.5317210, 0.8196303))


verdicts = st.sampled_from(VERDICTS)


@given(st.lists(st.tuples(st.integers(1, 5), verdicts, verdicts), min_size=1, max_size=40))
def test_kappa_is_that_of_scikit_learn(rows: list[tuple[int, str, str]]) -> None:
    found = agreement_of([Pair(*row) for row in rows])  # type: ignore[arg-type]
    first, second = zip(*((a, b) for _, a, b in rows), strict=True)
    assert found.figures["agreement"].value == pytest.approx(np.mean(np.array(first) == np.array(second)))
    if len({*first, *second}) > 1:
        for name, weights in (("kappa", None), ("weighted_kappa", "linear")):
            expected = cohen_kappa_score(first, second, labels=list(VERDICTS), weights=weights)
            assert found.figures[name].value == pytest.approx(expected)
            assert found.by_formula[name].value == pytest.approx(expected)
            assert -1 <= found.by_formula[name].low <= expected + 1e-9
            assert expected - 1e-9 <= found.by_formula[name].high <= 1


def test_intervals_are_drawn_by_question() -> None:
    """Ten items of one answer that stand or fall together say as little as one."""
    alone = agreement_of(pairs_of(COHEN)).figures["agreement"]
    table = [Pair(one.place // 10, one.first, one.second) for one in pairs_of(COHEN)]
    together = agreement_of(table).figures["agreement"]
    random = np.random.default_rng(1)
    agreed = np.array([one.first == one.second for one in table], float).reshape(-1, 10).mean(axis=1)
    means = [random.choice(agreed, len(agreed)).mean() for _ in range(4000)]
    assert together.value == alone.value
    assert [together.low, together.high] == pytest.approx(np.quantile(means, [0.025, 0.975]), abs=0.02)
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_without_items_nothing_is_defined() -> None:
    found = agreement_of([])
    assert (found.figures, found.by_formula) == ({}, {})
    assert found.table == ((0, 0, 0),) * 3


@pytest.mark.parametrize("verdict", VERDICTS)
def test_without_variance_there_is_agreement_and_no_kappa(verdict: str) -> None:
    found = agreement_of([Pair(place, verdict, verdict) for place in range(5)])  # type: ignore[arg-type]
    assert set(found.figures) == {"agreement"}
    assert found.figures["agreement"].value == 1
    assert found.by_formula == {}


def test_a_rater_who_never_varies_agrees_as_far_as_chance_does() -> None:
    found = agreement_of(pairs_of([[5, 0, 5], [0, 0, 0], [0, 0, 0]]))
    assert found.figures["kappa"].value == 0
    assert found.by_formula["kappa"].value == 0


def test_perfect_agreement_is_one() -> None:
    found = agreement_of(pairs_of([[3, 0, 0], [0, 2, 0], [0, 0, 4]]))
    for name in DISAGREEMENTS:
        assert found.figures[name].value == found.by_formula[name].value == 1
