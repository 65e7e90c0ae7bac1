"""The documents of a library as HTML: a table, and where files are dropped."""

from __future__ import annotations

from collections.abc import Sequence

from sstc_chat.rag.documents.listing import Row, readable
from sstc_chat.ui.languages.words import LANGUAGES, Words
from sstc_chat.ui.page.markup import Html, element, join, unseen

# A page with more rows than this is slow; the command line lists all.
MOST_ROWS = 500


def documents_html(rows: Sequence[Row], words: Words, kinds: Sequence[str], *, editing: bool) -> Html:
    """Return the table and, where the library may be edited, what adds documents and takes them out.

    Parameters
    ----------
    rows
        The documents.
    words
        Of the page.
    kinds
        The endings of files that can be read.
    editing
        Whether the library may be edited here.
    """
    shown = rows[:MOST_ROWS]
    return join(
        element("h2", words("documents.view")),
        _dropping(words, kinds) if editing else element("p", words("documents.read_only"), class_="hint"),
        _table(shown, len(rows), words, editing=editing) if rows else element("p", words("documents.none")),
        element("p", words("documents.more", number=len(rows) - MOST_ROWS)) if len(rows) > MOST_ROWS else "",
    )


def _dropping(words: Words, kinds: Sequence[str]) -> Html:
    choose = element("input", type="file", multiple=True, accept=",".join(kinds), class_="unseen")
    label = (element("strong", words("documents.add")), element("span", words("documents.drop")))
    undo = element("button", words("documents.undo"), type="button", data_undo=True)
    return join(
        element("label", *label, element("small", " ".join(kinds), dir="ltr"), choose, class_="drop"),
        element("ul", class_="sent", aria_label=words("documents.progress")),
        element("p", element("span"), " ", undo, class_="undo", hidden=True),
    )


def _table(rows: Sequence[Row], number: int, words: Words, *, editing: bool) -> Html:
    heads = [
        words("documents.title"),
        words("documents.language"),
        words("documents.year"),
        words("documents.size"),
        words("documents.sentences"),
        *([unseen(words("documents.remove"))] if editing else []),
    ]
    table = element(
        "table",
        element("caption", words("documents.caption", number=number)),
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *(_row(row, words, editing=editing) for row in rows)),
    )
    return element(
        "div", table, class_="scroll", tabindex="0", role="region", aria_label=words("documents.view")
    )


def _row(row: Row, words: Words, *, editing: bool) -> Html:
    title = element("span", row.title, lang=row.language or None, dir="auto")
    label = words("documents.remove_one", title=row.title)
    button = element(
        "button",
        words("documents.remove"),
        type="button",
        aria_label=label,
        data_remove=row.id,
        data_title=row.title,
    )
    return element(
        "tr",
        element("th", title, scope="row"),
        element("td", LANGUAGES.get(row.language, row.language)),
        element("td", row.date),
        element("td", element("bdi", readable(row.size), dir="ltr")),
        element("td", f"{row.sentences:,}"),
        element("td", button) if editing else "",
    )
