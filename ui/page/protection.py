"""Let in only what a reader needs, and tell the browser to fetch and run nothing else."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from sstc_chat.corpus.readers import MOST_BYTES
from sstc_chat.ui.languages.words import LANGUAGES
from sstc_chat.ui.page.frontpage import STATIC_PATH

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
# Takes a page and the nonce of its scripts.
Rewrite = Callable[[bytes, str], bytes]

# Where documents are sent, if the library may be edited; without an editor nobody answers there.
SENT = "/documents"
# Where pages of documents are served as pictures.
PICTURES = "/pages/picture"
# The choice of a language, our files, and what Gradio needs to run a page; the pages come beside.
NEEDED = re.compile(
    rf"/|{STATIC_PATH}/.+|{PICTURES}|{SENT}/(file|document|undo)/.+|/({'|'.join(LANGUAGES)})"
    r"(/config|/theme\.css|/assets/.+|/static/.+"
    r"|/gradio_api/(run/predict|app_id|queue/.*|heartbeat/.*|cancel|reset))?"
)
# The largest file of questions that an evaluator may send, and its envelope, with room to spare.
LARGEST_BODY = 1024 * 1024
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
        By its path, what is done to a page before it is sent.
    end_streams
        Ends the connections that open pages keep.
    """

    def __init__(
        self,
        application: Application,
        pages: Mapping[str, Rewrite],
        end_streams: Callable[[], None] = lambda: None,
    ) -> None:
        self.application = application
        self.pages = pages
        self.end_streams = end_streams

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
        elif not (scope["path"] in self.pages or is_needed(scope["path"])):
            await _refuse(send, 404, b"There is nothing here.")
        elif not _is_small(scope):
            await _refuse(send, 413, b"That is more than a question needs.")
        elif scope["path"] in self.pages:
            await self._page(scope, receive, send)
        else:
            limited = _limited(receive, _largest(scope))
            await self.application(scope, limited, _with_headers(send, secrets.token_urlsafe()))

    async def _page(self, scope: Message, receive: Receive, send: Send) -> None:
        """Collect the page, rewrite it, send it."""
        nonce = secrets.token_urlsafe()
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.application(_uncompressed(scope), receive, collect)
        page = b"".join(message.get("body", b"") for message in messages[1:])
        body = self.pages[scope["path"]](page, nonce)
        headers = [pair for pair in messages[0]["headers"] if pair[0].lower() != b"content-length"]
        length = (b"content-length", str(len(body)).encode())
        await _with_headers(send, nonce)({**messages[0], "headers": [*headers, length]})
        shown = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": shown})


def is_needed(path: str) -> bool:
    """Whether `path` is one that a page needs: no uploads, no files, no settings."""
    return NEEDED.fullmatch(path) is not None


def _largest(scope: Message) -> int:
    return MOST_BYTES if scope["path"].startswith(f"{SENT}/file/") else LARGEST_BODY


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


def _uncompressed(scope: Message) -> Message:
    headers = [pair for pair in scope["headers"] if pair[0].lower() != b"accept-encoding"]
    return {**scope, "headers": headers}


def _with_headers(send: Send, nonce: str) -> Send:
    policy = (b"content-security-policy", POLICY.format(nonce=nonce).encode())

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *HEADERS, policy]}
        await send(message)

    return sending


async def _refuse(send: Send, status: int, reason: bytes) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(reason)).encode())]
    start = {"type": "http.response.start", "status": status, "headers": headers}
    await _with_headers(send, secrets.token_urlsafe())(start)
    await send({"type": "http.response.body", "body": reason})
