from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.ragged import Ragged

WIDTH = 6
lists = st.lists(st.lists(st.integers(0, WIDTH - 1), max_size=5), max_size=6)


def ragged(values: list[list[int]]) -> Ragged:
    return Ragged.of([np.array(one, dtype=np.int32).tobytes() for one in values])


@given(lists)
def test_each_list_is_as_it_was_stored(values: list[list[int]]) -> None:
    assert [ragged(values)[place].tolist() for place in range(len(values))] == values


@given(lists, st.lists(st.lists(st.floats(0, 1, width=32), min_size=WIDTH, max_size=WIDTH), max_size=3))
def test_the_highest_equals_a_plain_loop(values: list[list[int]], rows: list[list[float]]) -> None:
    expected = [[max((row[number] for number in one), default=0.0) for one in values] for row in rows]
    matrix = np.array(rows, dtype=np.float32).reshape(len(rows), WIDTH)
    found = ragged(values).highest(matrix)
    assert found.shape == (len(rows), len(values))
    assert found == pytest.approx(np.array(expected).reshape(found.shape))


@given(lists, st.lists(st.booleans(), min_size=WIDTH, max_size=WIDTH))
def test_counts_equal_a_plain_loop(values: list[list[int]], chosen: list[bool]) -> None:
    expected = [sum(chosen[number] for number in one) for one in values]
    assert ragged(values).counts(np.array(chosen, dtype=np.float32)).tolist() == expected
