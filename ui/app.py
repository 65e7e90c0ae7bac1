"""The web application: its views, each in every language, behind a guard."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import cast

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.routing import Mount

from sstc_chat.ui.access.attempts import Pace
from sstc_chat.ui.access.blocks import GuardedBlocks
from sstc_chat.ui.access.organisation import add_organisation
from sstc_chat.ui.access.paced import Paced
from sstc_chat.ui.access.rules import API
from sstc_chat.ui.access.signing import add_sign_in
from sstc_chat.ui.access.visitors import Door
from sstc_chat.ui.api.application import programs_app
from sstc_chat.ui.api.assistants import Assistants, add_tools
from sstc_chat.ui.api.serving import Engaged, Service
from sstc_chat.ui.chat.answering import answering
from sstc_chat.ui.chat.asking import add_asking
from sstc_chat.ui.chat.view import empty_conversation, lay_out_chat
from sstc_chat.ui.chat.writings import Writings
from sstc_chat.ui.desk.view import lay_out_desk
from sstc_chat.ui.documents.routes import add_routes
from sstc_chat.ui.documents.view import lay_out_documents
from sstc_chat.ui.languages.choice import preferred
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.page.frontpage import STATIC, STATIC_PATH, TITLE, Front
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.protection import Protection
from sstc_chat.ui.page.theme import theme
from sstc_chat.ui.page.unavailable import add_unavailable
from sstc_chat.ui.page.views import Site, View
from sstc_chat.ui.page.working import Workers
from sstc_chat.ui.privacy.routes import add_privacy
from sstc_chat.ui.reading.pictures import add_pictures
from sstc_chat.ui.reading.view import first_report

VIEWS = (
    View("", "chat.view", lay_out_chat, parts={"conversation": empty_conversation, "report": first_report}),
    View("desk", "desk.view", lay_out_desk, role="evaluator"),
    View("documents", "documents.view", lay_out_documents),
)
MOST_WAITING = 100
# How often Gradio looks into the queue of each language, in seconds. Every millisecond, as it does by itself,
# takes six hundredths of a processor while nobody asks.
LOOKING = 0.05


def web_app(hosted: Hosted, languages: Iterable[str] = LANGUAGES) -> Protection:
    """Return the views as a web application that lets in only what they need, and whom the door lets in.

    It takes a tenth of a second for each language.
    """
    engine, home, editor, writer = hosted.engine, hosted.home, hosted.editor, hosted.writer
    door, watch, pace = hosted.door or Door(home), hosted.watch, Pace(hosted.share)
    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_unavailable(application)
    application.add_api_route("/", _to_a_language)
    application.mount(STATIC_PATH, StaticFiles(directory=STATIC))
    add_pictures(application, engine)
    if editor:
        add_routes(application, editor)
    sign_in = add_sign_in(application, door, VIEWS)
    if door.provider:
        add_organisation(application, door.provider, sign_in)
    add_privacy(application, door, VIEWS, hosted.practice)
    workers = Workers(engine.at_a_time)
    watch.place(home, workers)
    service = Service(cast("Engaged", engine), home, writer, watch)
    application.mount(API, programs_app(service, workers, editor, is_open=door.readers == "open"))
    add_tools(application, Assistants(service, workers, private=door.private, address=hosted.address))
    writings, editing = Writings(), editor is not None
    sites = {
        language: Site(
            engine, words_in(language), home, workers, watch, pace, writings, editing=editing, writer=writer
        )
        for language in languages
    }
    add_asking(application, {language: answering(site) for language, site in sites.items()})
    for language, site in sites.items():
        with _no_draft():
            views = build_views(site)
        _mount(application, views, f"/{language}")
    return Protection(
        Paced(application, pace), _pages(sites), door, end_streams=lambda: _end_streams(application)
    )


def build_views(site: Site, views: Sequence[View] = VIEWS) -> gr.Blocks:
    """Return `views` in the language of `site`."""
    roles = {view.path: view.role for view in views}
    blocks = GuardedBlocks(
        roles, site.words, site.pace, title=TITLE, analytics_enabled=False, fill_width=True
    )
    for view in views:
        with blocks.route(view.name, view.path, show_in_navbar=False) if view.path else blocks:
            view.lay_out(site)
    blocks.queue(max_size=MOST_WAITING, api_open=False)
    blocks._queue.sleep_when_free = LOOKING
    return blocks


def _to_a_language(request: Request) -> RedirectResponse:
    language = preferred(request.cookies.get("language"), request.headers.get("accept-language", ""))
    asked = f"?{request.url.query}" if request.url.query else ""
    headers = {"Vary": "Accept-Language, Cookie", "Cache-Control": "no-store"}
    return RedirectResponse(f"./{language}/{asked}", headers=headers)


@contextmanager
def _no_draft() -> Iterator[None]:
    """Have Gradio make no application of views while they are laid out, but only the one that is mounted.

    It would make five more for each language, which takes a third of a start.
    """
    create = gr.routes.App.create_app
    gr.routes.App.create_app = staticmethod(lambda *_, **__: None)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        gr.routes.App.create_app = create  # type: ignore[method-assign]


def _mount(application: FastAPI, blocks: gr.Blocks, path: str) -> None:
    with warnings.catch_warnings():
        # It says that several views cannot be rendered on the server, which is not asked for.
        warnings.filterwarnings("ignore", message="SSR mode")
        gr.mount_gradio_app(
            application,
            blocks,
            path=path,
            footer_links=[],
            run_history=False,
            show_error=False,
            max_file_size="1kb",
            enable_monitoring=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            theme=theme(),
        )
    blocks.app = _mounted(application)[-1]


def _pages(sites: Mapping[str, Site]) -> dict[str, Front]:
    return {
        f"/{language}/{view.path}": Front(words_in(language), view, VIEWS, site=sites.get(language))
        for language in LANGUAGES
        for view in VIEWS
    }


def _end_streams(application: FastAPI) -> None:
    for mounted in _mounted(application):
        mounted.stop_event.set()


def _mounted(application: FastAPI) -> list[gr.routes.App]:
    apps = (route.app for route in application.routes if isinstance(route, Mount))
    return [one for one in apps if isinstance(one, gr.routes.App)]
