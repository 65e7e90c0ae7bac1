"""What leads from an answer to a place in a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sstc_chat.corpus.types import Spans
from sstc_chat.rag.types import Citation
from sstc_chat.ui.markup import Html, element, join

# A quote backs an answer. A passage is only near to a question that has none.
Shown = Literal["quote", "passage"]


def spans_value(spans: Spans) -> str:
    """Return `spans` as an attribute: `12-40 57-90`."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def cite_button(citation: Citation) -> Html:
    """Return the `[1]` behind a quote."""
    return element(
        "button",
        f"[{citation.number}]",
        type="button",
        class_="cite",
        title=citation.quote,
        aria_label=f"Show quote {citation.number} in the report",
        data_document=citation.document_id,
        data_spans=spans_value(citation.spans),
    )


def card(citation: Citation, languages: Mapping[str, str], kind: Shown = "quote") -> Html:
    """Return the source of a quote: its document, section and page, and the quote."""
    language = languages.get(citation.document_id)
    title = element("span", citation.document_title, class_="card-title", lang=language, dir="auto")
    number = element("span", str(citation.number), class_="card-number", aria_hidden="true")
    button = element(
        "button",
        "Show in the report",
        type="button",
        class_="show",
        aria_label=f"Show {kind} {citation.number} in the report",
        data_document=citation.document_id,
        data_spans=spans_value(citation.spans),
    )
    return element(
        "li",
        number,
        element(
            "div",
            element("p", title, class_="card-head"),
            place_html(citation, language),
            element("p", citation.quote, class_="card-quote", lang=language, dir="auto"),
            button,
        ),
        class_="card",
    )


def place_html(citation: Citation, language: str | None) -> Html:
    """Return the section of a quote and, where known, its page."""
    section = element("span", " / ".join(citation.section), lang=language, dir="auto")
    page = "" if citation.page is None else f"page {citation.page}"
    known = [part for part in (section if citation.section else "", page) if part]
    return element("p", join(*known, by=" · "), class_="card-place")
