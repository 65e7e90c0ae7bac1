"""An assistant asks the reports over MCP: the official client starts the program and calls its tools."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.output import answer_object, hits_object
from sstc_chat.ui.api.serving import Service
from sstc_chat.ui.api.tools import tools_server

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
    server = tools_server(Service(engine, tmp_path))
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
        tools_server(Service(engine, tmp_path))
