"""A document as HTML: all of it, in order, and every sentence with its source characters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.types import Spans
from sstc_chat.index.types import Line
from sstc_chat.ui.languages.words import words_in
from sstc_chat.ui.reading.report import open_report
from sstc_chat.ui.reading.text import Text, sentence_html, text_html

if TYPE_CHECKING:
    from tests.ui.conftest import Make
    from tests.ui.markup import Tree

WORDS = words_in("en")
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
ROWS = [
    ("heading", "The report one"),
    ("heading", "Africa"),
    ("paragraph", "It began."),
    ("caption", "A photograph"),
    ("line", "Street 4"),
    ("line", "Geneva"),
]


@pytest.fixture
def tree(make: Make) -> Tree:
    return make.tree(open_report(make.engine({"one": ROWS}, publisher="ILO", year="2024"), WORDS))


def test_everything_is_there_in_reading_order(tree: Tree) -> None:
    sentences = [one for one in tree.all(".//span") if one.attributes.get("class") == "sentence"]
    assert [one.text for one in sentences] == [text for _, text in ROWS]


def test_the_title_is_the_heading_the_document_starts_with(tree: Tree) -> None:
    assert [one.text for one in tree.all(".//h2")] == ["The report one"]
    assert [one.text for one in tree.all(".//h3")] == ["Africa"]
    assert tree.one(".//header/p").text == "ILO · 2024"


def test_a_document_without_title_in_its_text_is_given_one(make: Make) -> None:
    tree = make.tree(open_report(make.engine({"two": [("paragraph", "It began.")]}), WORDS))
    assert [one.text for one in tree.all(".//h2")] == ["The report two"]
    assert tree.all(".//nav") == []


def test_each_kind_is_set_as_what_it_is(tree: Tree) -> None:
    blocks = [
        (one.tag, one.attributes.get("class"))
        for one in tree.all()
        if "passage" in one.attributes.get("class", "").split()
    ]
    assert blocks == [
        ("p", "passage paragraph"),
        ("p", "passage caption"),
        ("div", "passage line"),
        ("div", "passage line"),
    ]


def test_the_contents_lead_to_the_headings(tree: Tree) -> None:
    links = {one.text: one.attributes for one in tree.one(".//nav").all(".//a")}
    headings = {one.text: one.attributes["id"] for tag in ("h2", "h3") for one in tree.all(f".//{tag}")}
    assert {text: f"section-{link['data-section']}" for text, link in links.items()} == headings
    assert links["Africa"]["href"] == "?document=one&section=africa"


def test_beside_each_heading_stands_its_address(tree: Tree) -> None:
    links = [one.attributes for one in tree.all(".//article//a")]
    assert [link["href"] for link in links] == [
        "?document=one&section=the-report-one",
        "?document=one&section=africa",
    ]
    assert links[1]["aria-label"] == "Copy link to the section: Africa"


def test_a_page_is_named_where_it_begins(make: Make) -> None:
    lines, text = make.lines("one", *ROWS)
    paged = [replace(line, page=page) for line, page in zip(lines, [1, 1, 2, 2, 3, None], strict=True)]
    tree = make.tree(text_html(Text(make.source(), paged, text), WORDS))
    named = {one.text: one.attributes["data-page"] for one in tree.all() if "data-page" in one.attributes}
    assert named == {"The report one": "Page 1", "It began.": "Page 2", "Street 4": "Page 3"}


def test_a_link_of_the_source_leads_where_it_says(make: Make) -> None:
    source = r"In [Ke\$nya](https://ilo.org/a?b&c) and [Mali](javascript:x) now."
    line = Line(0, "", "one", (), None, 0, "paragraph", "In Ke$nya and Mali now.", ((0, len(source)),))
    sentence = make.tree(sentence_html(line, Text(make.source(), [line], source))).one("./span")
    (link,) = sentence.all(".//a")
    assert link.text == "Ke$nya"
    assert link.attributes["href"] == "https://ilo.org/a?b&c"
    assert {"noopener", "noreferrer"} <= set(link.attributes["rel"].split())
    assert sentence.text == line.text


def test_sentences_of_one_block_stand_in_one_paragraph(make: Make) -> None:
    lines, text = make.lines("one", ("paragraph", "One."), ("paragraph", "Two."))
    together = [replace(line, block=0) for line in lines]
    tree = make.tree(text_html(Text(make.source(), together, text), WORDS))
    assert [one.text for one in tree.all(".//p[@class='passage paragraph']")] == ["One. Two."]


@pytest.mark.parametrize(
    ("text", "source", "spans", "runs"),
    [
        pytest.param("One.", "One.", ((0, 4),), [("0", "4")], id="one run"),
        pytest.param("A $5", "A \\$5", ((0, 5),), [("0", "2"), ("2", "4"), ("4", "5")], id="escape"),
        pytest.param("A b", "A CAP b", ((0, 2), (6, 7)), [("0", "2"), ("6", "7")], id="caption"),
    ],
)
def test_a_sentence_carries_its_spans(
    make: Make, text: str, source: str, spans: Spans, runs: list[tuple[str, str]]
) -> None:
    line = Line(0, "", "one", (), None, 0, "paragraph", text, spans)
    sentence = make.tree(sentence_html(line, Text(make.source(), [line], source))).one("./span")
    assert sentence.attributes.get("data-spans") == " ".join(f"{start}-{end}" for start, end in spans)
    assert [
        (run.attributes.get("data-start"), run.attributes.get("data-end")) for run in sentence.all("./span")
    ] == runs
    assert sentence.text == text


def test_one_document_gives_no_choice(tree: Tree) -> None:
    assert tree.all(".//select") == []


def test_several_documents_give_a_choice_of_one(make: Make) -> None:
    engine = make.engine({"one": ROWS, "two": [("paragraph", "Other.")]})
    tree = make.tree(open_report(engine, WORDS, "two"))
    options = [
        (one.attributes.get("value"), one.attributes.get("selected") is not None)
        for one in tree.all(".//option")
    ]
    assert options == [("one", False), ("two", True)]
    assert tree.one(".//article").attributes.get("data-document") == "two"
    assert "It began." not in open_report(engine, WORDS, "two")


def test_an_unknown_document_opens_the_first_and_says_so(make: Make) -> None:
    engine = make.engine({"one": ROWS, "two": [("paragraph", "Other.")]})
    first, unknown = (make.tree(open_report(engine, WORDS, name)) for name in (None, "gone"))
    notice = ".//p[@class='reading-notice']"
    assert unknown.one(".//article").text == first.one(".//article").text
    assert first.one(notice).text == ""
    assert unknown.one(notice).text == WORDS("reading.no_document")


def test_an_empty_index_says_what_to_do(make: Make) -> None:
    assert "sstc-chat index add" in open_report(make.engine({}), WORDS)


def test_what_is_hostile_is_shown_and_nothing_more(make: Make) -> None:
    rows = [("heading", HOSTILE), ("paragraph", HOSTILE), ("caption", HOSTILE), ("line", HOSTILE)]
    engine = make.engine({HOSTILE: rows, "two": []}, publisher=HOSTILE, year=HOSTILE, language=HOSTILE)
    tree = make.tree(open_report(engine, WORDS))
    assert not {"script", "img"} & {one.tag for one in tree.all()}
    assert not [key for one in tree.all() for key in one.attributes if key.startswith("on")]
    assert tree.one(".//p[@class='passage paragraph']").text == HOSTILE
