"""The program answers from Milvus as from the home, and says what is wrong when it cannot."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.milvus.address import Address
from sstc_chat.index.types import no_progress
from sstc_chat.rag.cli import run
from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.documents.publishing import publish_library
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import open_engine, reopened
from sstc_chat.rag.settings import Settings, load_settings

QUESTIONS = [
    "How many organizations took part in the workshop in Azerbaijan?",
    "What is Ejo Heza?",
    "Who is the president of France?",
    "Quand a eu lieu l'atelier de Belgrade ?",
    "كم عدد البلدان المشاركة في المبادرات؟",
    "有多少个国家参与这些倡议？",
]


@pytest.fixture
def remote(engine: Engine, settings: Settings, milvus: Address) -> Settings:
    """Return settings with which questions look in Milvus, where the shipped report is."""
    assert engine.documents
    there = replace(settings, store="milvus", milvus_uri=milvus.uri)
    with open_library(settings.home) as library:
        publish_library(there, library, no_progress, replace=True)
    return there


def test_answers_are_those_of_the_home(engine: Engine, remote: Settings, tmp_path: Path) -> None:
    other = open_engine(replace(remote, home=tmp_path), no_progress)
    for question in QUESTIONS:
        ours, theirs = engine.ask(question), other.ask(question)
        assert (theirs.text, theirs.refusal) == (ours.text, ours.refusal)
        assert theirs.citations == ours.citations
        assert theirs.fingerprint == ours.fingerprint
        assert theirs.confidence == pytest.approx(ours.confidence, abs=0.2)
    assert other.lines(engine.sources()[0].id) == engine.lines(engine.sources()[0].id)
    other.store.close()


def test_the_command_line_publishes_what_changes(
    milvus: Address, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, elsewhere = tmp_path / "writer", tmp_path / "reader"
    file = tmp_path / "lima.txt"
    file.write_text(
        "The forum met in Lima in March 2019. Twelve mayors of the Andes signed the charter there."
    )
    where = ["--store", "milvus", "--milvus-uri", milvus.uri]

    def said(home: Path, *command: str, status: int = 0) -> str:
        assert run(["--home", str(home), *where, *command], lambda _adder: None) == status
        captured = capsys.readouterr()
        return captured.out + captured.err

    assert "another home" in said(home, "index", "build", status=1)
    assert "holds 1 documents" in said(home, "index", "publish", "--replace")
    said(home, "index", "add", str(file))
    answer = json.loads(said(elsewhere, "ask", "How many mayors signed the charter in Lima?", "--json"))
    assert "Twelve mayors" in answer["text"]
    assert not (elsewhere / "manifest.json").exists()
    identity = answer["citations"][0]["document_id"]
    said(home, "index", "remove", identity)
    assert identity not in said(elsewhere, "index", "list")
    said(home, "index", "undo")
    assert identity in said(elsewhere, "index", "list")


def test_a_server_that_is_gone_is_said_and_the_change_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--home", str(tmp_path), "--store", "milvus", "--milvus-uri", "http://127.0.0.1:9"]
    assert run([*where, "ask", "What is Ejo Heza?"], lambda _adder: None) == 1
    assert "127.0.0.1:9" in capsys.readouterr().err
    assert run([*where, "index", "build"], lambda _adder: None) == 1
    assert "`sstc-chat index publish` brings it there" in capsys.readouterr().err
    assert run(["--home", str(tmp_path), "index", "list"], lambda _adder: None) == 0
    assert "ilo-south-south" in capsys.readouterr().out
    assert run(["--home", str(tmp_path), "index", "publish"], lambda _adder: None) == 2
    assert "--store milvus" in capsys.readouterr().err


def test_a_chat_server_follows_what_is_published(
    remote: Settings, encoders: dict[str, Encoder], tmp_path: Path
) -> None:
    def publish(library: object) -> None:
        publish_library(remote, library, no_progress)  # type: ignore[arg-type]

    first = open_engine(replace(remote, home=tmp_path / "server"), no_progress)
    current = CurrentEngine(first, lambda: reopened(first, remote))
    editor = Editor(remote.home, encoders, remote.index_settings(), publish=publish)
    file = tmp_path / "quito.txt"
    file.write_text("In Quito, nineteen cooperatives of weavers trained young people in 2018.")
    question = "How many cooperatives of weavers trained young people in Quito?"
    assert "nineteen" not in current.ask(question).text
    changed = editor.add(file, "quito.txt")
    assert "nineteen" in current.ask(question).text
    editor.remove(list(changed.documents))
    assert "nineteen" not in current.ask(question).text


def test_the_token_is_a_secret_that_no_flag_takes(tmp_path: Path) -> None:
    environment = {"SSTC_CHAT_STORE": "milvus", "SSTC_CHAT_MILVUS_TOKEN": "root:sesame"}
    settings = load_settings({"home": tmp_path}, environment)
    address = settings.milvus()
    assert address == Address("http://localhost:19530", "root:sesame")
    assert "sesame" not in repr(settings)
    assert "sesame" not in repr(address)
    with pytest.raises(SystemExit):
        run(["--milvus-token", "root:sesame", "ask", "What?"], lambda _adder: None)
