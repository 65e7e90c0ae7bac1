"""The view of the documents: what is there, and where that may be done, files in and documents out."""

from __future__ import annotations

import gradio as gr

from sstc_chat.corpus.readers import READERS
from sstc_chat.rag.documents.listing import rows_of
from sstc_chat.ui.access.visitors import visitor
from sstc_chat.ui.documents.table import documents_html
from sstc_chat.ui.page.parts import AT_ONCE, html
from sstc_chat.ui.page.views import Site


def lay_out_documents(site: Site) -> None:
    """Place the table; the script sends files and asks for the table again."""
    with gr.Row(elem_id="room"):
        part = html("", "documents", "sstc.documents.view(element, trigger, watch)")
    part.select(lambda: _table(site), None, part, **AT_ONCE)


def _table(site: Site) -> str:
    rows = rows_of(site.engine.store)
    editing = site.editing and "administrator" in visitor().roles
    return documents_html(rows, site.words, sorted(READERS), editing=editing)
