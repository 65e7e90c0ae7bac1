"""The controls as HTML: each has a name, in every language."""

from __future__ import annotations

import base64
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from sstc_chat.rag.feedback.opinions import REASONS
from sstc_chat.rag.records.export.formats import FORMATS
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.sharing.render import exported_html, failed_html, sent_html, sharing_html

if TYPE_CHECKING:
    from ..conftest import Make


class Parser(HTMLParser):
    """What HTML holds: its tags with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[dict[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = "\"'><script>alert(1)</script>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_and_every_reason_can_be_chosen(language: str) -> None:
    parser = Parser()
    parser.feed(sharing_html(words_in(language)))
    parser.close()
    assert {one["data-suffix"] for one in parser.tags if "data-suffix" in one} == set(FORMATS)
    assert [one["value"] for one in parser.tags if one.get("type") == "radio"] == list(REASONS)
    assert words_in(language)("sharing.kept") in parser.text
    assert "{" not in parser.text


def test_what_comes_back_is_escaped(make: Make) -> None:
    (arrived,) = make.tree(exported_html(HOSTILE, FORMATS[".md"], b"# <b>")).all("div")
    assert arrived.attributes["data-name"] == HOSTILE
    assert base64.b64decode(arrived.attributes["data-content"]) == b"# <b>"
    assert arrived.attributes["data-file"].endswith(".md")
    (sent,) = make.tree(sent_html(HOSTILE, HOSTILE)).all("div")
    assert (sent.attributes["data-name"], sent.attributes["data-token"]) == (HOSTILE, HOSTILE)
    (failed,) = make.tree(failed_html(HOSTILE)).all("div")
    assert "data-failed" in failed.attributes
