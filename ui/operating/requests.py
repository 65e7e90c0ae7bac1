"""Each request over HTTP gets a number, a line in the log and a place in the figures."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from sstc_chat.ui.languages.words import LANGUAGES
from sstc_chat.ui.operating.logs import begin_request
from sstc_chat.ui.page.protection import Application, Message, Receive, Send

if TYPE_CHECKING:
    from sstc_chat.ui.operating.metrics import Metrics

logger = logging.getLogger(__name__)
NUMBER = b"x-request-id"
# What a request is for, by its path; of each there are few, whatever people send.
KINDS = (
    ("view", rf"/|/({'|'.join(LANGUAGES)})/(desk|documents)?/?"),
    ("program", r"/api/.*|/mcp.*"),
    ("event", r"/\w\w/(gradio_api/.*|ask)"),
    ("document", r"/documents/.*"),
    ("picture", r"/pages/.*"),
    ("file", r"/static/.*|/\w\w/(assets|static)/.*|/\w\w/(config|theme\.css)"),
)


class Operated:
    """An ASGI application around another one, for those who operate it.

    Parameters
    ----------
    application
        What is operated.
    metrics
        Where requests are counted and timed; None counts nothing.
    is_ready
        Whether questions can be answered now.
    """

    def __init__(
        self, application: Application, metrics: Metrics | None, is_ready: Callable[[], bool]
    ) -> None:
        self.application = application
        self.metrics = metrics
        self.is_ready = is_ready

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
        elif scope["path"] == "/live":
            await _say(send, 200, b"live")
        elif scope["path"] == "/ready":
            await (_say(send, 200, b"ready") if self.is_ready() else _say(send, 503, b"not ready"))
        else:
            await self._noted(scope, receive, send)

    async def _noted(self, scope: Message, receive: Receive, send: Send) -> None:
        number = begin_request(_header(scope, NUMBER))
        start, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (NUMBER, number.encode())]}
            await send(message)

        try:
            await self.application(scope, receive, sending)
        finally:
            seconds, kind = time.perf_counter() - start, kind_of(scope["path"])
            if self.metrics:
                self.metrics.request(kind, status, seconds)
            # What stands behind the question mark may be a question.
            path = scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace")
            said = {"kind": kind, "method": scope["method"], "path": path, "status": status}
            logger.info(
                "%s %s %d",
                scope["method"],
                path,
                status,
                extra={**said, "milliseconds": round(seconds * 1000)},
            )


def kind_of(path: str) -> str:
    """Return what a request is for."""
    return next((kind for kind, pattern in KINDS if re.fullmatch(pattern, path)), "other")


def _header(scope: Message, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


async def _say(send: Send, status: int, text: bytes) -> None:
    headers = [
        (b"content-type", b"text/plain"),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
