"""What a browser tells may be anything: nothing of it is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.feedback.opinions import REASONS
from sstc_chat.ui.sharing.heard import opinion_in, records_in, text_in

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["good", "reason", "comment", "record", "history", "records", "name", "token"])


@given(st.dictionaries(KEYS, ANYTHING))
def test_anything_may_be_told(told: dict[str, object]) -> None:
    opinion = opinion_in(told)
    assert opinion.good is (told.get("good") is True)
    assert opinion.reason in {None, *REASONS}
    assert isinstance(opinion.record, dict)
    assert all(isinstance(one, str) for one in (opinion.comment, *opinion.history, text_in(told, "name")))
    assert all(isinstance(one, dict) for one in records_in(told))


@pytest.mark.parametrize("reason", REASONS)
def test_what_is_told_is_understood(reason: str) -> None:
    opinion = opinion_in(
        {"good": False, "reason": reason, "comment": "No.", "record": {"a": 1}, "history": ["Why?", 5]}
    )
    assert (opinion.good, opinion.reason, opinion.comment) == (False, reason, "No.")
    assert (opinion.record, opinion.history) == ({"a": 1}, ("Why?",))


def test_what_is_too_long_is_cut() -> None:
    assert len(opinion_in({"comment": "x" * 5_000}).comment) == 2_000
    assert len(opinion_in({"history": ["?"] * 500}).history) == 50
    assert len(records_in({"records": [{}] * 5_000})) == 1_000
    assert len(text_in({"name": "x" * 500}, "name")) == 100
