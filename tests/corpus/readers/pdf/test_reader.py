"""A PDF reads as a person reads its pages: columns, tables, paragraphs over pages, without headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.pdf.reader import extract
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document

Outline = Callable[[Extract], list[str]]
Made = Callable[..., Any]
FILLING = (
    "Each of the paragraphs here is set",
    "in lines that fill the column they",
    "stand in, as they are in a report.",
)


def texts(outline: Outline, content: bytes) -> list[str]:
    return outline(extract(content))


def test_lines_are_paragraphs_again(outline: Outline, pdf_of: Made, lines: Made) -> None:
    page = [*lines(60, 100, *FILLING), *lines(60, 170, "The second paragraph is a short one.")]
    assert texts(outline, pdf_of(page)) == [
        f"paragraph: {' '.join(FILLING)}",
        "paragraph: The second paragraph is a short one.",
    ]


def test_headings_are_told_by_size_number_and_weight(outline: Outline, pdf_of: Made, lines: Made) -> None:
    page = [
        *lines(60, 80, "The Report of the Year", size=24, font="bold"),
        *lines(60, 130, "1 Overview", size=16, font="bold"),
        *lines(60, 160, *FILLING),
        *lines(60, 220, "1.1 Aims", font="bold"),
        *lines(60, 240, *FILLING),
        *lines(60, 300, "Means", font="bold"),
        *lines(60, 320, *FILLING),
    ]
    filling = f"paragraph: {' '.join(FILLING)}"
    assert texts(outline, pdf_of(page)) == [
        *("heading1: The Report of the Year", "heading1: 1 Overview", filling),
        *("heading2: 1.1 Aims", filling, "heading3: Means", filling),
    ]


def test_columns_are_read_one_after_the_other(outline: Outline, pdf_of: Made, lines: Made) -> None:
    left = [f"The left column says so in line {number}" for number in "abcdef"]
    right = [f"and the right one goes on in line {number}" for number in "abcdef"]
    across = lines(60, 80, "A heading that reaches across both of the columns", size=18, font="bold")
    rows = [
        text for pair in zip(lines(60, 120, *left), lines(320, 120, *right), strict=True) for text in pair
    ]
    assert texts(outline, pdf_of([*across, *rows])) == [
        f"heading1: {across[0][2]}",
        f"paragraph: {' '.join([*left, *right])}",
    ]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_that_is_turned_reads_the_same(
    rotate: int, pdf_of: Made, lines: Made, outline: Outline
) -> None:
    page = lines(60, 100, *FILLING)
    content = pdf_of(page, rotate=rotate)
    # Turned by a quarter, the letters lie on their sides: such text is kept and not read.
    assert extract(content).text.split() or rotate
    if rotate == 0:
        assert texts(outline, content) == [f"paragraph: {' '.join(FILLING)}"]


def test_headers_footers_and_page_numbers_go(outline: Outline, pdf_of: Made, lines: Made) -> None:
    bodies = [
        "First things first, as they say.",
        "Second thoughts are the best ones.",
        "Third time lucky, one may hope.",
    ]
    chapters = ["Chapter One", "Chapter One", "Another chapter"]
    pages = [
        [
            *lines(60, 40, f"Annual report {2000 + number}"),
            *lines(400, 800, f"{chapters[number]} {number + 5}"),
            *lines(60, 300, body),
        ]
        for number, body in enumerate(bodies)
    ]
    assert texts(outline, pdf_of(*pages)) == [f"paragraph: {body}" for body in bodies]


def test_a_paragraph_goes_on_over_a_page(outline: Outline, pdf_of: Made, lines: Made) -> None:
    first = [*lines(60, 700, *FILLING[:2]), *lines(290, 810, "1")]
    second = [*lines(60, 80, "stand in, and go on over the page."), *lines(290, 810, "2")]
    assert texts(outline, pdf_of(first, second)) == [
        f"paragraph: {FILLING[0]} {FILLING[1]} stand in, and go on over the page."
    ]


@pytest.mark.parametrize(
    ("end", "following", "elsewhere", "read_as"),
    [
        ("for coop-", "eration", "", "for cooperation"),
        ("and South-", "South", "", "and South-South"),
        ("of peer-", "learning", "It is peer-learning.", "of peer-learning"),
        ("of peer-", "learning", "It is peerlearning.", "of peerlearning"),
        ("in 2020-", "2021", "", "in 2020- 2021"),
    ],
)
def test_hyphens_go_where_they_only_end_a_line(
    end: str, following: str, elsewhere: str, read_as: str, outline: Outline, pdf_of: Made, lines: Made
) -> None:
    page = [
        *lines(60, 100, f"They worked hard {end}", f"{following} with all of them here."),
        *lines(60, 300, elsewhere),
    ]
    assert texts(outline, pdf_of(page))[0] == f"paragraph: They worked hard {read_as} with all of them here."


def table(
    lines: Made, rows: list[list[str]], *, ruled: bool, x: tuple[int, ...] = (60, 200, 340)
) -> list[Any]:
    page: list[Any] = []
    for number, row in enumerate(rows):
        page += [
            text
            for place, cell in zip(x, row, strict=False)
            for text in lines(place, 200 + 20 * number, cell)
            if cell
        ]
        page += [(60.0, 450.0, 186.0 + 20 * number)] if ruled else []
    return [*page, *([(60.0, 450.0, 186.0 + 20 * len(rows))] if ruled else [])]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_row_of_a_table_keeps_its_heads(ruled: bool, outline: Outline, pdf_of: Made, lines: Made) -> None:
    rows = [
        ["Country", "Budget", "Year"],
        ["Kenya", "$5 m", "2024"],
        ["Fiji", "", "2023"],
        ["Cabo Verde", "$7 m", ""],
    ]
    page = [*lines(60, 100, *FILLING), *table(lines, rows, ruled=ruled), *lines(60, 400, *FILLING)]
    assert texts(outline, pdf_of(page))[1:-1] == [
        "line: Country: Kenya; Budget: $5 m; Year: 2024",
        "line: Country: Fiji; Year: 2023",
        "line: Country: Cabo Verde; Budget: $7 m",
    ]


def test_a_table_of_two_columns_needs_rules(outline: Outline, pdf_of: Made, lines: Made) -> None:
    rows = [["Country", "Budget"], ["Kenya", "$5 m"], ["Fiji", "$6 m"]]
    page = [*lines(60, 100, *FILLING), *table(lines, rows, ruled=True)]
    assert texts(outline, pdf_of(page))[1:] == [
        "line: Country: Kenya; Budget: $5 m",
        "line: Country: Fiji; Budget: $6 m",
    ]


def test_a_footnote_stays_with_what_cites_it(outline: Outline, pdf_of: Made, lines: Made) -> None:
    page = [
        *lines(60, 100, "The budget rose again in this year."),
        *lines(236, 96, "1", size=6),
        *lines(60, 150, *FILLING),
        *lines(60, 760, "1 In constant prices of 2020.", size=8),
    ]
    assert texts(outline, pdf_of(page)) == [
        *("paragraph: The budget rose again in this year. 1", "caption: 1 In constant prices of 2020."),
        f"paragraph: {' '.join(FILLING)}",
    ]


def test_a_list_is_read_point_by_point(outline: Outline, pdf_of: Made, lines: Made) -> None:
    page = [
        *lines(60, 100, "They want three things:"),
        *lines(60, 130, "- a first thing that takes more", "  than one line", "- a second"),
    ]
    assert texts(outline, pdf_of(page)) == [
        *(
            "paragraph: They want three things:",
            "line: - a first thing that takes more than one line",
            "line: - a second",
        )
    ]


def test_a_list_of_contents_is_not_read(outline: Outline, pdf_of: Made, lines: Made) -> None:
    entries = [f"{number} Chapter of the report {'. ' * 20}{number * 7}" for number in range(1, 6)]
    assert texts(outline, pdf_of(lines(60, 100, *entries), lines(60, 300, *FILLING))) == [
        f"paragraph: {' '.join(FILLING)}"
    ]


def test_the_file_says_its_title_date_and_language(pdf_of: Made, lines: Made) -> None:
    said = extract(pdf_of(lines(60, 100, *FILLING), title="A title")).said
    assert said == {"title": "A title", "date": "2024-06-01", "language": "en-GB"}


def test_each_page_has_its_range_and_each_quote_its_page(pdf_of: Made, lines: Made) -> None:
    found = extract(pdf_of(lines(60, 300, "First page here."), [], lines(60, 300, "Third page here.")))
    assert [found.text[start:end] for start, end in found.pages] == [
        "First page here.\n",
        "",
        "Third page here.\n",
    ]
    reading = read(Document("x", "X", found.text, "en", pages=found.pages, parts=found.parts))
    assert [(one.text, one.page) for one in reading.sentences] == [
        ("First page here.", 1),
        ("Third page here.", 3),
    ]


words = st.text(st.sampled_from("ab .-\\[](x)$é12"), min_size=1, max_size=12)
places = st.tuples(
    st.integers(30, 400),
    st.integers(30, 800),
    words,
    st.sampled_from([7, 11, 11, 18]),
    st.sampled_from(["", "bold"]),
)


@given(st.lists(st.lists(places, max_size=12), min_size=1, max_size=4))
@settings(max_examples=150)
def test_every_quote_is_exact_wherever_the_text_stands(
    assert_exact: Callable[[Extract], None], pdf_of: Made, pages: list[list[Any]]
) -> None:
    try:
        found = extract(pdf_of(*pages))
    except UnreadableError:
        return
    assert_exact(found)
