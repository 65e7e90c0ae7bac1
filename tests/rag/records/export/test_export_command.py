"""Exports as they are written from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import pytest

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.records.export.formats import exported, write_export
from sstc_chat.rag.records.record import answer_of
from sstc_chat.ui.main import main

Captured = pytest.CaptureFixture[str]
EXAMPLE = Path(__file__).parents[4] / "docs" / "example-record.json"


@pytest.fixture
def own(engine: Engine, home: Path, tmp_path: Path) -> Path:
    assert engine.store.chunks
    return Path(shutil.copytree(home, tmp_path / "own"))


def test_ask_writes_its_answer_and_prints_it_too(capsys: Captured, own: Path, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    assert main(["--home", str(own), "ask", "What is Ejo Heza?", "--export", str(path)]) == 0
    out, error = capsys.readouterr()
    (record,) = json.loads(path.read_text("utf-8"))
    answer = answer_of(record)
    assert out.startswith(answer.text)
    assert f"Wrote {path}." in error
    assert record["citations"][0]["target"][0]["selector"][1]["type"] == "TextQuoteSelector"
    assert main(["--home", str(own), "check", str(path)]) == 0


def test_a_batch_becomes_one_conversation(capsys: Captured, own: Path, tmp_path: Path) -> None:
    batch, path = tmp_path / "batch.jsonl", tmp_path / "answers.md"
    questions = ["Qu'est-ce que Ejo Heza ?", "", "What is Ejo Heza?"]
    batch.write_text("\n".join(json.dumps({"question": one}) for one in questions))
    assert main(["--home", str(own), "ask", "--batch", str(batch), "--export", str(path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    headings = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    asked = ["## Qu'est-ce que Ejo Heza ?", "## What is Ejo Heza?"]
    assert headings == ["# Réponses tirées des rapports", *asked, "## Sources"]


@pytest.mark.parametrize("language", [None, "ar"])
def test_a_record_becomes_a_word_document(capsys: Captured, tmp_path: Path, language: str | None) -> None:
    path = tmp_path / "ANSWERS.DOCX"
    chosen = ["--export-language", language] if language else []
    assert main(["export", str(EXAMPLE), str(path), *chosen]) == 0
    paragraphs = [one.text for one in docx.Document(str(path)).paragraphs]
    assert paragraphs[0] == ("إجابات من التقارير" if language else "Answers from the reports")
    assert paragraphs[1] == "What is Ejo Heza?"
    assert capsys.readouterr().out == ""


def test_a_record_is_its_own_json_export(tmp_path: Path) -> None:
    path = tmp_path / "same.json"
    assert main(["export", str(EXAMPLE), str(path)]) == 0
    assert path.read_bytes() == EXAMPLE.read_bytes()


@pytest.mark.parametrize(
    ("name", "named"),
    [("answers.pdf", "Give one of: .md, .docx, .json"), ("nowhere/answers.md", "no folder 'nowhere'")],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_asked(
    capsys: Captured, name: str, named: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["ask", "What is Ejo Heza?", "--export", name])
    assert left.value.code == 2
    assert named in capsys.readouterr().err


def test_what_is_no_record_is_not_exported(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('[{"format": "other"}]')
    for suffix in (".md", ".docx", ".json"):
        assert main(["export", str(tmp_path / "other.json"), str(tmp_path / f"new{suffix}")]) == 1
        assert "This is no record" in capsys.readouterr().err
        assert not (tmp_path / f"new{suffix}").exists()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    records = json.loads(EXAMPLE.read_text("utf-8"))
    path = tmp_path / "answers.md"
    path.mkdir()
    with pytest.raises(RecordError, match="cannot be written"):
        write_export(records, path, "en")
    assert [one.name for one in tmp_path.iterdir()] == ["answers.md"]
    with pytest.raises(RecordError, match="no format"):
        exported(records, ".pdf", "en")
