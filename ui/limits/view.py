"""The filter beside the question: which documents are asked. What is chosen is the browser's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import gradio as gr

from sstc_chat.index.types import Source
from sstc_chat.rag.documents.limits import known_within
from sstc_chat.ui.limits.choice import Choice, choices_html, control_html
from sstc_chat.ui.limits.heard import asked_under, limits_in
from sstc_chat.ui.page.markup import Html
from sstc_chat.ui.page.parts import AT_ONCE, heard, html, parcel, told
from sstc_chat.ui.page.views import Site

LONGEST_SOUGHT = 200
# Given the documents that are asked, what a conversation may start with.
Starters = Callable[[Sequence[Source]], Html]


def lay_out_limits(site: Site, starters: Starters) -> None:
    """Place the control; what is chosen by it goes out with each question (see static/limits.js)."""
    control = html(control_html(site.words), "limits", "sstc.limits.control(element, trigger, ['limit'])")
    arriving = html("", "limited", "sstc.limits.arrived(element, watch)")
    control.limit(_limiting(site, starters), None, arriving, trigger_mode="multiple", **AT_ONCE)


def _limiting(site: Site, starters: Starters) -> Callable[[gr.EventData], str]:
    def limiting(event: gr.EventData) -> str:
        """Return what can be chosen, and what a choice leaves."""
        sources = site.engine.sources()
        limits = known_within(limits_in(heard(event).get("limits")), sources)
        left = asked_under(limits, sources)
        choice = Choice(sources, limits, len(left))
        find, name = told(event, "find")[:LONGEST_SOUGHT], told(event, "name")
        return parcel(choices_html(choice, find, starters(left), site.words, name))

    return limiting
