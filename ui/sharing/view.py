"""Export and feedback on the page: what the browser asks for, and what it is given."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import gradio as gr

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.rag.feedback.keeping import send, take_back
from sstc_chat.rag.output import Json
from sstc_chat.rag.records.boxes import with_boxes
from sstc_chat.rag.records.export.formats import FORMATS, format_of
from sstc_chat.rag.records.record import answer_of
from sstc_chat.ui.page.parts import AT_ONCE, heard, html
from sstc_chat.ui.page.views import Site
from sstc_chat.ui.sharing.heard import Told, opinion_in, records_in, text_in
from sstc_chat.ui.sharing.render import exported_html, failed_html, sent_html, sharing_html

EVENTS = "['export', 'send', 'take_back']"
Answering = Callable[[Told], str]
logger = logging.getLogger(__name__)


def lay_out_sharing(site: Site) -> None:
    """Place the export menu, and wire it and the feedback control that is put under each answer."""
    part = html(sharing_html(site.words), "sharing", f"sstc.sharing.part(element, trigger, {EVENTS})")
    arriving = html("", "shared", "sstc.sharing.arrived(element, watch)")
    for event, handler in ((part.export, _exporting), (part.send, _sending), (part.take_back, _taking_back)):
        event(_answered(handler(site)), None, arriving, trigger_mode="multiple", **AT_ONCE)


def _answered(answering: Answering) -> Callable[[gr.EventData], str]:
    """Return a handler that tells the browser when something could not be done, and why only the log."""

    def handler(event: gr.EventData) -> str:
        told = heard(event)
        try:
            return answering(told)
        except SSTCChatError:
            logger.exception("What a reader wanted to share could not be shared")
            return failed_html(text_in(told, "name"))

    return handler


def _exporting(site: Site) -> Answering:
    def exporting(told: Told) -> str:
        """Return the conversation as a file. None of it stays here."""
        made = format_of(text_in(told, "suffix"))
        records = records_in(told)
        if made is FORMATS[".json"]:
            records = _with_boxes(records, site)
        content = made.make(records, site.words.language)
        return exported_html(text_in(told, "name"), made, content)

    return exporting


def _with_boxes(records: Sequence[Json], site: Site) -> list[Json]:
    for record in records:
        answer_of(record)  # It comes from a browser.
    return with_boxes(records, site.engine.store)


def _sending(site: Site) -> Answering:
    def sending(told: Told) -> str:
        """Keep feedback in the home."""
        token = send(site.home, opinion_in(told), text_in(told, "token"))
        return sent_html(text_in(told, "name"), token)

    return sending


def _taking_back(site: Site) -> Answering:
    def taking_back(told: Told) -> str:
        """Remove feedback that was sent from this browser."""
        take_back(site.home, text_in(told, "token"))
        return sent_html(text_in(told, "name"), "")

    return taking_back
