"""What is asked for by addresses of its own, and not by events of the page, is held to a pace, too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.requests import HTTPConnection

from sstc_chat.corpus.errors import ShareError
from sstc_chat.ui.access.attempts import Pace
from sstc_chat.ui.access.rules import PICTURES, PROGRAMS, SENT
from sstc_chat.ui.access.visitors import NOBODY, address_of

PACED = (PROGRAMS, SENT, PICTURES)
# Where an event of the page that is not taken notes why: Gradio calls it a fault of this side.
REFUSED = "refused"
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


class Paced:
    """An ASGI application around that of the page; an answer is under way until its last byte."""

    def __init__(self, application: FastAPI, pace: Pace) -> None:
        self.application = application
        self._pace = pace

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Send,
    ) -> None:
        """Answer one request, or say when to try again."""
        if scope["type"] != "http" or not scope["path"].startswith(PACED):
            refused: list[ShareError] = []
            await self.application({**scope, REFUSED: refused}, receive, _telling(send, refused))
            return
        who = scope.get("visitor", replace(NOBODY, address=address_of(HTTPConnection(scope))))
        try:
            with self._pace.taking(who):
                await self.application(scope, receive, send)
        except ShareError as error:
            wait = {"Retry-After": str(error.seconds)}
            await JSONResponse({"error": str(error)}, 429, wait)(scope, receive, send)


def _telling(send: Send, refused: Sequence[ShareError]) -> Send:
    async def sending(message: Message) -> None:
        if refused and message["type"] == "http.response.start":
            wait = (b"retry-after", str(refused[0].seconds).encode())
            message = {**message, "status": 429, "headers": [*message["headers"], wait]}
        await send(message)

    return sending
