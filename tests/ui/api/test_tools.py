"""An assistant asks the reports over MCP: the official client calls the tools, by a pipe and over HTTP."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.access import accounts, tokens
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.output import answer_object, hits_object
from sstc_chat.ui.access.share import Share
from sstc_chat.ui.access.visitors import Door
from sstc_chat.ui.api.serving import BUSY, Service
from sstc_chat.ui.api.tools import tools_server
from sstc_chat.ui.page import working
from sstc_chat.ui.page.working import Workers

if TYPE_CHECKING:
    from tests.ui.conftest import Make

Serve = Callable[..., AbstractContextManager[str]]

QUESTION = "What is Ejo Heza?"


def called(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:  # noqa: ANN401
    """Return what tools answer, each as JSON, or the words of what went wrong."""

    async def calling() -> list[Any]:
        async with Client(server, read_timeout_seconds=300) as client:
            listed = sorted(tool.name for tool in (await client.list_tools()).tools)
            assert listed == ["ask", "check", "documents", "search"]
            results = [await client.call_tool(name, given) for name, given in calls]
        return [
            result.content[0].text if result.is_error else json.loads(result.content[0].text)  # type: ignore[union-attr]
            for result in results
        ]

    return asyncio.run(calling())


def without_times(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in {"milliseconds", "record"}}


def test_the_program_answers_the_official_client(home: Path, engine: Engine) -> None:
    """Over its standard input and output, on which nothing else may be written."""
    assert engine.store.chunks
    program = str(Path(sys.executable).with_name("sstc-chat"))
    server = StdioServerParameters(command=program, args=["--home", str(home), "mcp"])
    answer, found = called(
        server, ("ask", {"question": QUESTION}), ("search", {"question": QUESTION, "top": 2})
    )
    assert without_times(answer) == json.loads(json.dumps(without_times(answer_object(engine.ask(QUESTION)))))
    assert [hit["chunk_id"] for hit in found["hits"]] == [
        hit["chunk_id"] for hit in hits_object(engine.search(QUESTION, 2))["hits"]
    ]


def test_answers_are_checked_and_what_is_wrong_is_said(engine: Engine, tmp_path: Path) -> None:
    server = tools_server(Service(engine, tmp_path), Workers(2))
    answer, listed = called(server, ("ask", {"question": QUESTION}), ("documents", {}))
    assert [one["id"] for one in listed["documents"]] == [source.id for source in engine.sources()]
    checked, unknown, empty, no_record = called(
        server,
        ("check", {"record": answer["record"]}),
        ("ask", {"question": QUESTION, "documents": ["none"]}),
        ("ask", {"question": ""}),
        ("check", {"record": {}}),
    )
    assert '"same"' in json.dumps(checked)
    assert "There is no document 'none'" in unknown
    assert "question" in empty
    assert "This is no record" in no_record
    assert "Traceback" not in unknown + empty + no_record


def test_where_the_package_is_missing_the_remedy_is_named(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(SettingsError, match=r"pip install '\.\[mcp\]'"):
        tools_server(Service(engine, tmp_path), Workers(2))


def over_http(url: str, token: str = "") -> Any:  # noqa: ANN401
    """Return what the official client connects to, bringing a token."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return streamable_http_client(
        f"{url}/api/mcp", http_client=httpx2.AsyncClient(headers=headers, timeout=60)
    )


def said(url: str, **headers: str) -> int:
    """Return the status of the first thing that a client asks."""
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accepted = {"Accept": "application/json, text/event-stream", **headers}
    return httpx.post(f"{url}/api/mcp", json=body, headers=accepted).status_code


def test_the_served_page_answers_the_official_client(
    serve_page: Serve, engine: Engine, tmp_path: Path
) -> None:
    """Only with a token, where one must sign in."""
    accounts.add(tmp_path, "Amina", "nine cups of black tea", [])
    token = tokens.add(tmp_path, "An assistant", [])
    with serve_page(engine, door=Door(tmp_path, readers="signed-in"), languages=[]) as url:
        answer, listed, unknown = called(
            over_http(url, token),
            ("ask", {"question": QUESTION}),
            ("documents", {}),
            ("ask", {"question": QUESTION, "documents": ["none"]}),
        )
        assert (said(url), said(url, Authorization="Bearer sstc_wrong")) == (401, 401)
        assert said(url, Authorization=f"Bearer {token}") == 200
        assert httpx.get(f"{url}/api/mcp", headers={"Authorization": f"Bearer {token}"}).status_code == 405
    assert without_times(answer) == json.loads(json.dumps(without_times(answer_object(engine.ask(QUESTION)))))
    assert answer["record"]["question"] == QUESTION
    assert [one["id"] for one in listed["documents"]] == [source.id for source in engine.sources()]
    assert "There is no document 'none'" in unknown


def test_no_page_of_another_name_gets_to_the_tools(serve_page: Serve, make: Make, tmp_path: Path) -> None:
    """A name of elsewhere that leads to this machine is what its page asks by, and its own origin, too."""
    token = tokens.add(tmp_path, "An assistant", [])
    engine, elsewhere = make.engine({}), {"Host": "elsewhere.example"}
    with serve_page(engine, door=Door(tmp_path), public="https://chat.example", languages=[]) as url:
        assert said(url) == 200
        assert said(url, **elsewhere) == 421
        assert said(url, **elsewhere, Origin="http://elsewhere.example") == 421
        assert said(url, Origin="http://elsewhere.example") == 403
        assert said(url, Host="chat.example", Origin="https://chat.example") == 200
        assert said(url, **elsewhere, Authorization=f"Bearer {token}") == 200
    with serve_page(engine, door=Door(tmp_path, private=False), languages=[]) as url:
        assert said(url, Host="chat.example") == 200


def test_assistants_are_held_to_their_share(serve_page: Serve, make: Make, tmp_path: Path) -> None:
    with serve_page(make.engine({}), door=Door(tmp_path), languages=[], share=Share(a_minute=2)) as url:
        assert [said(url) for _ in range(3)] == [200, 200, 429]


def test_where_too_many_wait_the_assistant_is_told(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "MOST_WAITING", -1)
    (told,) = called(tools_server(Service(engine, tmp_path), Workers(1)), ("documents", {}))
    assert BUSY in told
