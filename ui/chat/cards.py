"""The sources of an answer: the button behind each quote, and a card for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sstc_chat.index.types import Source
from sstc_chat.rag.types import Citation
from sstc_chat.ui.chat.citing import bibtex, csl_json, plain_citation
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.markup import Html, element, join
from sstc_chat.ui.reading.permalinks import SUM_LENGTH, version_of
from sstc_chat.ui.reading.places import spans_value

# A quote backs an answer. A passage is only near to a question that has none.
Shown = Literal["quote", "passage"]
SHOW: dict[Shown, str] = {"quote": "chat.show_quote", "passage": "chat.show_passage"}
Sources = Mapping[str, Source]


def sources_of(engine: Answerer) -> Sources:
    """Return the documents that `engine` answers from, by their ids."""
    return {source.id: source for source in engine.sources()}


def cite_button(citation: Citation, sources: Sources, words: Words) -> Html:
    """Return the `[1]` behind a quote; the page's script shows the quote where it is pointed at."""
    return element(
        "button",
        f"[{citation.number}]",
        type="button",
        class_="cite",
        aria_label=words("chat.show_quote", number=citation.number),
        **_place(citation, sources),
    )


def card(citation: Citation, sources: Sources, words: Words, kind: Shown = "quote") -> Html:
    """Return the source of a quote: its document, section and page, the quote, and what to do with it."""
    source = sources.get(citation.document_id)
    language = source.language if source else None
    title = element("span", citation.document_title, class_="card-title", lang=language, dir="auto")
    number = element("span", str(citation.number), class_="card-number", aria_hidden="true")
    return element(
        "li",
        number,
        element(
            "div",
            element("p", title, class_="card-head"),
            place_html(citation, language, words),
            element("p", citation.quote, class_="card-quote", lang=language, dir="auto"),
            element(
                "div",
                _show(citation, sources, kind, words),
                _show_page(citation, source, words),
                _copy(citation, source, words),
                class_="card-tools",
            ),
        ),
        class_="card",
    )


def place_html(citation: Citation, language: str | None, words: Words) -> Html:
    """Return the section of a quote and, where known, its page."""
    section = element("span", " / ".join(citation.section), lang=language, dir="auto")
    known = [part for part in (section if citation.section else "", _page(citation, words)) if part]
    return element("p", join(*known, by=" · "), class_="card-place")


def _show(citation: Citation, sources: Sources, kind: Shown, words: Words) -> Html:
    return element(
        "button",
        words("chat.show"),
        type="button",
        class_="show",
        aria_label=words(SHOW[kind], number=citation.number),
        **_place(citation, sources),
    )


def _show_page(citation: Citation, source: Source | None, words: Words) -> Html:
    """Return what shows the page of a quote as it was printed; nothing where that is not known any more."""
    if citation.page is None or source is None or source.sha256 != citation.document_sha256:
        return Html("")
    label = words("reading.show_page")
    return element(
        "button",
        label,
        type="button",
        class_="show-printed",
        aria_label=f"{label} [{citation.number}]",
        data_document=citation.document_id,
        data_printed=spans_value(citation.spans),
    )


def _place(citation: Citation, sources: Sources) -> dict[str, str | None]:
    """Return where a quote stands, what must stand there, of which version, and which one there is now."""
    now = sources.get(citation.document_id)
    return {
        "data_quote": citation.quote,
        "data_document": citation.document_id,
        "data_spans": spans_value(citation.spans),
        "data_version": citation.document_sha256[:SUM_LENGTH],
        "data_current": version_of(now) if now else None,
    }


def _copy(citation: Citation, source: Source | None, words: Words) -> Html:
    """Return what copies a citation; the forms for whole documents need one that is in the index."""
    forms = {words("chat.plain_text"): plain_citation(citation, source, _page(citation, words))}
    if source:
        forms |= {"BibTeX": bibtex(source), "CSL-JSON": csl_json(source)}
    buttons = [
        element("button", name, type="button", class_="copy", data_copy=text) for name, text in forms.items()
    ]
    label = words("chat.copy_number", number=citation.number)
    summary = element("summary", words("chat.copy"), aria_label=label)
    return element("details", summary, element("div", *buttons), class_="copies")


def _page(citation: Citation, words: Words) -> str:
    return "" if citation.page is None else words("chat.page", number=citation.page)
