"""Let in only what a reader needs, and tell the browser to fetch and run nothing else."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import HTTPConnection

from sstc_chat.corpus.errors import HomeError
from sstc_chat.corpus.readers import MOST_BYTES
from sstc_chat.ui.access.rules import API, PROGRAMS, SENT, Rule, comes_from_elsewhere, rule_for
from sstc_chat.ui.access.visitors import Door, Visitor, brings_token
from sstc_chat.ui.page.frontpage import Front

logger = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

# The largest file of questions that an evaluator may send, and its envelope, with room to spare.
LARGEST_BODY = 1024 * 1024
# Where whole files are sent.
FILES = (f"{SENT}/file/", f"{API}/documents/file/")
# Gradio builds functions from strings (its HTML component), so it cannot live without
# unsafe-eval; and it sets style attributes. Scripts in the page need the nonce.
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
)


class Protection:
    """An ASGI application around another one.

    Parameters
    ----------
    application
        What is protected.
    pages
        By its path, what is put before a page; its view says who may see it.
    door
        Knows who comes.
    end_streams
        Ends the connections that open pages keep.
    """

    def __init__(
        self,
        application: Application,
        pages: Mapping[str, Front],
        door: Door,
        end_streams: Callable[[], None] = lambda: None,
    ) -> None:
        self.application = application
        self.pages = pages
        self.door = door
        self.end_streams = end_streams

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        wanted = self.pages.get(scope["path"]) or rule_for(scope["path"])
        if wanted is None:
            await _refuse(scope, send, 404, b"There is nothing here.")
        elif not _is_small(scope):
            await _refuse(scope, send, 413, b"That is more than a question needs.")
        elif comes_from_elsewhere(HTTPConnection(scope), scope["method"]):
            await _refuse(scope, send, 403, b"Only a page of this site may ask for that.")
        elif isinstance(wanted, Rule) and wanted.role is None:
            await self._pass(scope, receive, send)
        else:
            await self._for_some(scope, receive, send, wanted)

    async def _for_some(self, scope: Message, receive: Receive, send: Send, wanted: Front | Rule) -> None:
        """Answer a request for what is not for everybody, if whoever asks may have it."""
        try:
            visitor, asks = self.door.visitor(HTTPConnection(scope)), self.door.asks()
        except HomeError as error:
            logger.error("Nobody can come in: %s", error)
            await _refuse(
                scope, send, 503, b"It cannot be told who may come in. Ask whoever runs this service."
            )
            return
        role = wanted.view.role if isinstance(wanted, Front) else wanted.role
        if role is not None and role not in visitor.roles:
            await self._turn_away(scope, send, wanted, visitor, asks=asks)
        elif isinstance(wanted, Front):
            await self._page(scope, receive, send, replace(wanted, visitor=visitor, asks=asks))
        else:
            await self._pass({**scope, "visitor": visitor}, receive, send)

    async def _turn_away(
        self, scope: Message, send: Send, wanted: Front | Rule, visitor: Visitor, *, asks: bool
    ) -> None:
        if isinstance(wanted, Front) and asks:
            query = scope["query_string"].decode("latin-1")
            back = quote(f"{wanted.view.path}?{query}" if query else wanted.view.path)
            await _refuse(scope, send, 303, b"Sign in first.", location=f"./sign-in?next={back}".encode())
        elif isinstance(wanted, Front):
            await _refuse(scope, send, 404, b"There is nothing here.")
        elif brings_token(HTTPConnection(scope)) and not visitor.name:
            await _refuse(scope, send, 401, b"This token is not known here. See: sstc-chat tokens list")
        elif asks and not visitor.name:
            await _refuse(scope, send, 401, b"Sign in first.")
        else:
            await _refuse(scope, send, 403, b"You may not do this.")

    async def _pass(self, scope: Message, receive: Receive, send: Send) -> None:
        limited = _limited(receive, _largest(scope))
        await self.application(scope, limited, _with_headers(send, secrets.token_urlsafe()))

    async def _page(self, scope: Message, receive: Receive, send: Send, front: Front) -> None:
        """Collect the page, rewrite it, send it."""
        nonce = secrets.token_urlsafe()
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.application(_plain(scope), receive, collect)
        page = b"".join(message.get("body", b"") for message in messages[1:])
        body = await to_thread.run_sync(front, page, nonce)
        headers = [pair for pair in messages[0]["headers"] if pair[0].lower() != b"content-length"]
        length = (b"content-length", str(len(body)).encode())
        # It names whoever is signed in.
        own = (b"cache-control", b"no-store")
        await _with_headers(send, nonce)({**messages[0], "headers": [*headers, length, own]})
        shown = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": shown})


def _largest(scope: Message) -> int:
    return MOST_BYTES if scope["path"].startswith(FILES) else LARGEST_BODY


def _is_small(scope: Message) -> bool:
    sizes = [value for name, value in scope["headers"] if name.lower() == b"content-length"]
    return all(size.isdigit() and int(size) <= _largest(scope) for size in sizes)


def _limited(receive: Receive, largest: int) -> Receive:
    """Hang up on a body that says nothing of its size, or too little, and is larger than it may be."""
    received = 0

    async def receiving() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        return message if received <= largest else {"type": "http.disconnect"}

    return receiving


def _plain(scope: Message) -> Message:
    """Return a request for a page that is rewritten, without its query, which Gradio takes for its own."""
    headers = [pair for pair in scope["headers"] if pair[0].lower() != b"accept-encoding"]
    return {**scope, "headers": headers, "query_string": b""}


def _with_headers(send: Send, nonce: str) -> Send:
    policy = (b"content-security-policy", POLICY.format(nonce=nonce).encode())

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *HEADERS, policy]}
        await send(message)

    return sending


async def _refuse(scope: Message, send: Send, status: int, reason: bytes, location: bytes = b"") -> None:
    """Say why not; a program gets it as JSON."""
    if scope["path"].startswith(PROGRAMS):
        kind, reason = b"application/json", json.dumps({"error": reason.decode()}).encode()
    else:
        kind = b"text/plain"
    headers = [(b"content-type", kind), (b"content-length", str(len(reason)).encode())]
    if location:
        headers.append((b"location", location))
    start = {"type": "http.response.start", "status": status, "headers": headers}
    await _with_headers(send, secrets.token_urlsafe())(start)
    await send({"type": "http.response.body", "body": reason})
