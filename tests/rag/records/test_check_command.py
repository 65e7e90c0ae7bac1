"""`check` as others script against it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.records.record import answer_of, record_of
from sstc_chat.rag.records.selectors import annotated
from sstc_chat.ui.main import main

Captured = pytest.CaptureFixture[str]
EXAMPLE = Path(__file__).parents[3] / "docs" / "example-record.json"


@pytest.fixture
def own(engine: Engine, home: Path, tmp_path: Path) -> Path:
    assert engine.store.chunks
    return Path(shutil.copytree(home, tmp_path / "own"))


def run(capsys: Captured, home: Path, *arguments: str) -> tuple[int, str, str]:
    status = main(["--home", str(home), *arguments])
    return status, *capsys.readouterr()


def written(folder: Path, value: object) -> str:
    path = folder / "record.json"
    path.write_text(json.dumps(value), "utf-8")
    return str(path)


@pytest.fixture
def kept(engine: Engine) -> dict[str, Any]:
    return annotated(record_of(engine.ask("What is Ejo Heza?")), engine.store)


def test_the_example_of_the_documentation_is_a_record() -> None:
    (example,) = json.loads(EXAMPLE.read_text("utf-8"))
    assert answer_of(example).question.text == "What is Ejo Heza?"


def test_a_record_that_holds(capsys: Captured, own: Path, tmp_path: Path, kept: dict[str, Any]) -> None:
    status, out, _ = run(capsys, own, "check", written(tmp_path, kept), "--json")
    found = json.loads(out)
    (answer,) = found["answers"]
    (citation,) = answer["citations"]
    assert (status, found["holds"]) == (0, True)
    assert found["counts"] == {"same": 1, "moved": 0, "changed": 0, "gone": 0}
    assert (answer["question"], answer["holds"], answer["misquoted"]) == ("What is Ejo Heza?", True, [])
    assert (citation["number"], citation["state"], citation["spans"]) == (1, "same", [[6990, 7272]])
    assert citation["now"]["spans"] == [[6990, 7272]]
    assert citation["now"]["text"] == citation["quote"] == kept["citations"][0]["quote"]


def test_a_conversation_with_an_answer_that_does_not_hold(
    capsys: Captured, own: Path, tmp_path: Path, kept: dict[str, Any]
) -> None:
    cited = kept["citations"][0]
    forged = {**kept, "citations": [{**cited, "quote": cited["quote"].replace("savings", "spending")}]}
    status, out, error = run(capsys, own, "check", written(tmp_path, [kept, forged]))
    assert status == 1
    assert "1 of 2 answers do not hold" in error
    assert "Traceback" not in error
    assert "Quotes: 1 same, 0 moved, 1 changed, 0 gone" in out
    assert f"was: {forged['citations'][0]['quote']}" in out
    assert f"now: {cited['quote']}" in out
    assert f"not what it quotes: {cited['quote']}" in out


def test_a_document_that_is_replaced(
    capsys: Captured, own: Path, tmp_path: Path, kept: dict[str, Any]
) -> None:
    identity = kept["citations"][0]["document"]["id"]
    quote = kept["citations"][0]["quote"]
    row = {"id": identity, "title": "Anew", "text": f"A new beginning.\n\n{quote}"}
    (tmp_path / "new.jsonl").write_text(json.dumps(row), "utf-8")
    assert run(capsys, own, "index", "add", str(tmp_path / "new.jsonl"))[0] == 0
    status, out, _ = run(capsys, own, "check", written(tmp_path, kept))
    assert status == 0
    assert f"[1] moved: Anew ({identity}), characters 18–{18 + len(quote)}" in out
    (tmp_path / "new.jsonl").write_text(json.dumps({**row, "text": "Nothing of it is left."}), "utf-8")
    assert run(capsys, own, "index", "add", str(tmp_path / "new.jsonl"))[0] == 0
    status, out, _ = run(capsys, own, "check", written(tmp_path, kept))
    assert (status, "nothing like it is there" in out) == (1, True)
    assert run(capsys, own, "index", "remove", identity)[0] == 0
    status, out, _ = run(capsys, own, "check", written(tmp_path, kept))
    assert (status, "the document is not in the library" in out) == (1, True)


def test_what_is_no_record_is_named(capsys: Captured, own: Path, tmp_path: Path) -> None:
    status, out, error = run(capsys, own, "check", written(tmp_path, {"format": "x"}))
    assert (status, out) == (1, "")
    assert "This is no record" in error
