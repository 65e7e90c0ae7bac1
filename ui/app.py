"""The page: what stands where, and what happens when something is pressed. Gradio is all here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.routing import Mount

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.ui.conversation import Answerer, Turn, Turns, take_turn, without_failure
from sstc_chat.ui.frontpage import STATIC, STATIC_PATH, TITLE, masthead_html
from sstc_chat.ui.protection import Protection
from sstc_chat.ui.render import conversation_html, notice_html
from sstc_chat.ui.report import open_report
from sstc_chat.ui.starters import starter_questions
from sstc_chat.ui.theme import FONTS, MONOSPACED_FONTS, PALETTE

# An answer keeps the processor busy; more of them at a time only make all of them slower.
AT_A_TIME = 4
MOST_WAITING = 100
Update = dict[str, Any]
Screen = tuple[Turns, str, str, Update]
Show = Callable[[Turns], str]


@dataclass(frozen=True)
class Parts:
    """What is on the page."""

    turns: gr.State
    fresh: gr.Button
    conversation: gr.HTML
    notice: gr.HTML
    box: gr.Textbox
    ask: gr.Button
    report: gr.HTML

    def screen(self) -> list[gr.components.Component]:
        """Return the parts that a question changes."""
        return [self.turns, self.conversation, self.notice, self.box]


def build_app(engine: Answerer) -> gr.Blocks:
    """Return the page on which `engine` is asked."""
    show = partial(
        conversation_html,
        questions=starter_questions(engine),
        languages={source.id: source.language for source in engine.sources()},
    )
    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        parts = _lay_out(show(()), open_report(engine))
        _wire(parts, engine, show)
    blocks.queue(max_size=MOST_WAITING)
    return blocks


def web_app(engine: Answerer) -> Protection:
    """Return the page as a web application that lets in only what a reader needs."""
    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    application.mount(STATIC_PATH, StaticFiles(directory=STATIC))
    gr.mount_gradio_app(
        application,
        build_app(engine),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1kb",
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        favicon_path=str(STATIC / "icon.svg"),
        theme=_theme(),
    )
    return Protection(application, end_streams=_within(application).stop_event.set)


def _within(application: FastAPI) -> gr.routes.App:
    """Return Gradio's own application, which was mounted in `application`."""
    mounted = (route.app for route in application.routes if isinstance(route, Mount))
    return next(app for app in mounted if isinstance(app, gr.routes.App))


def _lay_out(conversation: str, report: str) -> Parts:
    """Place the parts: a bar at the top, the conversation on one side, the report on the other."""
    turns = gr.State(())
    with gr.Row(elem_id="masthead"):
        _html(masthead_html(), "masthead-text", "sstc.masthead(element)")
        fresh = gr.Button("New conversation", elem_id="fresh", size="sm")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="conversation-side"):
            asked = _html(conversation, "conversation", "sstc.conversation(element, trigger, watch)")
            notice = _html("", "notice", "sstc.notice(element, watch)")
            with gr.Row(elem_id="composer"):
                box = gr.Textbox(
                    label="Your question",
                    placeholder="In your own words and language",
                    lines=1,
                    max_lines=6,
                    elem_id="box",
                )
                ask = gr.Button("Ask", variant="primary", elem_id="ask")
        with gr.Column(elem_id="report-side"):
            read = _html(report, "report", "sstc.report(element, trigger, watch)")
    return Parts(turns, fresh, asked, notice, box, ask, read)


def _wire(parts: Parts, engine: Answerer, show: Show) -> None:
    """Say what happens when something is pressed. One question at a time in each conversation."""
    quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    asking = gr.on(
        [parts.box.submit, parts.ask.click, parts.conversation.submit],
        _answering(engine, show),
        [parts.box, parts.turns],
        parts.screen(),
        trigger_mode="once",
        concurrency_limit=AT_A_TIME,
        **quietly,
    )
    parts.fresh.click(
        lambda: ((), show(()), "", gr.update(value="")),
        None,
        parts.screen(),
        cancels=[asking],
        **quietly,
    )
    parts.report.select(_opening(engine), None, parts.report, **quietly)


def _answering(engine: Answerer, show: Show) -> Callable[..., Iterator[Screen]]:
    def answering(typed: str, turns: Turns, event: gr.EventData) -> Iterator[Screen]:
        """Show the question at once, then its answer; give it back where it cannot be asked."""
        pressed = _told(event, "question")
        question = pressed or typed
        earlier = without_failure(turns, question)
        yield turns, show((*earlier, Turn(question))), "", _typed("", pressed)
        try:
            answered = take_turn(engine, earlier, question)
        except QuestionError as error:
            yield turns, show(turns), notice_html(str(error)), _typed(typed, pressed)
        else:
            yield answered, show(answered), "", gr.update()

    return answering


def _told(event: gr.EventData, key: str) -> str:
    """Return what the page's script told with an event; empty where it told nothing."""
    return str(event._data.get(key, "")) if isinstance(event._data, dict) else ""


def _typed(text: str, pressed: str) -> Update:
    """Return what becomes of the input; it is left alone where the question was not from there."""
    return gr.update() if pressed else gr.update(value=text)


def _opening(engine: Answerer) -> Callable[[gr.EventData], str]:
    def opening(event: gr.EventData) -> str:
        """Show the document that was asked for."""
        return open_report(engine, _told(event, "document"))

    return opening


def _html(value: str, name: str, on_load: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=on_load, apply_default_css=False)


def _theme() -> gr.themes.Base:
    """Return one theme for light and dark systems: the page is light in both."""
    theme = gr.themes.Base(font=FONTS, font_mono=MONOSPACED_FONTS).set(**PALETTE)
    for name in [name for name in vars(theme) if name.endswith("_dark")]:
        setattr(theme, name, getattr(theme, name.removesuffix("_dark")))
    return theme
