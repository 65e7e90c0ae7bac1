"""The sources of an answer: the button behind each quote, and a card for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sstc_chat.rag.types import Citation
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join
from sstc_chat.ui.reading.places import spans_value

# A quote backs an answer. A passage is only near to a question that has none.
Shown = Literal["quote", "passage"]
SHOW: dict[Shown, str] = {"quote": "chat.show_quote", "passage": "chat.show_passage"}


def cite_button(citation: Citation, words: Words) -> Html:
    """Return the `[1]` behind a quote."""
    return element(
        "button",
        f"[{citation.number}]",
        type="button",
        class_="cite",
        title=citation.quote,
        aria_label=words("chat.show_quote", number=citation.number),
        data_document=citation.document_id,
        data_spans=spans_value(citation.spans),
    )


def card(citation: Citation, languages: Mapping[str, str], words: Words, kind: Shown = "quote") -> Html:
    """Return the source of a quote: its document, section and page, and the quote."""
    language = languages.get(citation.document_id)
    title = element("span", citation.document_title, class_="card-title", lang=language, dir="auto")
    number = element("span", str(citation.number), class_="card-number", aria_hidden="true")
    button = element(
        "button",
        words("chat.show"),
        type="button",
        class_="show",
        aria_label=words(SHOW[kind], number=citation.number),
        data_document=citation.document_id,
        data_spans=spans_value(citation.spans),
    )
    return element(
        "li",
        number,
        element(
            "div",
            element("p", title, class_="card-head"),
            place_html(citation, language, words),
            element("p", citation.quote, class_="card-quote", lang=language, dir="auto"),
            button,
        ),
        class_="card",
    )


def place_html(citation: Citation, language: str | None, words: Words) -> Html:
    """Return the section of a quote and, where known, its page."""
    section = element("span", " / ".join(citation.section), lang=language, dir="auto")
    page = "" if citation.page is None else words("chat.page", number=citation.page)
    known = [part for part in (section if citation.section else "", page) if part]
    return element("p", join(*known, by=" · "), class_="card-place")
