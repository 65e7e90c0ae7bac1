"""Markdown reads without its marks, and its spans count in the file as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.markdown import extract

Outline = Callable[[Extract], list[str]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("# One *two* ##\n\nThree", ["heading1: One two", "paragraph: Three"], id="heading"),
        pytest.param("Aims\n----\nText", ["heading2: Aims", "paragraph: Text"], id="underlined"),
        pytest.param("Some **bold _and_** `co de`.", ["paragraph: Some bold and co de."], id="emphasis"),
        pytest.param(
            '[a](http://x "t") [b](#) [c][ref] <http://d>\n\n[ref]: y',
            ["paragraph: a b c http://d"],
            id="links",
        ),
        pytest.param(r"\$5 and 2 \* 3 &amp; more", ["paragraph: $5 and 2 * 3 &amp; more"], id="escapes"),
        pytest.param("wrapped\nonce\\\nand  \nagain", ["paragraph: wrapped once and again"], id="wrapped"),
        pytest.param("> quoted *x*\n> goes on\nlazily", ["paragraph: quoted x goes on lazily"], id="quote"),
        pytest.param(
            "- one\n  more\n- [x] *two*\n  1. three",
            ["line: - one more", "line: - [x] two", "line: 1. three"],
            id="lists",
        ),
        pytest.param("![alt](a.png) seen", ["paragraph: seen"], id="image"),
        pytest.param("```sh\nmake run\n\nmake test\n```", ["line: make run", "line: make test"], id="code"),
        pytest.param("<div>\nin <b>HTML</b> <!-- no -->\n</div>", ["paragraph: in HTML"], id="html"),
        pytest.param(
            "| Country | Budget |\n|---|:--|\n| Kenya | $5 m |\n| Fiji \\| x | |",
            ["line: Country Kenya | Budget $5 m", "line: Country Fiji | x |"],
            id="table",
        ),
        pytest.param("|A|B|\n|-|-|\n|1|2|", ["line: A|1|B2"], id="table-without-space"),
    ],
)
def test_it_reads_without_its_marks(source: str, expected: list[str], outline: Outline) -> None:
    found = extract(source.encode())
    assert found.text == source
    assert outline(found) == expected


def test_the_front_matter_says_what_it_is(outline: Outline) -> None:
    found = extract(b'---\ntitle: "The title"\nlang: fr\ndate: 2024-06-01\nother: x\n---\n# Text\n')
    assert outline(found) == ["heading1: Text"]
    assert found.said == {"title": "The title", "language": "fr", "date": "2024-06-01"}


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(UnreadableError, match="nested more than 60 levels deep"):
        extract(b"> " * 500 + b"x")


pieces = st.sampled_from(
    [
        *"# ** * _ ` [ ] ]( ) (x) \\ \\$ <b> </b> <http://a> ![ | |-|-| - 1. > ``` --- === &amp;".split(),
        *"Rio. aid 合作 تعاون é".split(),
        "\n",
        "\n\n",
        " ",
        "  \n",
        "\r\n",
        "    ",
    ]
)


@given(st.lists(pieces, max_size=50).map("".join))
@settings(max_examples=300)
def test_every_quote_is_exact(assert_exact: Callable[[Extract], None], source: str) -> None:
    assert_exact(extract(source.encode()))
