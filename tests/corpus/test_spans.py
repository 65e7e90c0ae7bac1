"""The spans of a quote lead to exactly the characters that it was read from."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.types import Document, Reading, Spans

LONG = "The second initiative, which was planned in Geneva, will be carried out together with the"


def quoted_from(source: str, spans: Spans) -> str:
    """Return what DESIGN.md says that a quote is: joined, without markup, white space collapsed."""
    joined = "".join(source[start:end] for start, end in spans)
    unlinked = re.sub(r"\[([^\[\]]*)\]\([^()\s]*\)", r"\1", joined)
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", unlinked).split())


def assert_exact(reading: Reading) -> None:
    source = reading.document.text
    quotes = chain(
        ((one.text, one.spans) for one in reading.sentences),
        ((one.text, one.spans) for one in reading.chunks),
    )
    for text, spans in quotes:
        assert quoted_from(source, spans) == " ".join(text.split())


def spans_of_quote(reading: Reading, quote: str) -> Spans:
    [spans] = [one.spans for one in reading.sentences if one.text == quote]
    return spans


def test_every_quote_of_the_report_is_exact(reading: Reading) -> None:
    assert len(reading.sentences) > 90
    assert_exact(reading)


def test_only_the_sentence_around_a_picture_has_two_spans(report: Document, reading: Reading) -> None:
    several = [one for one in reading.sentences if len(one.spans) > 1]
    assert [one.text[:36] for one in several] == ["The XI Annual Review of the Brazil-I"]
    first, second = (report.text[start:end] for start, end in several[0].spans)
    assert first.rstrip().endswith(r"South-South \(14 October\)](#),")
    assert second.lstrip().startswith("gathered key figures")


@given(data=st.data())
@settings(max_examples=200)
def test_every_quote_of_a_torn_text_is_exact(
    data: st.DataObject,
    torn_sources: st.SearchStrategy[str],
    read_text: Callable[..., Reading],
) -> None:
    assert_exact(read_text(data.draw(torn_sources), data.draw(st.sampled_from([40, 200, 800]))))


@given(data=st.data())
@settings(max_examples=100)
def test_spans_hold_something_and_are_parted_by_more_than_white_space(
    data: st.DataObject,
    torn_sources: st.SearchStrategy[str],
    read_text: Callable[..., Reading],
) -> None:
    source = data.draw(torn_sources)
    for quote in read_text(source).sentences:
        assert all(source[start:end].strip() for start, end in quote.spans)
        for (_, end), (start, _) in pairwise(quote.spans):
            assert source[end:start].strip()


@pytest.mark.parametrize(
    ("source", "quote", "count"),
    [
        pytest.param(f"{LONG}\n\n\n\nPhoto : ILO\n\nSouth.", f"{LONG} South.", 2, id="caption"),
        pytest.param(f"{LONG}\n\nSouth.", f"{LONG} South.", 1, id="blank-line"),
        pytest.param(f"{LONG},  \r\n\r\n\r\nSouth.", f"{LONG}, South.", 1, id="crlf"),
        pytest.param("Held in [Kenya](#) now.", "Held in Kenya now.", 1, id="whole-link"),
        pytest.param("[Two words](#).", "Two words.", 1, id="link-first"),
        pytest.param("In [Lebanon, Rio](#)", "In Lebanon, Rio", 1, id="link-last"),
        pytest.param("[ a link](#) here.", "a link here.", 1, id="label-begins-with-space"),
        pytest.param("The [link ](#)here.", "The link here.", 1, id="label-ends-with-space"),
        pytest.param("The [link ](#) here.", "The link here.", 1, id="space-inside-and-behind"),
        pytest.param(r"A \$5 million \(or so\) fund.", "A $5 million (or so) fund.", 1, id="escapes"),
        pytest.param("See [one. Two](#) here.", "See one.", 2, id="first-part-of-link"),
        pytest.param("See [one. Two](#) here.", "Two here.", 2, id="last-part-of-link"),
    ],
)
def test_a_quote_has_as_few_spans_as_can_be(
    source: str, quote: str, count: int, read_text: Callable[..., Reading]
) -> None:
    # A marked heading in front, so that no line is taken for an unmarked one.
    source = f"# Heading\n\n{source}"
    spans = spans_of_quote(read_text(source), quote)
    assert len(spans) == count
    assert quoted_from(source, spans) == quote


def test_a_quote_of_a_whole_link_spans_its_syntax(read_text: Callable[..., Reading]) -> None:
    source = "# Heading\n\n[Southsouthpoint.net is there.](https://southsouthpoint.net)"
    spans = spans_of_quote(read_text(source), "Southsouthpoint.net is there.")
    assert [source[start:end] for start, end in spans] == [source[11:]]
