"""The reading room beside the chat: what stands there, how a document is opened, how its pages are shown."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import gradio as gr

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.readers.places import marked_pages
from sstc_chat.ui.page.markup import Html, element, join
from sstc_chat.ui.page.parts import AT_ONCE, fresh, heard, html, parcel, told
from sstc_chat.ui.page.views import Site
from sstc_chat.ui.reading.heard import Wanted, wanted
from sstc_chat.ui.reading.pages import dialog_html, failed_html, pages_html
from sstc_chat.ui.reading.report import open_report

EVENTS = "['pages']"
# A selection may run through the whole document.
MOST_PAGES = 10
logger = logging.getLogger(__name__)
Handler = Callable[[gr.EventData], str]


def lay_out_report(site: Site) -> None:
    """Place the report, and open another one, or pages of it, when that is asked for."""
    with gr.Column(elem_id="report-side"):
        report = fresh("report", f"sstc.reading.report(element, trigger, watch, {EVENTS})")
        html(dialog_html(site.words), "printed")
        arriving = html("", "pages-arriving", "sstc.pages.arriving(element, watch)")
    report.select(_opening(site), None, report, **AT_ONCE)
    report.pages(_showing(site), None, arriving, trigger_mode="multiple", **AT_ONCE)


def first_report(site: Site) -> Html:
    """Return the report that is there before another one is asked for."""
    return open_report(site.engine, site.words)


def _opening(site: Site) -> Handler:
    def opening(event: gr.EventData) -> str:
        """Show the document that was asked for; never twice the same, since the script waits for a change."""
        mark = element("span", hidden=True, data_shown=str(time.monotonic_ns()))
        return join(open_report(site.engine, site.words, told(event, "document")), mark)

    return opening


def _showing(site: Site) -> Handler:
    def showing(event: gr.EventData) -> str:
        """Show pages of a document as they were printed, with what was quoted from them marked."""
        asked = wanted(heard(event))
        try:
            return parcel(_pages(site, asked))
        except DocumentError:
            logger.exception("A page cannot be shown")
            return parcel(failed_html(site.words, asked.name))

    return showing


def _pages(site: Site, asked: Wanted) -> Html:
    store = site.engine.store
    document = store.document(asked.document)
    if document is None or not (asked.spans or asked.page):
        raise DocumentError(f"There is nothing to show of {asked.document!r}. Open the page again.")
    pages = marked_pages(document, asked.spans, [asked.page] if asked.page else (), MOST_PAGES)
    if not pages:
        raise DocumentError(f"{document.title!r} has no such place. Open the page again.")
    quote = plain(store.characters(document.id, asked.spans))
    return pages_html(document, pages, quote, site.words, asked.name)
