"""The documents as HTML: every text is escaped, and what cannot be done is not offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sstc_chat.rag.documents.listing import Row
from sstc_chat.ui.documents.table import MOST_ROWS, documents_html
from sstc_chat.ui.languages.words import LANGUAGES, words_in

if TYPE_CHECKING:
    from tests.ui.conftest import Make

EVIL = '<script>alert("x")</script>\u202e'
KINDS = [".md", ".txt"]


def row(name: str = "one", title: str = "A title") -> Row:
    return Row(name, "fr", "2024", 24_000, 1234, 40, title)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("editing", [False, True])
def test_each_document_is_a_row_with_what_is_known_of_it(language: str, editing: bool, make: Make) -> None:
    html = documents_html([row(), row("two", EVIL)], words_in(language), KINDS, editing=editing)
    tree = make.tree(html)
    heads = tree.all(".//thead//th")
    rows = tree.all(".//tbody/tr")
    assert len(heads) == 5 + editing
    assert [one.text for one in tree.all(".//tbody/tr/th")] == ["A title", EVIL]
    assert [cell.text for cell in rows[0].all("td")][:4] == ["Français", "2024", "24 kB", "1,234"]
    buttons = [one.attributes["data-remove"] for one in tree.all(".//tbody//button")]
    assert buttons == (["one", "two"] if editing else [])
    assert len(tree.all(".//input")) == editing


def test_of_very_many_documents_the_first_are_shown(make: Make) -> None:
    rows = [row(str(number)) for number in range(MOST_ROWS + 7)]
    tree = make.tree(documents_html(rows, words_in("en"), KINDS, editing=False))
    assert len(tree.all(".//tbody/tr")) == MOST_ROWS
    assert "not shown: 7" in tree.text
    assert f"Documents: {MOST_ROWS + 7}" in tree.text


def test_a_library_without_documents_says_so(make: Make) -> None:
    tree = make.tree(documents_html([], words_in("en"), KINDS, editing=True))
    assert tree.all(".//table") == []
    assert "There are no documents yet." in tree.text
