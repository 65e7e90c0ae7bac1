"""Only what a reader needs is let in, and the browser is told to run and fetch nothing else."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from sstc_chat.ui.access.visitors import Door, Visitor
from sstc_chat.ui.languages.words import words_in
from sstc_chat.ui.page.frontpage import Front
from sstc_chat.ui.page.protection import LARGEST_BODY, Message, Protection, Receive, Send
from sstc_chat.ui.page.views import View

READER = Visitor(frozenset({"reader"}))
# Nobody has an account here, so everybody may read.
DOOR = Door(Path("nowhere"))
VIEWS = (View("", "chat.view", lambda _: None), View("other", "chat.report", lambda _: None))
PAGES = {
    f"/{language}/{view.path}": Front(words_in(language), view, VIEWS, READER)
    for language in ("en", "ar")
    for view in VIEWS
}
PAGE = b"""<html
 lang="en"><head><link rel="manifest" href="/manifest.json" /><meta
 property="og:image" content="https://elsewhere.example/x.jpg" />
<meta
 name="twitter:card" content="x" /><script>one()</script></head><body style=""><script src="a">
</script></body></html>"""


async def inner(scope: Message, _receive: Receive, send: Send) -> None:
    """Answer with the page in two parts, and tell which encodings the browser was said to take."""
    encodings = [value for name, value in scope["headers"] if name == b"accept-encoding"]
    headers = [
        (b"content-type", b"text/html"),
        (b"content-length", b"1"),
        (b"x-encodings", b",".join(encodings)),
        (b"x-query", scope["query_string"]),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE[:40], "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[40:]})


def fetch(
    path: str, method: str = "GET", query: str = "", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope: dict[str, Any] = {
        "type": "http",
        "path": path,
        "method": method,
        "scheme": "http",
        "query_string": query.encode(),
        "headers": [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()],
    }
    asyncio.run(Protection(inner, PAGES, DOOR)(scope, receive, send))
    given = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], given, b"".join(message["body"] for message in sent[1:])


@pytest.mark.parametrize(
    "path",
    [
        "/en/gradio_api/upload",
        "/en/gradio_api/file=/etc/passwd",
        "/en/gradio_api/proxy=https://example.org",
        "/en/gradio_api/runs",
        "/en/gradio_api/run/answering",
        "/en/gradio_api/call/answering",
        "/en/gradio_api/component_server",
        "/en/gradio_api/deep_link",
        "/gradio_api/queue/join",
        "/xx/gradio_api/queue/join",
        "/xx/",
        "/en/nowhere",
        "/en/monitoring",
        "/docs",
        "/openapi.json",
        "/en/login",
        "//",
        "/page/",
        "/pages",
    ],
)
def test_what_a_reader_does_not_need_is_not_there(path: str) -> None:
    status, headers, _ = fetch(path)
    assert status == 404
    assert "content-security-policy" in headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en",
        "/ar/",
        "/ar/other",
        "/page/page.css",
        "/zh/assets/x.js",
        "/ru/gradio_api/queue/join",
        "/fr/gradio_api/run/predict",
    ],
)
def test_what_a_reader_needs_is_there(path: str) -> None:
    assert fetch(path)[0] == 200


@pytest.mark.parametrize("size", [str(LARGEST_BODY + 1), "-1", "many"])
def test_a_body_is_no_larger_than_a_question(size: str) -> None:
    assert fetch("/en/gradio_api/queue/join", "POST", content_length=size)[0] == 413


def test_the_longest_question_passes() -> None:
    assert fetch("/en/gradio_api/queue/join", "POST", content_length=str(LARGEST_BODY))[0] == 200


def test_the_scripts_of_the_page_have_the_nonce_of_its_policy() -> None:
    _, headers, body = fetch("/en/", accept_encoding="br")
    nonces = re.findall(r'<script nonce="([^"]+)"', body.decode())
    assert len(nonces) == body.count(b"<script") > 3
    assert set(nonces) == set(re.findall("'nonce-([^']+)'", headers["content-security-policy"]))
    assert headers["content-length"] == str(len(body))
    assert headers["x-encodings"] == ""


def test_no_two_pages_have_the_same_nonce() -> None:
    policies = {fetch("/en/")[1]["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


def test_no_script_may_stand_in_the_page_without_it() -> None:
    policy = fetch("/en/")[1]["content-security-policy"]
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in script
    assert "http" not in policy


def test_what_is_asked_of_a_page_is_for_its_scripts_alone() -> None:
    """Gradio takes the name of a view from it, and fails where there is none."""
    assert fetch("/en/", query="page=nowhere")[1]["x-query"] == ""


def test_a_head_request_has_no_body() -> None:
    status, headers, body = fetch("/en/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 0


def test_the_page_speaks_of_no_other_site() -> None:
    page = PAGES["/en/"](PAGE, "n").decode()
    assert not re.search("elsewhere.example|twitter|manifest", page)
    assert page.index("page.css") < page.index("chat.css") < page.index("</head>")


def test_a_page_says_its_language_and_its_direction() -> None:
    page = PAGES["/ar/other"](PAGE, "n").decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "<title>التقرير – SSTC Chat</title>" in page
    assert '<a href="./other" aria-current="page">التقرير</a>' in page
    assert '<a href="../fr/other" lang="fr" hreflang="fr" data-language="fr">Français</a>' in page


@pytest.mark.parametrize("headers", [[], [(b"content-length", b"1")]])
def test_a_body_that_says_nothing_of_its_size_is_cut_off(headers: list[tuple[bytes, bytes]]) -> None:
    """It comes in pieces; what is more than may come is a reader who hung up."""
    piece, got = b"x" * (LARGEST_BODY // 4), list[Message]()

    async def reading(_scope: Message, receive: Receive, _send: Send) -> None:
        while not got or got[-1]["type"] == "http.request":
            got.append(await receive())

    async def receive() -> Message:
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(_: Message) -> None:
        return

    scope = {"type": "http", "path": "/en/gradio_api/run/predict", "method": "POST", "headers": headers}
    asyncio.run(Protection(reading, PAGES, DOOR)(scope, receive, send))
    assert [message["type"] for message in got] == ["http.request"] * 4 + ["http.disconnect"]
