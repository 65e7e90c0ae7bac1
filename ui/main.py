"""The program `sstc-chat`: the command line, and what needs the page."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from sstc_chat.corpus.temporary import temporary_folder
from sstc_chat.index.types import no_progress
from sstc_chat.rag.access.provider import provider_of
from sstc_chat.rag.cli import run
from sstc_chat.rag.commands import opened, settings_of
from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.documents.publishing import publish_library
from sstc_chat.rag.documents.spread import SpreadEngine
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import reopening
from sstc_chat.rag.prose.writing import open_writer
from sstc_chat.rag.retention.commands import removing_old_feedback
from sstc_chat.rag.review.dossier import Dossier
from sstc_chat.rag.review.parser import add_rounds
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.terminal import say
from sstc_chat.ui.access.share import Share
from sstc_chat.ui.access.visitors import Door
from sstc_chat.ui.desk.printing import print_html
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.operating.memory import share_free_memory
from sstc_chat.ui.operating.watching import watching
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.privacy.notice import Practice


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `sstc-chat` and return its exit status."""
    return run(arguments, _add_commands)


def _add_commands(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    add_rounds(adder, _page_of, list(LANGUAGES))
    _add_serve(adder)
    _add_tools(adder)


def _page_of(dossier: Dossier, language: str) -> str:
    return print_html(dossier, words_in(language))


def _add_tools(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    adder.add_parser(
        "mcp",
        help="answer an assistant over MCP",
        description="Answer an assistant over the Model Context Protocol, on standard input and output.",
        epilog="Tell the assistant to start: sstc-chat mcp. Its tools are ask, search, documents and check.",
    ).set_defaults(run=_serve_tools)


def _serve_tools(options: argparse.Namespace) -> None:
    from sstc_chat.ui.api.serving import Service
    from sstc_chat.ui.api.tools import tools_server
    from sstc_chat.ui.page.working import Workers

    settings = settings_of(options)
    with opened(options) as engine, _following(engine, settings) as current:
        writer = open_writer(settings, engine.encoders)
        service, workers = Service(current, settings.home, writer), Workers(current.at_a_time)
        tools_server(service, workers).run("stdio")


def _add_serve(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = adder.add_parser("serve", help="serve the chat as a web application")
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", help="port to listen on (default: 7860)")
    parser.add_argument(
        "--processes", help="how many processes answer (default: 1); each opens its own models"
    )
    parser.add_argument(
        "--desk",
        action="store_true",
        help="serve the evaluator's desk also where others can come, as long as there are no accounts",
    )
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> None:
    from sstc_chat.ui.page.server import is_private, listen, serve

    share_free_memory()
    temporary_folder()  # Gradio, too, wants one
    settings = settings_of(options)
    # A service is stopped by this signal: in good order too, as by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with (
        opened(options) as engine,
        _following(engine, settings) as current,
        watching(settings) as watch,
        removing_old_feedback(settings),
        listen(settings.host, settings.port) as listener,
    ):
        door = _door(settings, private=is_private(listener), desk=options.desk)
        editor = _editor(engine, settings) if settings.documents != "read" else None
        hosted = Hosted(
            current,
            settings.home,
            door,
            settings.trusted_proxies,
            watch,
            Practice.of(settings),
            editor,
            open_writer(settings, engine.encoders),
            settings.public_address,
            Share(settings.requests_a_minute, settings.requests_at_once),
        )
        serve(hosted, listener, _announce)


@contextmanager
def _following(engine: Engine, settings: Settings) -> Iterator[CurrentEngine]:
    """Open an engine that follows the library, in as many processes as there shall be.

    Of `engine` its models are used; the library is let go of, lest it be kept as it is now.
    """
    reopen = reopening(engine, settings)
    engine.store.close()
    if settings.processes == 1:
        yield CurrentEngine(reopen(), reopen)
        return
    spread = SpreadEngine(reopen(), reopen, settings)
    try:
        yield spread
    finally:
        spread.close()


def _door(settings: Settings, *, private: bool, desk: bool) -> Door:
    door = Door(
        settings.home,
        private=private,
        desk=desk,
        documents=settings.documents,
        readers=settings.readers,
        session_hours=settings.session_hours,
        provider=provider_of(settings),
    )
    door.check()
    return door


def _editor(engine: Engine, settings: Settings) -> Editor:
    publish = partial(publish_library, settings, progress=no_progress)
    return Editor(settings.home, engine.encoders, settings.index_settings(), settings.dense, publish)


def _announce(address: str) -> None:
    say(f"SSTC Chat is at {address} (stop it with Ctrl-C)")
