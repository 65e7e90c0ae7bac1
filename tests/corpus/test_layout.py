"""Each rule by which a layout is repaired, on a layout that has nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.layout import blocks_of
from sstc_chat.corpus.markup import without_markup
from sstc_chat.corpus.types import Reading

LONG = "A paragraph that is longer than the sixty characters which a line may have goes on"
PROSE = f"{LONG} until it ends, and then (as it must) says one thing more, in 2024. It ends here."


def laid_out(source: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks_of(without_markup(source)[0])]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(f"{LONG}\n\nand ends.", [f"paragraph: {LONG} and ends."], id="torn"),
        pytest.param(
            f"{LONG}\n\n\n\nPhoto Credit : ILO\n\nAnd Ends.",
            [f"paragraph: {LONG} And Ends.", "caption: Photo Credit : ILO"],
            id="torn-by-caption",
        ),
        pytest.param(
            "Short one\n\nPhoto Credit : ILO\n\nand ends.",
            ["paragraph: Short one and ends.", "caption: Photo Credit : ILO"],
            id="short-sentence-torn-by-caption",
        ),
        pytest.param(
            f"{LONG}\n\nPhoto one\n\n\n\nPhoto two\n\nends.",
            [f"paragraph: {LONG} ends.", "caption: Photo one", "caption: Photo two"],
            id="torn-by-two-captions",
        ),
        pytest.param(
            "States (SIDS),\n\nwhich face\n\nstorms.",
            ["paragraph: States (SIDS), which face storms."],
            id="comma",
        ),
        pytest.param(
            "It ends.\n\nnext begins.", ["paragraph: It ends.", "paragraph: next begins."], id="ended"
        ),
        pytest.param(
            'It "ends."\n\n(It ended?)\n\nnext',
            ['paragraph: It "ends."', "paragraph: (It ended?)", "paragraph: next"],
            id="ended-in-quotes",
        ),
        pytest.param(
            "Before.\n\n\n\nPhoto by Rio\n\nBehind.",
            ["paragraph: Before.", "caption: Photo by Rio", "paragraph: Behind."],
            id="picture-gap",
        ),
        pytest.param(
            f"{LONG}\n\n▶ Africa\n\nand on.",
            [f"paragraph: {LONG}", "heading: Africa", "paragraph: and on."],
            id="heading-stops",
        ),
        pytest.param(
            "Contact\n\nStreet 4\nTown 5\n\nUnit\n\nT: 1\nE: a@b.c",
            [
                *("heading: Contact", "line: Street 4", "line: Town 5"),
                *("line: Unit", "line: T: 1", "line: E: a@b.c"),
            ],
            id="address",
        ),
        pytest.param(
            "Text.\n\n- first\n- second thing\n  goes on\n3. Third",
            ["paragraph: Text.", "line: - first", "line: - second thing goes on", "line: 3. Third"],
            id="bullets",
        ),
        pytest.param("▶ A\n►B\n##   C", ["heading: A", "heading: B", "heading: C"], id="markers"),
        pytest.param("#tag it is.", ["paragraph: #tag it is."], id="hash-of-a-tag"),
        pytest.param("▶", ["paragraph: ▶"], id="marker-alone"),
        pytest.param(r"\# Five.", ["paragraph: # Five."], id="escaped-marker"),
        pytest.param("  a \t b\r\n\r\n \r\nC.\r\n", ["paragraph: a b", "paragraph: C."], id="white-space"),
    ],
)
def test_a_torn_page_is_put_together(source: str, expected: list[str]) -> None:
    # A marked heading in front: in a document with some, a short line is not taken for another.
    assert [f"{kind}: {text}" for kind, text in laid_out(f"# Top\n\n{source}")[1:]] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("Only one line.", [("paragraph", "Only one line.")], id="one-line"),
        pytest.param(
            "Aims\n\nFirst. Second.\n\nMeans\n\nThird.",
            [
                *(("heading", "Aims"), ("paragraph", "First. Second.")),
                *(("heading", "Means"), ("paragraph", "Third.")),
            ],
            id="unmarked-headings",
        ),
        pytest.param("First.\n\nSecond.", [("paragraph", "First."), ("paragraph", "Second.")], id="none"),
        pytest.param("Last words", [("paragraph", "Last words")], id="line-that-opens-nothing"),
    ],
)
def test_a_document_without_marked_headings(source: str, expected: list[tuple[str, str]]) -> None:
    assert laid_out(source) == expected


@pytest.mark.parametrize("width", [45, 60, 80])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "  \n"], ids=["lf", "crlf", "spaces"])
def test_text_wrapped_at_a_width_is_one_paragraph(width: int, newline: str) -> None:
    wrapped = newline.join(textwrap.wrap(PROSE, width))
    assert laid_out(f"{wrapped}{newline}{newline}{wrapped}") == [("paragraph", PROSE)] * 2


@given(
    words=st.lists(st.text("abcdefgéَب合", min_size=2, max_size=9), min_size=30, max_size=80),
    width=st.integers(55, 100),
)
@settings(max_examples=100)
def test_whatever_was_wrapped_is_unwrapped(words: list[str], width: int) -> None:
    text = " ".join(words) + "."
    assert laid_out(textwrap.fill(text, width)) == [("paragraph", text)]


@pytest.mark.parametrize(
    ("source", "paths"),
    [
        pytest.param("Plain text.", [""], id="no-heading"),
        pytest.param("Text.\n\n# A\n\nMore.", ["", "A"], id="text-before-the-first"),
        pytest.param("# A\n\nx.\n\n## B\n\ny.\n\n### C\n\n## D", ["A", "A/B", "A/B/C", "A/D"], id="levels"),
        pytest.param("# T\n\n## A\n\nx.\n\n### B\n\ny.\n\n# C", ["T", "A", "A/B", "C"], id="title"),
        pytest.param("▶ A\n\nx.\n\n► B\n\ny.", ["A", "B"], id="arrows-are-level-one"),
        pytest.param("# A\n\n# B\n\n# C", ["A", "B", "C"], id="only-headings"),
        pytest.param("# A", ["A"], id="one-heading"),
    ],
)
def test_sections_have_the_path_of_their_headings(
    source: str, paths: list[str], read_text: Callable[..., Reading]
) -> None:
    assert ["/".join(section.path) for section in read_text(source).sections] == paths
