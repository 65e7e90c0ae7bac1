"""Runs of lines, against a plain reading of what they are."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.evidence import Evidence
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.traits import TRAITS
from sstc_chat.rag.choosing.learned import Linear
from sstc_chat.rag.choosing.lines import LONGEST, NONE, WINDOW, best_run, chances_of, window_of

CHANCES = st.floats(1 / 64, 63 / 64, width=32)
# The chance of a line, whether it follows on the one before it, whether it is a line, how long it is.
PAGE = st.lists(st.tuples(CHANCES, st.booleans(), st.booleans(), st.integers(1, 600)), min_size=1, max_size=9)


def evidence_of(follows: list[bool], lines: list[bool], lengths: list[int]) -> Evidence:
    words = Ragged.of([b""] * len(follows))
    traits = np.zeros((len(follows), len(TRAITS)), np.float32)
    traits[:, TRAITS.index("length")] = lengths
    following = np.array([False, *follows[1:]], bool)
    numbers = np.arange(len(follows), dtype=np.int32)
    return Evidence(numbers, following, np.array(lines, bool), words, words, words, traits, {})


def together(evidence: Evidence, first: int, last: int) -> bool:
    """Whether all from `first` to `last` are lines that follow on one another."""
    return all(evidence.lines[first : last + 1]) and all(evidence.following[first + 1 : last + 1])


@given(PAGE, st.data())
def test_the_run_has_the_highest_expected_f_of_all_that_hold_the_line(
    page: list[tuple[float, bool, bool, int]], drawn: st.DataObject
) -> None:
    chances, follows, lines, lengths = (list(column) for column in zip(*page, strict=True))
    place = drawn.draw(st.integers(0, len(page) - 1))
    evidence = evidence_of(follows, [one or at == place for at, one in enumerate(lines)], lengths)
    runs = {
        (first, last)
        for first in range(place + 1)
        for last in range(place, len(page))
        if together(evidence, first, last)
    }
    reach = max(runs, key=lambda run: run[1] - run[0])
    total = sum(chances[reach[0] : reach[1] + 1])

    def expected(run: tuple[int, int]) -> float:
        first, last = run
        return float(2 * sum(chances[first : last + 1]) / (last + 1 - first + total))

    short = [run for run in runs if sum(lengths[run[0] : run[1] + 1]) <= LONGEST or run == (place, place)]
    found = best_run(np.array(chances, np.float32), evidence, place)
    assert (found.start, found.stop - 1) in short
    assert expected((found.start, found.stop - 1)) == pytest.approx(max(map(expected, short)), rel=1e-5)


def test_a_line_knows_those_around_it_in_its_own_stretch() -> None:
    evidence = evidence_of([False, True, True, False], [True] * 4, [9] * 4)
    window = window_of(np.array([1.0, 3.0, -9.0, 2.0], np.float32), evidence)
    assert window.tolist() == [
        [NONE, NONE, NONE, -2, 0, NONE, NONE],
        [NONE, NONE, -2, 0, NONE, NONE, NONE],
        [NONE, -2, 0, NONE, NONE, NONE, NONE],
        [NONE, NONE, NONE, -1, NONE, NONE, NONE],
    ]


def test_a_chance_is_the_logistic_of_the_weighted_window() -> None:
    evidence = evidence_of([False, True], [True, True], [9, 9])
    weights = dict.fromkeys(WINDOW, 0.0) | {"itself": 2.0, "before_1": 1.0}
    chances = chances_of(np.array([0.0, -1.0], np.float32), evidence, Linear(weights, 0.5))
    odds = [2 * 0 + NONE + 0.5, 2 * -1 + 0 + 0.5]
    assert chances.tolist() == pytest.approx([1 / (1 + math.exp(-one)) for one in odds], abs=1e-5)


def test_of_no_lines_there_are_no_chances() -> None:
    none = np.empty(0, np.float32)
    assert chances_of(none, evidence_of([], [], []), Linear(dict.fromkeys(WINDOW, 1.0))).tolist() == []
