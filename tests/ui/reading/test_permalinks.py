"""Addresses of sections and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.types import Line
from sstc_chat.ui.reading.permalinks import quote_link, section_link, section_names, version_of

if TYPE_CHECKING:
    from tests.ui.conftest import Make


def headings(*texts: str) -> list[Line]:
    return [Line(i, "", "d", (), None, i, "heading", text, ((0, 1),)) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        pytest.param(["Arab States"], ["arab-states"], id="words"),
        pytest.param(["1.2 The ILO's work, in 2024!"], ["1-2-the-ilo-s-work-in-2024"], id="punctuation"),
        pytest.param(["A", "B", "A", "A"], ["a", "b", "a-2", "a-3"], id="twice"),
        pytest.param(["A", "A 2", "A"], ["a", "a-2", "a-3"], id="a count that is taken"),
        pytest.param(["التعاون", "南南合作"], ["التعاون", "南南合作"], id="any script"),
        pytest.param(["—", "…"], ["section", "section-2"], id="no words"),
        pytest.param(["a" * 100], ["a" * 60], id="long"),
    ],
)
def test_names_of_sections(texts: list[str], names: list[str]) -> None:
    assert list(section_names(headings(*texts)).values()) == names


@given(st.lists(st.text(st.sampled_from("aA-2 3"), max_size=4), max_size=12))
def test_no_two_sections_have_one_name(texts: list[str]) -> None:
    assert len(set(section_names(headings(*texts)).values())) == len(texts)


def test_only_headings_have_names(make: Make) -> None:
    lines, _ = make.lines("one", ("heading", "A"), ("paragraph", "B"), ("heading", "C"))
    assert section_names(lines) == {0: "a", 2: "c"}


@given(st.text(), st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), min_size=1, max_size=3))
def test_a_link_says_what_went_in(make: Make, identity: str, spans: list[tuple[int, int]]) -> None:
    source = make.source(identity)
    assert parse_qs(section_link(source, "arab-states")[1:], keep_blank_values=True) == {
        "document": [identity],
        "section": ["arab-states"],
    }
    assert parse_qs(quote_link(source, tuple(spans))[1:], keep_blank_values=True) == {
        "document": [identity],
        "quote": [",".join(f"{start}-{end}" for start, end in spans)],
        "version": [version_of(source)],
    }


def test_a_link_can_be_read(make: Make) -> None:
    assert (
        quote_link(make.source("one"), ((5, 9), (12, 14)))
        == "?document=one&quote=5-9,12-14&version=000000000000"
    )
