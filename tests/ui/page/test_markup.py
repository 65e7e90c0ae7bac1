"""Nothing is HTML unless it says so."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.ui.page.markup import Html, element, escape, join, unseen

# What XML can carry: the parser is the oracle, and it takes no control characters.
shown = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))


@given(shown)
def test_text_comes_out_of_a_parser_as_it_went_in(text: str) -> None:
    parsed = ElementTree.fromstring(element("p", text, title=text))  # noqa: S314  We wrote it.
    assert (parsed.text or "", parsed.get("title"), len(parsed)) == (text, text, 0)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param(element("p", "a<b"), "<p>a&lt;b</p>", id="text"),
        pytest.param(element("p", element("b", "x")), "<p><b>x</b></p>", id="html"),
        pytest.param(element("br"), "<br/>", id="void"),
        pytest.param(
            element("p", class_="a", data_spans="1-2"),
            '<p class="a" data-spans="1-2"></p>',
            id="names",
        ),
        pytest.param(element("p", lang=None, hidden=False), "<p></p>", id="left out"),
        pytest.param(element("option", selected=True), '<option selected=""></option>', id="true"),
        pytest.param(element("p", title='"><i>'), '<p title="&quot;&gt;&lt;i&gt;"></p>', id="attribute"),
        pytest.param(join("a", Html("<b>"), "&", by="·"), "a·<b>·&amp;", id="join"),
        pytest.param(unseen("x"), '<span class="unseen">x</span>', id="unseen"),
    ],
)
def test_markup(made: Html, expected: str) -> None:
    assert made == expected


def test_what_is_html_is_not_escaped_twice() -> None:
    assert escape(escape("<")) == "&lt;"
