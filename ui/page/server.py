"""Serve the page until it is stopped."""

from __future__ import annotations

import ipaddress
import socket
import sqlite3
from collections.abc import Callable, Iterable

import uvicorn

from sstc_chat.corpus.errors import SettingsError, SSTCChatError
from sstc_chat.ui.languages.words import LANGUAGES
from sstc_chat.ui.operating.requests import Operated
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.stubs import no_stubs

# How long a stop waits for answers that are being made, in seconds; an open page does not hold it up.
PATIENCE = 30


class _Server(uvicorn.Server):
    """A server that lets go of open pages when it is stopped."""

    def __init__(self, settings: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(settings)
        self._end_streams = end_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; called in the loop that serves, where alone streams can be ended."""
        self._end_streams()
        await super().shutdown(sockets)


def serve(hosted: Hosted, listener: socket.socket, ready: Callable[[str], None] = lambda _: None) -> None:
    """Serve the page at `listener`; return when the process is asked to stop.

    `ready` is called with the address of the page once it can be opened.
    """
    try:
        server = make_server(hosted)
        ready(address(listener))
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # Ctrl-C is how it is stopped. The server has let go of its connections before this.
        pass


def make_server(hosted: Hosted, languages: Iterable[str] = LANGUAGES) -> uvicorn.Server:
    """Return a server of the page that has not been started."""
    with no_stubs():  # Here, since Gradio takes seconds to import.
        from sstc_chat.ui.app import web_app

    application = web_app(hosted, languages)
    settings = uvicorn.Config(
        Operated(application, hosted.watch.metrics, lambda: _is_ready(hosted.engine)),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        proxy_headers=bool(hosted.trusted_proxies),
        forwarded_allow_ips=hosted.trusted_proxies,
        timeout_graceful_shutdown=PATIENCE,
    )
    return _Server(settings, application.end_streams)


def _is_ready(engine: Answerer) -> bool:
    try:
        engine.sources()
    except (SSTCChatError, sqlite3.Error):
        return False
    return True


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at `port` of `host`; port 0 takes any that is free.

    Raises
    ------
    SettingsError
        If the port is in use or the host is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
        # asyncio does so only where a socket says its protocol. Without it, an answer that is sent in two
        # pieces waits for the client's acknowledgement of the first, some 40 ms.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"The page cannot be served at {host} port {port}: {error}. "
            "Choose another port with --port or another address with --host."
        ) from error


def is_private(listener: socket.socket) -> bool:
    """Whether nobody can come to `listener` but from this machine."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def address(listener: socket.socket) -> str:
    """Return the address of the page that is served at `listener`."""
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # nosec B104 # noqa: S104 - nothing is bound here
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
