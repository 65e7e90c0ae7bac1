"""Every address and every event of Gradio, as each kind of visitor: it is as docs/ACCESS.md says."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from sstc_chat.rag.access import accounts, sessions
from sstc_chat.rag.access.provider import Provider
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.ui.access.visitors import COOKIE, Door
from sstc_chat.ui.app import VIEWS, web_app
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.protection import Message, Protection

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.ui.conftest import Make

TEXT = (Path(__file__).parents[3] / "docs" / "ACCESS.md").read_text("utf-8")
PASSWORD = "nine cups of black tea"  # noqa: S105
HERE = "localhost:7860"
ROLES = ("reader", "evaluator", "administrator")
VISITORS = ("here", "elsewhere", "nobody", "closed", *ROLES)
# What can stand in an address in place of a name in braces.
FILLED = re.compile(r"\{\w+(:path)?\}")


def table() -> dict[str, dict[str, bool]]:
    """Return what the documentation says: by address and visitor, whether it is let in."""
    rows = re.findall(r"^\| (`/\S*`|events of the \w+) \|(.*)\|$", TEXT, re.MULTILINE)
    answers = {name.strip("`"): [cell.strip() for cell in cells.split("|")] for name, cells in rows}
    return {
        name: dict(zip(VISITORS, (cell == "yes" for cell in cells), strict=True))
        for name, cells in answers.items()
    }


TABLE = table()


def row_of(path: str) -> str | None:
    """Return the row of the documentation that an address belongs to."""
    rows = [row for row in TABLE if re.fullmatch(re.escape(row).replace("…", ".+"), path)]
    return rows[0] if rows else None


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, str]]:
    """Return a home without accounts, one with an account for each role, and a session of each."""
    without, having = tmp_path_factory.mktemp("without"), tmp_path_factory.mktemp("having")
    for role in ROLES:
        accounts.add(having, role, PASSWORD, [role])
    return without, having, {role: sessions.begin(having, role, 1) for role in ROLES}


@pytest.fixture(scope="module")
def application(make: Make, homes: tuple[Path, Path, dict[str, str]]) -> Protection:
    """Return the page in one language, on which documents may be edited."""
    editor = Editor(homes[0], {}, {})
    engine = make.engine({"one": [("paragraph", "It began.")]})
    door = Door(homes[0], provider=Provider("https://login.example", "sstc-chat", "hidden", "roles", {}))
    return web_app(Hosted(engine, homes[0], door, editor=editor), ["en"])


def addresses(routes: Sequence[object], below: str = "") -> Iterator[str]:
    """Yield an example of every address that a server knows, Gradio's own among them."""
    for route in routes:
        if isinstance(route, Mount) and not isinstance(route.app, FastAPI):
            yield f"{below}{route.path}/x"
        elif isinstance(route, Mount):
            yield from addresses(route.routes, f"{below}{route.path}")
        elif router := getattr(route, "original_router", None):  # how FastAPI includes a router
            yield from addresses(router.routes, below)
        elif path := getattr(route, "path", None):
            yield below + FILLED.sub("x", path).replace(
                "/x/", "/en/", not below and path.startswith("/{lang")
            )


async def arrived(_scope: Message, _receive: object, send: Any) -> None:  # noqa: ANN401
    """Stand for all that is behind the guard."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"arrived"})


def door_for(visitor: str, homes: tuple[Path, Path, dict[str, str]]) -> tuple[Door, dict[str, str]]:
    """Return the door that a visitor comes to, and the headers that they bring."""
    without, having, tokens = homes
    headers = {"host": HERE}
    if visitor in ROLES:
        headers["cookie"] = f"{COOKIE}={tokens[visitor]}"
    readers = "signed-in" if visitor in {"closed", *ROLES} else "open"
    if visitor in {"here", "elsewhere"}:
        return Door(without, private=visitor == "here"), headers
    return Door(having, readers=readers), headers


def is_let_in(guard: Protection, path: str, headers: dict[str, str]) -> bool:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": "POST" if "sign-out" in path else "GET",
        "scheme": "http",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(guard(scope, receive, send))
    return bool(sent[0]["status"] == 200)


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_address_is_for_whom_the_documentation_says(
    visitor: str, application: Protection, homes: tuple[Path, Path, dict[str, str]]
) -> None:
    door, headers = door_for(visitor, homes)
    guard = Protection(arrived, application.pages, door)
    known = {*addresses(application.application.application.routes), "/en", "/en/", "/en/gradio_api/app_id"}  # type: ignore[attr-defined]
    assert len(known) > 60
    rows = {path: row_of(path) for path in sorted(known)}
    found = {path: is_let_in(guard, path, headers) for path in rows}
    assert found == {path: row is not None and TABLE[row][visitor] for path, row in rows.items()}


def test_every_row_of_the_documentation_is_an_address_that_there_is(application: Protection) -> None:
    known = {row_of(path) for path in addresses(application.application.application.routes)}  # type: ignore[attr-defined]
    # A mount, and a function of Gradio's whose name is part of the address.
    known |= {"/en", "/en/gradio_api/run/predict"}
    assert {row for row in TABLE if row.startswith("/")} - known == set()


def test_other_languages_are_for_the_same_people(
    application: Protection, homes: tuple[Path, Path, dict[str, str]]
) -> None:
    for visitor in VISITORS:
        door, headers = door_for(visitor, homes)
        guard = Protection(arrived, application.pages, door)
        for row in [row for row in TABLE if row.startswith("/en")]:
            path = row.replace("…", "x")
            expected = is_let_in(guard, path, headers)
            assert is_let_in(guard, path.replace("/en", "/ar", 1), headers) == expected, (visitor, path)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the events that the guard let pass; nothing is done for them."""
    passed: list[int] = []

    async def process(_: gr.Blocks, block_fn: Any, *_given: object, **_others: object) -> dict[str, Any]:  # noqa: ANN401
        passed.append(block_fn._id)
        return {"data": [None] * len(block_fn.outputs), "is_generating": False}

    monkeypatch.setattr(gr.Blocks, "process_api", process)
    return passed


EVENTS = {"": "events of the chat", "documents": "events of the documents", "desk": "events of the desk"}


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_event_is_for_whom_the_documentation_says(
    visitor: str,
    serve_page: Callable[..., AbstractContextManager[str]],
    make: Make,
    homes: tuple[Path, Path, dict[str, str]],
    done: list[int],
) -> None:
    """Each is asked for at the one address that they share, directly or over the queue, as Gradio does."""
    door, headers = door_for(visitor, homes)
    assert set(EVENTS) == {view.path for view in VIEWS}
    with (
        serve_page(make.engine({}), door=door, languages=["en"]) as url,
        httpx.Client(base_url=f"{url}/en", headers=headers, timeout=30) as client,
    ):
        closed = client.get("/config").status_code == 401
        config = own_config(make, homes[0]) if closed else client.get("/config").json()
        events = [event for event in config["dependencies"] if event["backend_fn"]]
        pages = {number: name for name, page in config["page"].items() for number in page["dependencies"]}
        assert {pages[event["id"]] for event in events} == set(EVENTS)
        for event in events:
            press(client, event)
        expected = [event["id"] for event in events if TABLE[EVENTS[pages[event["id"]]]][visitor]]
        assert sorted(done) == expected


def own_config(make: Make, home: Path) -> dict[str, Any]:
    """Return Gradio's configuration, as whoever may not have it might know it from elsewhere."""
    page = web_app(Hosted(make.engine({}), home), ["en"])
    (mount,) = [
        route
        for route in page.application.application.routes  # type: ignore[attr-defined]
        if isinstance(route, Mount) and isinstance(route.app, gr.routes.App)
    ]
    blocks = mount.app.get_blocks()  # type: ignore[attr-defined]
    return dict(blocks.get_config_file())


def press(client: httpx.Client, event: dict[str, Any]) -> None:
    body = {
        "fn_index": event["id"],
        "session_hash": "s",
        "data": [None] * len(event["inputs"]),
        "event_data": {},
    }
    if event["queue"] is False:
        client.post("/gradio_api/run/predict", json=body)
    elif client.post("/gradio_api/queue/join", json=body).status_code == 200:
        with client.stream("GET", "/gradio_api/queue/data?session_hash=s") as told:
            next(
                line
                for line in told.iter_lines()
                if json.loads(line[6:] or "{}").get("msg") == "process_completed"
            )


def test_routes_are_read_as_they_are_written() -> None:
    """The walk above is as good as this: what it overlooks, it allows."""
    route = APIRoute("/{language}/sign-in", lambda: None)
    assert list(addresses([route, Mount("/page", arrived)])) == ["/en/sign-in", "/page/x"]
