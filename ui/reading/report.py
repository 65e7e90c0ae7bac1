"""The reading room: a document, and what stands around it."""

from __future__ import annotations

from sstc_chat.index.types import Source
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.markup import Html, element
from sstc_chat.ui.reading.text import Text, text_html
from sstc_chat.ui.reading.tools import passage_html, tools_html


def open_report(engine: Answerer, words: Words, document_id: str | None = None) -> Html:
    """Return the room with a document: the one with this id, or else the first, which it then says."""
    engine = engine.now()
    sources = engine.sources()
    if not sources:
        return element("p", words("reading.empty"), class_="empty")
    chosen = next((source for source in sources if source.id == document_id), None)
    missing = "" if document_id is None or chosen else words("reading.no_document")
    text = _text(engine, chosen or sources[0])
    return element(
        "section",
        tools_html(text, sources, words),
        element("p", missing, class_="reading-notice", role="status"),
        text_html(text, words),
        passage_html(words, has_pages=text.has_pages),
        aria_label=words("chat.report"),
        class_="reader",
    )


def _text(engine: Answerer, source: Source) -> Text:
    lines = engine.lines(source.id)
    last = max((end for line in lines for _, end in line.spans), default=0)
    return Text(source, lines, engine.store.characters(source.id, ((0, last),)))
