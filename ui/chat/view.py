"""The first view: a conversation on one side, the report on the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import gradio as gr

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.index.types import Source
from sstc_chat.ui.chat.conversation import take_turn
from sstc_chat.ui.chat.followups import follow_ups
from sstc_chat.ui.chat.heard import answers_in, asked, kept, name_of
from sstc_chat.ui.chat.render import notice_html, suggestions_html, turn_html
from sstc_chat.ui.chat.shell import conversation_html, offer_html, panes_html, tools_html
from sstc_chat.ui.chat.starters import starter_questions
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.limits.heard import limits_in
from sstc_chat.ui.limits.view import Starters, lay_out_limits
from sstc_chat.ui.page.markup import Html, element
from sstc_chat.ui.page.parts import QUIETLY, heard, html, parcel
from sstc_chat.ui.page.views import Site
from sstc_chat.ui.reading.view import lay_out_report
from sstc_chat.ui.sharing.view import lay_out_sharing

# An answer keeps the processor busy; more of them at a time only make all of them slower.
AT_A_TIME = 4
# What the conversation tells, so that its script may find out what became of it (see static/chat.js).
EVENTS = "['ask', 'open', 'suggest']"
Handler = Callable[[gr.EventData], str]


@dataclass(frozen=True)
class Parts:
    """What the chat consists of; the last three are not seen, what arrives in them is put in its place."""

    conversation: gr.HTML
    box: gr.Textbox
    ask: gr.Button
    answered: gr.HTML
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


def _lay_out(site: Site) -> Parts:
    words = site.words
    with gr.Row(elem_id="conversation-bar"):
        html(tools_html(words), "conversation-tools", "sstc.conversations.tools(element)")
        lay_out_sharing(site)
    conversation = html(
        conversation_html(starter_questions(site.engine, words), words),
        "conversation",
        f"sstc.chat.conversation(element, trigger, {EVENTS})",
    )
    html("", "notice")
    lay_out_limits(site, _starting(site))
    with gr.Row(elem_id="composer"):
        box = gr.Textbox(
            label=words("chat.question"),
            placeholder=words("chat.placeholder"),
            lines=1,
            max_lines=6,
            elem_id="box",
        )
        ask = gr.Button(words("chat.ask"), variant="primary", elem_id="ask")
    arriving = [
        html("", name, f"sstc.chat.{name}(element, watch)") for name in ("answered", "opened", "suggested")
    ]
    return Parts(conversation, box, ask, *arriving)


def _wire(parts: Parts, site: Site) -> None:
    """Say what happens when something is pressed. Nothing of a conversation is kept on this side."""
    gr.on([parts.box.submit, parts.ask.click], None, parts.box, parts.box, js="sstc.chat.send", **QUIETLY)
    # Once the page can tell of events, and not before: what was kept is asked for then.
    gr.on(None, None, js="sstc.chat.ready", **QUIETLY)
    several = {"trigger_mode": "multiple", **QUIETLY}
    parts.conversation.ask(_answering(site), None, parts.answered, concurrency_limit=AT_A_TIME, **several)
    parts.conversation.open(_opening(site), None, parts.opened, **several)
    parts.conversation.suggest(_suggesting(site), None, parts.suggested, concurrency_limit=1, **several)


def _answering(site: Site) -> Handler:
    def answering(event: gr.EventData) -> str:
        """Return the turn of a question, or why it cannot be asked."""
        request = asked(heard(event))
        try:
            turn = take_turn(site.engine, request.question, request.history, site.words, request.limits)
        except QuestionError:
            return parcel(notice_html(request.question, site.words, request.name))
        return parcel(turn_html(turn, _sources(site), site.words, request.name))

    return answering


def _opening(site: Site) -> Handler:
    def opening(event: gr.EventData) -> str:
        """Return the turns that a browser has kept, in the words of this page."""
        told = heard(event)
        turns = kept(told, site.words("chat.not_kept"))
        shown = [turn_html(turn, _sources(site), site.words) for turn in turns]
        return parcel(element("div", *shown, data_name=name_of(told)))

    return opening


def _suggesting(site: Site) -> Handler:
    def suggesting(event: gr.EventData) -> str:
        """Return questions to go on with after the latest of some answers, in its language."""
        told = heard(event)
        answers = [turn.answer for turn in answers_in(told) if turn.answer]
        language = answers[-1].question.language if answers else site.words.language
        words = words_in(language) if language in LANGUAGES else site.words
        questions = follow_ups(site.engine, answers, words, limits_in(told.get("limits")))
        return parcel(suggestions_html(questions, words.language, site.words, name_of(told)))

    return suggesting


def _starting(site: Site) -> Starters:
    def starting(documents: Sequence[Source]) -> Html:
        """Return what to start with, where some documents are asked."""
        return offer_html(starter_questions(site.engine, site.words, documents=documents), site.words)

    return starting


def _sources(site: Site) -> dict[str, Source]:
    return {source.id: source for source in site.engine.sources()}
