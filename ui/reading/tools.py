"""What stands around a document: its contents, the search in it, what can be done with a passage."""

from __future__ import annotations

from collections.abc import Sequence

from sstc_chat.index.types import Line, Source
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element
from sstc_chat.ui.reading.permalinks import section_link
from sstc_chat.ui.reading.text import Text, depth_of


def tools_html(text: Text, sources: Sequence[Source], words: Words) -> Html:
    """Return the bar above a document; with more than one, there is a choice of them."""
    choice = chooser_html(text.source, sources, words) if len(sources) > 1 else _title_html(text.source)
    return element("div", contents_html(text, words), finder_html(words), choice, class_="tools")


def contents_html(text: Text, words: Words) -> Html:
    """Return links to the sections; empty where there are none."""
    entries = [
        element("li", _entry(line, text), data_depth=str(depth_of(line)))
        for line in text.lines
        if line.kind == "heading"
    ]
    if not entries:
        return Html("")
    return element(
        "details",
        element("summary", words("reading.contents")),
        element("nav", element("ol", *entries, dir="auto"), aria_label=words("reading.contents_label")),
        class_="contents",
    )


def finder_html(words: Words) -> Html:
    """Return the search within the document."""
    return element(
        "search",
        element(
            "input",
            type="search",
            aria_label=words("reading.search"),
            placeholder=words("reading.search"),
            autocomplete="off",
            spellcheck="false",
            enterkeyhint="search",
            dir="auto",
        ),
        element("span", class_="count", role="status"),
        _button("previous", words("reading.previous"), disabled=True),
        _button("next", words("reading.next"), disabled=True),
        class_="finder",
    )


def chooser_html(source: Source, sources: Sequence[Source], words: Words) -> Html:
    """Return a choice of documents."""
    options = [element("option", one.title, value=one.id, selected=one.id == source.id) for one in sources]
    return element("select", *options, class_="chooser", aria_label=words("reading.document"))


def passage_html(words: Words, *, has_pages: bool) -> Html:
    """Return what can be done with a passage that is marked or selected."""
    show = element("button", words("reading.show_page"), type="button", class_="show-page")
    return element(
        "div",
        element("button", words("reading.back"), type="button", class_="back"),
        element("button", words("reading.ask"), type="button", class_="ask-about"),
        show if has_pages else "",
        element("button", words("reading.copy_link"), type="button", class_="copy-link"),
        class_="passage-tools",
        role="group",
        aria_label=words("reading.passage"),
    )


def _entry(line: Line, text: Text) -> Html:
    name = text.names[line.number]
    address = section_link(text.source, name)
    return element("a", line.text, href=address, data_section=name, dir="auto")


def _title_html(source: Source) -> Html:
    """Return what keeps the title in view; screen readers have it from the heading."""
    return element("span", source.title, class_="tools-title", aria_hidden="true", dir="auto")


def _button(name: str, label: str, *, disabled: bool) -> Html:
    return element("button", type="button", class_=name, aria_label=label, title=label, disabled=disabled)
