"""Which kind of index is made for how many passages."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.dense.design import MOST_FLAT, design_for, kind_of, lists_of


@pytest.mark.parametrize(
    ("count", "choice", "kind"),
    [
        (0, "ivf", "Flat"),
        (1, "ivf", "IVF2,SQfp16"),
        (MOST_FLAT, "auto", "Flat"),
        (MOST_FLAT + 1, "auto", "IVF512,SQfp16"),
        (1_000_000, "auto", "IVF2048,SQfp16"),
        (1_000_000, "flat", "Flat"),
    ],
)
def test_the_kind(count: int, choice: str, kind: str) -> None:
    assert design_for(count, choice) == kind


def test_a_library_that_shrinks_is_not_made_anew_at_once() -> None:
    before = design_for(MOST_FLAT + 1, "auto")
    assert design_for(MOST_FLAT - 1, "auto", before) == before
    assert design_for(MOST_FLAT // 2, "auto", before) == "Flat"
    assert design_for(1_000_000, "flat", before) == "Flat"


@given(count=st.integers(MOST_FLAT + 1, 10**9), change=st.floats(0.5, 1.9))
def test_what_was_made_holds_until_the_library_is_another(count: int, change: float) -> None:
    kind = design_for(count, "auto")
    lists = lists_of(kind)
    assert kind_of(lists) == kind
    assert 0.7 < lists / (2 * math.sqrt(count)) < 1.5
    then = design_for(round(count * change), "ivf", kind)
    assert lists_of(then) in {lists, 2 * lists}
    assert design_for(round(count * change), "ivf", then) == then


@given(count=st.integers(1, 10**6))
def test_no_size_lies_between_two_kinds(count: int) -> None:
    """One passage more or less must not have everything made anew each time."""
    once = design_for(count, "auto")
    more = design_for(count + 1, "auto", once)
    assert design_for(count, "auto", more) == more
