"""The command `evaluate`, run as others run it, on the shipped report and on documents of its own."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sstc_chat.index.encoders import file_sum
from sstc_chat.rag.engine import Engine
from sstc_chat.ui.main import main

Captured = pytest.CaptureFixture[str]
ABOUT_REPORT: list[dict[str, Any]] = [
    {"question": "What is Ejo Heza?", "answerable": True, "evidence": ["(Ejo Heza)"], "kind": "plain"},
    {"question": "How many cups does the teapot of Ruritania hold?", "answerable": False, "kind": "none"},
    {"question": "?", "answerable": False, "kind": "none"},
    {"question": "¿Qué es Ejo Heza?", "lang": "es", "answerable": True, "evidence": [["Heza", "no"]]},
]
PAGES = [
    {"id": "tea", "title": "Tea", "text": "On tea\nThe teapot of Ruritania holds nine cups.\nIt is blue."},
    {"id": "sea", "title": "Sea", "text": "On boats\nThe boat has eight oars.\nIts sails are red."},
]
ABOUT_PAGES = [
    {
        "question": "How many cups does the teapot of Ruritania hold?",
        "answerable": True,
        "answer_lines": [1],
        "gold_doc_ids": ["tea"],
    },
    {
        "question": "How many oars does the boat have?",
        "answerable": False,
        "answer_lines": [],
        "gold_doc_ids": ["tea"],
    },
]
ABOUT_PLACES = [
    {
        "question": "How many oars does the boat have?",
        "answerable": True,
        "answers": ["eight"],
        "gold_doc_ids": ["sea"],
    },
]


def written(path: Path, rows: list[dict[str, Any]]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps({"lang": "en", **row}) + "\n" for row in rows), "utf-8")
    return str(path)


@pytest.fixture(scope="module")
def own(engine: Engine, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the built home, in which the tests of this module keep an index."""
    assert engine.store.chunks
    return Path(shutil.copytree(home, tmp_path_factory.mktemp("evaluated") / "own"))


def run(capsys: Captured, home: Path, *arguments: str) -> tuple[int, str, str]:
    status = main(["--home", str(home), "evaluate", *arguments])
    out, error = capsys.readouterr()
    return status, out, error


def run_json(capsys: Captured, home: Path, *arguments: str) -> dict[str, Any]:
    status, out, error = run(capsys, home, *arguments, "--json")
    assert status == 0, error
    found: dict[str, Any] = json.loads(out)
    return found


def value(found: dict[str, Any], name: str, *, group: int = 0, system: str = "SSTC Chat") -> float:
    figure: float = found["sets"][0]["systems"][system][group]["figures"][name]["value"]
    return figure


def test_questions_about_the_report_are_scored(
    capsys: Captured, engine: Engine, own: Path, tmp_path: Path
) -> None:
    """By what the engine says to each of them, which is judged here once more."""
    plain, other = (engine.ask(row["question"]) for row in ABOUT_REPORT[:2])
    quotes = " ".join(one.quote for one in plain.citations)
    file = written(tmp_path / "mine.jsonl", ABOUT_REPORT)
    found = run_json(capsys, own, file)
    (one,) = found["sets"]
    assert (one["name"], one["questions"], one["sha256"]) == ("mine", 4, file_sum(Path(file)))
    assert one["corpus"]["name"] == "the library"
    assert [group["name"] for group in one["systems"]["SSTC Chat"]] == ["all", "plain", "none", "en", "es"]
    assert value(found, "right", group=1) == ("(Ejo Heza)" in quotes)
    assert value(found, "right", group=2) == (1 + other.refused) / 2
    assert value(found, "false_answer", group=2) == (1 - other.refused) / 2
    assert found["citations"]["checked"] > 0
    assert found["citations"]["wrong"] == 0
    assert list(one["systems"]) == ["SSTC Chat", "naive, one passage", "naive, three passages"]
    assert value(found, "false_answer", system="naive, one passage") == 1
    assert value(found, "right", group=1, system="naive, three passages") == 1


def test_the_shape_of_the_object(capsys: Captured, own: Path, tmp_path: Path) -> None:
    """Others script against these names."""
    file = written(tmp_path / "mine.jsonl", ABOUT_REPORT)
    found = run_json(capsys, own, file, "--no-baseline", "--limit", "2")
    assert set(found) == {"version", "code", "settings", "citations", "sets"}
    (one,) = found["sets"]
    assert set(one) == {
        "name",
        "questions",
        "sha256",
        "corpus",
        "fingerprint",
        "citations",
        "systems",
        "curve",
    }
    assert set(one["systems"]) == {"SSTC Chat"}
    assert set(one["systems"]["SSTC Chat"][0]) == {"name", "questions", "figures"}
    assert set(one["curve"][0]) == {"coverage", "risk", "confidence"}
    assert one["questions"] == 2
    assert found["settings"] == {
        "english_model": "all-MiniLM-L6-v2",
        "multilingual_model": "multilingual-use",
        "chunk_size": 800,
        "split": None,
        "limit": 2,
        "bootstrap_rounds": 1000,
        "bootstrap_level": 0.95,
        "bootstrap_seed": 0,
    }
    assert len(found["code"]) == 64


def test_pages_that_are_given_have_their_sentences_compared(
    capsys: Captured, own: Path, tmp_path: Path
) -> None:
    written(tmp_path / "corpus.jsonl", PAGES)
    file = written(tmp_path / "pages.jsonl", ABOUT_PAGES)
    found = run_json(capsys, own, file)
    assert found["sets"][0]["corpus"] == {
        "name": "corpus.jsonl",
        "documents": 2,
        "sha256": file_sum(tmp_path / "corpus.jsonl"),
    }
    assert value(found, "hit@1") == 1
    assert value(found, "sentence_recall") == 1
    assert {"sentence_f", "no_answer_recall"} <= found["sets"][0]["systems"]["SSTC Chat"][0]["figures"].keys()
    assert value(found, "sentence_recall", system="naive, one passage") == 1


def test_sets_of_several_forms_are_asked_in_one_run(capsys: Captured, own: Path, tmp_path: Path) -> None:
    written(tmp_path / "places" / "corpus.jsonl", PAGES)
    files = [
        written(tmp_path / "mine.jsonl", ABOUT_REPORT[:1]),
        written(tmp_path / "places" / "questions.jsonl", ABOUT_PLACES),
    ]
    page = tmp_path / "page.md"
    status, out, error = run(capsys, own, *files, "--write", str(page))
    assert status == 0
    assert [line for line in out.split("\n") if line.startswith("==")] == ["== mine", "== places"]
    assert f"Wrote {page}." in error
    assert "Asking places" in error
    text = page.read_text("utf-8")
    assert text.startswith("# How well it answers\n")
    assert "\n## mine\n" in text
    assert "\n## places\n" in text


def test_a_wrong_citation_fails_the_command_after_its_report(
    capsys: Captured, own: Path, tmp_path: Path
) -> None:
    """The source is changed under the index."""
    home = Path(shutil.copytree(own, tmp_path / "changed"))
    (file,) = home.glob("generation-*/library.sqlite")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE documents SET text = replace(text, '(Ejo Heza)', '(Ejo Hezo)')")
    questions = written(tmp_path / "mine.jsonl", ABOUT_REPORT[:1])
    status, out, error = run(capsys, home, questions, "--no-baseline", "--json")
    assert status == 1
    assert json.loads(out)["citations"]["wrong"] > 0
    assert "citations are not what their source says" in error.splitlines()[-1]


@pytest.mark.parametrize(
    ("rows", "arguments", "named"),
    [
        pytest.param([{"question": "?"}], [], "mine.jsonl, line 1: its answerable is None", id="a bad row"),
        pytest.param(ABOUT_PLACES, [], "asks about 'sea', not in the library", id="no documents"),
        pytest.param(ABOUT_REPORT, ["/nowhere.jsonl"], "/nowhere.jsonl cannot be read", id="no file"),
        pytest.param(
            ABOUT_REPORT,
            ["--write", "/nowhere/page.md"],
            "/nowhere/page.md cannot be written",
            id="no folder",
        ),
        pytest.param(
            [{**row, "split": "dev"} for row in ABOUT_REPORT],
            ["--split", "test"],
            "has no split 'test'. It has: dev",
            id="no split",
        ),
        pytest.param(
            [
                {
                    "question": "Who?",
                    "answerable": True,
                    "answer_lines": [10**6],
                    "gold_doc_ids": ["ilo-south-south-cooperation-2024"],
                }
            ],
            [],
            "its answer_lines name line 1000000, but",
            id="no such line",
        ),
    ],
)
def test_what_is_wrong_is_named_before_anything_is_asked(
    capsys: Captured, own: Path, tmp_path: Path, rows: list[dict[str, Any]], arguments: list[str], named: str
) -> None:
    file = written(tmp_path / "mine.jsonl", rows)
    status, out, error = run(capsys, own, file, *arguments)
    assert (status, out) == (1, "")
    assert error.splitlines()[-1].startswith("sstc-chat: ")
    assert named in error
    assert "Asking" not in error


def test_help_teaches_the_forms(capsys: Captured, own: Path) -> None:
    with pytest.raises(SystemExit) as left:
        run(capsys, own, "--help")
    assert left.value.code == 0
    shown = capsys.readouterr().out
    examples = [line for line in shown.split("\n") if line.startswith("  {")]
    assert [json.loads(line)["lang"] for line in examples] == ["en"] * 3
    assert "sstc-chat evaluate docs/example-questions.jsonl" in shown


@pytest.mark.parametrize("arguments", [[], ["x.jsonl", "--limit", "0"]])
def test_a_wrong_command_shows_how_it_goes(capsys: Captured, own: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(capsys, own, *arguments)
    assert left.value.code == 2
    assert "usage: sstc-chat evaluate" in capsys.readouterr().err
