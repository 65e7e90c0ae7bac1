"""The first view: a conversation on one side, the report on the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import gradio as gr

from sstc_chat.index.types import Source
from sstc_chat.ui.chat.handlers import Handler, opening, stopping, suggesting, writing
from sstc_chat.ui.chat.mode import mode_html
from sstc_chat.ui.chat.shell import conversation_html, offer_html, panes_html, tools_html
from sstc_chat.ui.chat.starters import starter_questions
from sstc_chat.ui.limits.view import Starters, lay_out_limits
from sstc_chat.ui.page.markup import Html
from sstc_chat.ui.page.parts import AT_ONCE, QUIETLY, fresh, heard, html
from sstc_chat.ui.page.views import Site
from sstc_chat.ui.page.working import Workers
from sstc_chat.ui.reading.view import lay_out_report
from sstc_chat.ui.sharing.view import lay_out_sharing

# What the conversation tells (see static/requests.js); questions have an address of their own (asking.py).
EVENTS = "['write', 'stop', 'open', 'suggest']"
OPENING_AT_A_TIME = 4
# Whoever writes mostly waits for a server: these keep nobody from being answered.
WRITING_AT_A_TIME = 32


@dataclass(frozen=True)
class Parts:
    """What the chat consists of; the last four are not seen, what arrives in them is put in its place."""

    conversation: gr.HTML
    stopped: gr.HTML
    written: gr.HTML
    opened: gr.HTML
    suggested: gr.HTML


def lay_out_chat(site: Site) -> None:
    """Place the chat and the report beside it."""
    html(panes_html(site.words), "panes", "sstc.panes()")
    with gr.Row(elem_id="room"):
        with gr.Column(elem_id="conversation-side"):
            parts = _lay_out(site)
        lay_out_report(site)
    _wire(parts, site)


def empty_conversation(site: Site) -> Html:
    """Return a conversation that has not begun, with questions that the library answers."""
    return conversation_html(starter_questions(site.engine, site.words), site.words)


def _lay_out(site: Site) -> Parts:
    words = site.words
    with gr.Row(elem_id="conversation-bar"):
        html(tools_html(words), "conversation-tools", "sstc.conversations.tools(element)")
        lay_out_sharing(site)
    conversation = fresh("conversation", f"sstc.chat.conversation(element, trigger, {EVENTS})")
    html("", "notice")
    lay_out_limits(site, _starting(site))
    if site.writer:
        html(mode_html(site.writer.model.name, words), "mode", "sstc.writing.control(element)")
    with gr.Row(elem_id="composer"):
        gr.Textbox(
            label=words("chat.question"),
            placeholder=words("chat.placeholder"),
            lines=1,
            max_lines=6,
            elem_id="box",
        )
        gr.Button(words("chat.ask"), variant="primary", elem_id="ask")
    arriving = [
        html("", name, f"sstc.chat.{name}(element, watch)") for name in ("written", "opened", "suggested")
    ]
    return Parts(conversation, html("", "stopped"), *arriving)


def _wire(parts: Parts, site: Site) -> None:
    """Say what happens when something is pressed. Nothing of a conversation is kept on this side."""
    # Once the page can tell of events, and not before: what was kept is asked for then.
    gr.on(None, None, js="sstc.chat.ready", **QUIETLY)
    several = {"trigger_mode": "multiple", **AT_ONCE}
    told = parts.conversation
    told.write(_hearing(writing(site, Workers(WRITING_AT_A_TIME))), None, parts.written, **several)
    told.stop(_hearing(stopping(site)), None, parts.stopped, **several)
    told.open(_hearing(opening(site, Workers(OPENING_AT_A_TIME))), None, parts.opened, **several)
    told.suggest(_hearing(suggesting(site, Workers(1))), None, parts.suggested, **several)


def _starting(site: Site) -> Starters:
    def starting(documents: Sequence[Source]) -> Html:
        """Return what to start with, where some documents are asked."""
        return offer_html(starter_questions(site.engine, site.words, documents=documents), site.words)

    return starting


def _hearing(handler: Handler) -> Callable[[gr.EventData], Awaitable[str]]:
    async def handle(event: gr.EventData) -> str:
        return await handler(heard(event))

    return handle
