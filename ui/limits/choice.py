"""The choice of the documents that are asked, as HTML: a button that tells it, a panel that changes it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sstc_chat.index.types import Source
from sstc_chat.rag.documents.limits import KINDS, Limits
from sstc_chat.rag.types import LimitedTo
from sstc_chat.ui.languages.words import LANGUAGES, Words
from sstc_chat.ui.page.markup import Html, element, join

# So many documents are offered at a time; more are found by their titles.
MOST_OFFERED = 100
# So many names are told of what an answer was limited to.
MOST_NAMED = 5
LEGENDS = {"languages": "documents.language", "years": "documents.year"}


@dataclass(frozen=True)
class Choice:
    """What is chosen among `sources`, and how many documents that leaves."""

    sources: Sequence[Source]
    limits: Limits
    asked: int


def control_html(words: Words) -> Html:
    """Return the button beside the question, and the panel that it opens, to be filled in."""
    close = element("button", words("limits.done"), type="button", class_="close")
    find = element("input", type="search", class_="find", dir="auto", aria_label=words("limits.find"))
    clear = element("button", words("limits.clear"), type="button", class_="clear")
    panel = element(
        "dialog",
        element("div", element("h2", words("limits.panel"), id="limits-title"), close, class_="limits-head"),
        element("p", words("limits.hint")),
        element("label", element("span", words("limits.find")), find, class_="limits-find"),
        element("div", class_="choices"),
        element("div", element("p", role="status"), clear, class_="limits-foot"),
        id="limits-panel",
        aria_labelledby="limits-title",
    )
    opening = element("button", type="button", class_="limits-open", aria_haspopup="dialog", hidden=True)
    return join(opening, panel)


def choices_html(choice: Choice, find: str, starters: Html, words: Words, name: str) -> Html:
    """Return what fills the panel in and tells the choice.

    Parameters
    ----------
    choice
        What is chosen; the browser keeps it.
    find
        What the titles that are offered hold.
    starters
        What a conversation may start with, under this choice.
    words
        Of the page.
    name
        By which the page's script waits for it.
    """
    others = [_facet(kind, choice, words) for kind in LEGENDS]
    return element(
        "div",
        element("div", _documents(choice, find, words), *others, class_="choices"),
        element("div", starters, class_="offer"),
        data_name=name,
        data_limits=json.dumps(asdict(choice.limits)),
        data_told=_told(choice.asked, len(choice.sources), words),
        data_several=len(choice.sources) > 1,
        data_limited=choice.asked < len(choice.sources),
    )


def limited_html(limited: LimitedTo | None, languages: Mapping[str, str], words: Words) -> Html:
    """Return what an answer was limited to; `languages` are those of documents, by their titles."""
    if limited is None:
        return Html("")
    names = [
        element("bdi", LANGUAGES.get(name, name), lang=languages.get(name))
        for name in limited.names[:MOST_NAMED]
    ]
    further = len(limited.names) - len(names)
    more = [words("limits.more", number=further)] if further > 0 else []
    told = _told(limited.asked, limited.of, words)
    return element("p", f"{told} (", join(*names, *more, by="; "), ")", class_="limited")


def ask_all_html(words: Words) -> Html:
    """Return the button that asks a refused question of all documents."""
    return element("button", words("limits.ask_all"), type="button", class_="ask-all")


def _told(asked: int, of: int, words: Words) -> str:
    return words("limits.all", all=of) if asked == of else words("limits.some", asked=asked, all=of)


def _documents(choice: Choice, find: str, words: Words) -> Html:
    sought = find.casefold().split()
    found = [one for one in choice.sources if all(part in one.title.casefold() for part in sought)]
    offered = [_box("documents", one.id, one.title, choice, one.language) for one in found[:MOST_OFFERED]]
    further = len(found) - MOST_OFFERED
    if not found:
        offered = [element("p", words("limits.no_title"))]
    if further > 0:
        offered.append(element("p", words("limits.further", number=further)))
    return _group(words("documents.view"), offered, "documents")


def _facet(kind: str, choice: Choice, words: Words) -> Html:
    """Return the languages or years of the documents, with how many each has."""
    counts = Counter(filter(None, map(KINDS[kind], choice.sources)))
    boxes = [
        _box(kind, value, f"{LANGUAGES.get(value, value)} ({number})", choice)
        for value, number in sorted(counts.items())
    ]
    return _group(words(LEGENDS[kind]), boxes, kind) if len(boxes) > 1 else Html("")


def _group(legend: str, boxes: Iterable[Html | str], kind: str) -> Html:
    return element("fieldset", element("legend", legend), *boxes, data_kind=kind)


def _box(kind: str, value: str, label: str, choice: Choice, language: str | None = None) -> Html:
    chosen = value in getattr(choice.limits, kind)
    box = element("input", type="checkbox", name_=kind, value=value, checked=chosen)
    return element("label", box, element("span", label, dir="auto", lang=language))
