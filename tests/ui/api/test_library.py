"""Programs of administrators add documents, replace them and take them out, as the page does."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from sstc_chat.corpus.readers import MOST_BYTES
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.store import open_store
from sstc_chat.rag.access import accounts, tokens
from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.documents.listing import rows_object, rows_of
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.feedback.keeping import send
from sstc_chat.rag.feedback.opinions import Opinion
from sstc_chat.rag.opening import reopened
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.settings import Settings
from sstc_chat.ui.access.visitors import Door

Serve = Callable[..., AbstractContextManager[str]]
PAGE = (Path(__file__).parents[3] / "docs" / "API.md").read_text("utf-8")
TEA = "The teapot of Ruritania holds nine cups."
QUESTION = "How many cups does the teapot of Ruritania hold?"


@pytest.fixture
def editor(
    engine: Engine, home: Path, encoders: Mapping[str, Encoder], settings: Settings, tmp_path: Path
) -> Editor:
    """Return what changes a copy of the built home, where one must show who one is."""
    assert engine.store.chunks
    shutil.copytree(home, tmp_path / "own")
    accounts.add(tmp_path / "own", "Amina", "nine cups of black tea", [])
    return Editor(tmp_path / "own", encoders, settings.index_settings())


@pytest.fixture
def url(serve_page: Serve, editor: Editor, settings: Settings) -> Iterator[str]:
    first = Engine(open_store(editor.home, editor.encoders, editor.settings), editor.encoders)
    current = CurrentEngine(first, lambda: reopened(first, replace(settings, home=editor.home)))
    with serve_page(current, editor, door=Door(editor.home), languages=[]) as address:
        yield address


@pytest.fixture
def token(editor: Editor) -> str:
    return tokens.add(editor.home, "The archive", ["administrator"])


@pytest.fixture
def client(url: str, token: str) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=60) as opened:
        yield opened


def listed(client: httpx.Client) -> list[str]:
    return [one["id"] for one in client.get("/documents").raise_for_status().json()]


def said(client: httpx.Client) -> str:
    return str(client.post("/ask", json={"question": QUESTION}).raise_for_status().json()["text"])


def test_a_file_goes_in_is_replaced_and_goes_out_and_back(client: httpx.Client, editor: Editor) -> None:
    """Under a name as people give them; what is quoted then is what the file says."""
    (report,) = listed(client)
    address = "/documents/file/Thé de Ruritanie.txt"
    added = client.put(address, content=TEA).raise_for_status().json()
    ((tea, change),) = added["documents"].items()
    assert (change, added["effects"]) == ("added", {})
    assert listed(client) == [report, tea]
    assert "nine cups" in said(client)
    assert client.put(address, content=TEA).json()["documents"] == {}
    changed = client.put(address, content=TEA.replace("nine", "eleven")).raise_for_status().json()
    assert changed["documents"] == {tea: "replaced"}
    assert "eleven cups" in said(client)
    assert client.delete(f"/documents/document/{tea}").raise_for_status().json()["documents"] == {}
    assert listed(client) == [report]
    assert client.post(f"/documents/undo/{tea}").raise_for_status().json() == {"documents": [tea]}
    assert listed(client) == [report, tea]
    store = open_store(editor.home, editor.encoders, editor.settings)
    rows = client.get("/documents").json()
    assert rows == json.loads(json.dumps(rows_object(rows_of(store), store)))
    store.close()


def test_what_a_change_does_to_answers_that_were_kept_is_told(
    client: httpx.Client, editor: Editor, engine: Engine
) -> None:
    send(editor.home, Opinion(good=True, record=record_of(engine.ask("What is Ejo Heza?"))))
    (report,) = listed(client)
    gone = client.delete(f"/documents/document/{report}").raise_for_status().json()
    assert gone["effects"] == {"answers with feedback": {"gone": 1}}


def test_what_will_not_do_is_said_and_changes_nothing(client: httpx.Client) -> None:
    before = listed(client)
    for name, content, status, why in (
        ("tea.exe", b"MZ", 415, "Give one of: "),
        ("tea.pdf", b"%PDF-", 400, "tea.pdf is a broken PDF"),
        ("tea%00.txt", b"x", 400, "no name of a file"),
        ("..%5Ctea.txt", b"x", 400, "no name of a file"),
        (f"{'x' * 201}.txt", b"x", 422, "name"),
        ("empty.txt", b"", 400, ""),
    ):
        answer = client.put(f"/documents/file/{name}", content=content)
        assert (answer.status_code, list(answer.json())) == (status, ["error"]), (name, answer.text)
        assert why in answer.json()["error"]
    missing = client.delete("/documents/document/none")
    assert (missing.status_code, "'none'" in missing.json()["error"]) == (404, True)
    assert client.post("/documents/undo/none").status_code == 409
    assert listed(client) == before


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(url: str, token: str) -> None:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    connection.putrequest("PUT", "/api/v1/documents/file/tea.txt")
    connection.putheader("Authorization", f"Bearer {token}")
    connection.putheader("Content-Length", str(MOST_BYTES + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("role", ["reader", "evaluator"])
def test_nobody_else_changes_the_library(client: httpx.Client, editor: Editor, role: str) -> None:
    other = {"Authorization": f"Bearer {tokens.add(editor.home, role, [role])}"}
    (report,) = listed(client)
    assert client.put("/documents/file/tea.txt", content=TEA, headers=other).status_code == 403
    assert client.delete(f"/documents/document/{report}", headers=other).status_code == 403
    assert client.post(f"/documents/undo/{report}", headers=other).status_code == 403
    assert listed(client) == [report]


def test_the_lines_for_the_shell_work_as_they_stand(
    url: str, token: str, client: httpx.Client, tmp_path: Path
) -> None:
    upload, remove = [line for line in re.findall(r"^curl .*$", PAGE, re.MULTILINE) if "/documents/" in line]
    if shutil.which("curl") is None:
        pytest.skip("There is no curl here.")
    (tmp_path / "report.md").write_text(TEA)
    environment = {**os.environ, "SSTC_CHAT_TOKEN": token}

    def printed(line: str) -> bytes:
        command = line.replace("https://chat.example.org", url)
        return subprocess.run(  # noqa: S602
            command, shell=True, env=environment, cwd=tmp_path, capture_output=True, check=True
        ).stdout

    (identity,) = json.loads(printed(upload))["documents"]
    assert identity in listed(client)
    printed(remove.replace("/ID", f"/{identity}"))
    assert identity not in listed(client)
