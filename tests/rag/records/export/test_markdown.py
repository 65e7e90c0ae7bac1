"""Markdown: what is text stays text, as a Markdown parser that is not ours reads it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sstc_chat.rag.records.export.conversation import clean
from sstc_chat.rag.records.export.formats import exported
from sstc_chat.rag.records.export.markdown import escape

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})
QUOTE = r"“A cup of green tea costs five dollars in most of the towns of the country \[3\].”"
Records = list[dict[str, Any]]


def shown(markdown: str) -> tuple[list[str], str]:
    """Return which blocks Markdown makes of it, and the text it shows."""
    tokens = MARKDOWN.parse(markdown)
    inline = [child for token in tokens for child in token.children or []]
    kinds = [token.type for token in tokens if not token.type.endswith("_close")]
    return kinds + [one.type for one in inline if one.type not in {"text", "text_special"}], "".join(
        one.content for one in inline
    )


@given(st.text() | st.text("#*_`[]()<>|~&$-+=.!\\1 a:\"'", max_size=20))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    text = clean(text)
    kinds, says = shown(escape(text))
    assert says == text
    assert kinds == (["paragraph_open", "inline"] if text else [])


@pytest.fixture
def markdown(conversation: Records) -> str:
    return exported(conversation, ".md", "en").decode()


def test_every_question_is_a_heading_and_every_quote_a_quotation(markdown: str) -> None:
    tokens = MARKDOWN.parse(markdown)
    headings = [tokens[place + 1] for place, one in enumerate(tokens) if one.type == "heading_open"]
    says = ["".join(child.content for child in one.children or []) for one in headings]
    assert [says[0], says[1], says[2], says[4]] == [
        *("Answers from the reports", "How much is tea?", "وماذا عن القهوة؟", "Sources")
    ]
    assert says[3].startswith("# <b>*No*</b> [link](javascript:x) `code` & | $x$ ]]> _end_ \ufffd\ufffd[31m")
    quotations = [place for place, one in enumerate(tokens) if one.type == "blockquote_open"]
    assert len(quotations) == 3
    assert not [one for one in tokens if one.type.startswith("html")]
    within = {child.type for one in tokens for child in one.children or []}
    assert within.isdisjoint({"link_open", "html_inline", "image", "code_inline", "strong_open", "s_open"})


def test_every_mark_has_its_footnote_and_none_is_over(markdown: str) -> None:
    marks = re.findall(r"(?<!^)\[\^(\d+)\]", markdown, re.MULTILINE)
    notes = re.findall(r"^\[\^(\d+)\]: (.*)$", markdown, re.MULTILINE)
    assert marks == [number for number, _ in notes] == ["1", "2", "3", "4", "5"]
    assert notes[0][1] == "*On tea*, Prices, Cups, page 7, characters 10–20, 25–30"
    assert notes[1][1] == "*Du café*, characters 10–20, 25–30"
    # Prose does not hold the quotes that it rests on: their footnotes do.
    assert notes[2][1].endswith(f": {QUOTE}")
    assert notes[4][1] == notes[0][1]


def test_a_number_in_brackets_within_a_quote_is_no_mark(markdown: str) -> None:
    assert f"> {QUOTE}[^1]" in markdown


def test_what_a_follow_up_was_understood_as_is_said(markdown: str) -> None:
    assert "\n\nUnderstood as: ما هو سعر القهوة؟\n\n" in markdown
    assert markdown.count("Understood as") == 1


def test_each_document_is_named_once_with_its_sum(markdown: str) -> None:
    assert markdown.count("a" * 64) == markdown.count("b" * 64) == 1
    assert f"- *On tea*, on tea, SHA-256 {'a' * 64}" in markdown


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar", "zh", "ru"])
def test_the_words_around_are_those_of_the_reader(conversation: Records, language: str) -> None:
    says = exported(conversation, ".md", language).decode()
    assert says.startswith("# ")
    assert ("Answers from the reports" in says) == (language == "en")
    assert "{" not in says
    assert says.count("[^") == 10


def test_a_language_that_is_not_there_is_english(conversation: Records) -> None:
    assert exported(conversation, ".md", "xx") == exported(conversation, ".md", "en")
    assert exported(conversation, ".md", "fr-CH") == exported(conversation, ".md", "fr")


def test_it_says_which_model_wrote_the_prose(conversation: Records) -> None:
    by_model = [{**one, "fingerprint": {"language_model": "a *model*"}} for one in conversation]
    says = shown(exported(by_model, ".md", "en").decode())[1]
    assert says.count("Written by a *model*; each sentence was checked") == 1
