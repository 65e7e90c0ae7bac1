"""The parts that a format tells are read as they are told, in their order, each with its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document, Part, Reading, Spans

Says = Callable[[str, Spans], str]

PAGES = (
    "Annual report 7\nAid for co-\n",
    "Annual report 8\noperation rose.\nOverview\nFees: $5; Year: 2024\n",
)
SOURCE = "".join(PAGES)


def at(*words: str) -> Spans:
    return tuple((SOURCE.index(one), SOURCE.index(one) + len(one)) for one in words)


PARTS = (
    Part("heading", at("Overview\n"), 1),
    Part("paragraph", at("Aid for co", "operation rose.\n")),
    Part("line", at("Year: 2024", "Fees: $5; ")),
)


@pytest.fixture
def made_up() -> Reading:
    ends = len(PAGES[0]), len(SOURCE)
    pages = ((0, ends[0]), ends)
    return read(Document("made-up", "Made up", SOURCE, "en", pages=pages, parts=PARTS))


def test_parts_are_read_in_their_order_without_what_they_leave_out(made_up: Reading) -> None:
    assert made_up.text == "Overview\nAid for cooperation rose.\nYear: 2024Fees: $5;"
    assert [one.kind for one in made_up.sentences] == ["heading", "paragraph", "line"]
    assert [section.path for section in made_up.sections] == [("Overview",)]


def test_a_quote_stands_on_the_page_where_it_begins(made_up: Reading) -> None:
    assert [one.page for one in made_up.sentences] == [2, 1, 2]
    assert [one.page for one in made_up.chunks] == [2]


def test_a_word_that_was_hyphenated_has_two_spans(made_up: Reading, says: Says) -> None:
    sentence = made_up.sentences[1]
    assert sentence.spans == (at("Aid for co")[0], at("operation rose.")[0])
    assert says(SOURCE, sentence.spans) == "Aid for cooperation rose."


def test_a_document_without_pages_has_no_page(made_up: Reading) -> None:
    reading = read(Document("made-up", "Made up", SOURCE, "en", parts=PARTS))
    assert {one.page for one in reading.sentences} == {None}
    assert reading.text == made_up.text


@pytest.mark.parametrize(("spans", "page"), [(((0, 3),), 1), (((4, 6),), 2), (((5, 9),), 2), (((9, 9),), 3)])
def test_the_page_of_a_span_is_that_of_its_first_character(spans: Spans, page: int) -> None:
    document = Document("made-up", "Made up", "aaaabbbbbccc", "en", pages=((0, 4), (4, 9), (9, 12)))
    assert document.page_of(spans) == page


pieces = st.sampled_from(
    ["a", "b. ", "$", "[", "]", "](", "[a](", "(x)", ")", "\\", "# ", " ", "\u0627", "合"]
)
words = st.lists(pieces, min_size=1, max_size=8).map("".join)


@given(st.lists(words, min_size=1, max_size=12), st.data())
@settings(max_examples=300)
def test_every_quote_of_lines_in_any_order_is_exact(lines: list[str], data: st.DataObject) -> None:
    """Each line is a part: where markup begins in one, its end may be in another."""
    source = "\n".join(lines) + "\n"
    starts = [sum(len(one) + 1 for one in lines[:number]) for number in range(len(lines))]
    spans = [(start, start + len(line) + 1) for start, line in zip(starts, lines, strict=True)]
    parts = tuple(Part("paragraph", (span,)) for span in data.draw(st.permutations(spans)))
    for quote in read(Document("made-up", "Made up", source, "en", parts=parts), 40).sentences:
        assert plain("".join(source[start:end] for start, end in quote.spans)) == quote.text


def test_a_compound_at_the_end_of_a_line_is_quoted_without_the_line_break(says: Says) -> None:
    source = "Of South-\nSouth aid\nthey speak.\n"
    parts = (Part("paragraph", ((0, 9), (10, len(source)))),)
    (sentence,) = read(Document("x", "X", source, "en", parts=parts)).sentences
    assert sentence.text == "Of South-South aid they speak."
    assert sentence.spans == ((0, 9), (10, len(source) - 1))
    assert says(source, sentence.spans) == sentence.text
