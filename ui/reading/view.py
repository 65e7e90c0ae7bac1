"""The reading room beside the chat: what stands there, and how a document is opened."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr

from sstc_chat.ui.page.parts import QUIETLY, html, told
from sstc_chat.ui.page.views import Site
from sstc_chat.ui.reading.report import open_report


def lay_out_report(site: Site) -> None:
    """Place the report, and open another one when that is asked for."""
    with gr.Column(elem_id="report-side"):
        report = html(
            open_report(site.engine, site.words), "report", "sstc.reading.report(element, trigger, watch)"
        )
    report.select(_opening(site), None, report, **QUIETLY)


def _opening(site: Site) -> Callable[[gr.EventData], str]:
    def opening(event: gr.EventData) -> str:
        """Show the document that was asked for."""
        return open_report(site.engine, site.words, told(event, "document"))

    return opening
