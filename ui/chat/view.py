"""The first view: a conversation on one side, the report on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.ui.chat.conversation import Turn, Turns, take_turn, without_failure
from sstc_chat.ui.chat.render import conversation_html, notice_html, panes_html, unaskable
from sstc_chat.ui.chat.starters import starter_questions
from sstc_chat.ui.page.parts import QUIETLY, html, told
from sstc_chat.ui.page.views import Site
from sstc_chat.ui.reading.view import lay_out_report

# An answer keeps the processor busy; more of them at a time only make all of them slower.
AT_A_TIME = 4
Update = dict[str, Any]
Screen = tuple[Turns, str, str, Update]
Show = Callable[[Turns], str]


@dataclass(frozen=True)
class Parts:
    """What the chat consists of."""

    turns: gr.State
    fresh: gr.Button
    conversation: gr.HTML
    notice: gr.HTML
    box: gr.Textbox
    ask: gr.Button

    def screen(self) -> list[gr.components.Component]:
        """Return the parts that a question changes."""
        return [self.turns, self.conversation, self.notice, self.box]


def lay_out_chat(site: Site) -> None:
    """Place the chat and the report beside it."""
    show = partial(
        conversation_html,
        questions=starter_questions(site.engine, site.words),
        languages={source.id: source.language for source in site.engine.sources()},
        words=site.words,
    )
    html(panes_html(site.words), "panes", "sstc.panes()")
    with gr.Row(elem_id="room"):
        with gr.Column(elem_id="conversation-side"):
            parts = _lay_out(show(()), site)
        lay_out_report(site)
    _wire(parts, site, show)


def _lay_out(conversation: str, site: Site) -> Parts:
    words = site.words
    fresh = gr.Button(words("chat.new"), elem_id="fresh", size="sm")
    asked = html(conversation, "conversation", "sstc.chat.conversation(element, trigger, watch)")
    notice = html("", "notice", "sstc.chat.notice(element, watch)")
    with gr.Row(elem_id="composer"):
        box = gr.Textbox(
            label=words("chat.question"),
            placeholder=words("chat.placeholder"),
            lines=1,
            max_lines=6,
            elem_id="box",
        )
        ask = gr.Button(words("chat.ask"), variant="primary", elem_id="ask")
    return Parts(gr.State(()), fresh, asked, notice, box, ask)


def _wire(parts: Parts, site: Site, show: Show) -> None:
    """Say what happens when something is pressed. One question at a time in each conversation."""
    asking = gr.on(
        [parts.box.submit, parts.ask.click, parts.conversation.submit],
        _answering(site, show),
        [parts.box, parts.turns],
        parts.screen(),
        trigger_mode="once",
        concurrency_limit=AT_A_TIME,
        **QUIETLY,
    )
    parts.fresh.click(
        lambda: ((), show(()), "", gr.update(value="")),
        None,
        parts.screen(),
        cancels=[asking],
        **QUIETLY,
    )


def _answering(site: Site, show: Show) -> Callable[..., Iterator[Screen]]:
    def answering(typed: str, turns: Turns, event: gr.EventData) -> Iterator[Screen]:
        """Show the question at once, then its answer; give it back where it cannot be asked."""
        pressed = told(event, "question")
        question = pressed or typed
        earlier = without_failure(turns, question)
        yield turns, show((*earlier, Turn(question))), "", _typed("", pressed)
        try:
            answered = take_turn(site.engine, earlier, question, site.words("chat.unexpected"))
        except QuestionError:
            notice = notice_html(unaskable(question, site.words))
            yield turns, show(turns), notice, _typed(typed, pressed)
        else:
            yield answered, show(answered), "", gr.update()

    return answering


def _typed(text: str, pressed: str) -> Update:
    """Return what becomes of the input; it is left alone where the question was not from there."""
    return gr.update() if pressed else gr.update(value=text)
