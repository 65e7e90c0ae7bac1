"""Feedback on the command line, up to an evaluation of the questions that came of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sstc_chat.rag.feedback.keeping import send
from sstc_chat.rag.feedback.opinions import Opinion
from sstc_chat.ui.main import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def own(home: Path, tmp_path: Path, answered: dict[str, Any], refused: dict[str, Any]) -> Path:
    own = Path(shutil.copytree(home, tmp_path / "own"))
    send(own, Opinion(good=True, record=answered, comment="Yes\x1b[31m\nindeed."))
    send(own, Opinion(good=True, record=refused))
    send(own, Opinion(good=False, record=answered, reason="wrong passage"))
    return own


def run(capsys: Captured, home: Path, *arguments: str) -> tuple[int, str, str]:
    status = main(["--home", str(home), *arguments])
    return status, *capsys.readouterr()


def test_feedback_is_listed(capsys: Captured, own: Path, answered: dict[str, Any]) -> None:
    status, out, _ = run(capsys, own, "feedback", "list")
    lines = [line.split("  ") for line in out.splitlines()]
    assert status == 0
    assert [(line[0], line[2], line[3]) for line in lines] == [
        ("3", "wrong passage", "What is Ejo Heza?"),
        ("2", "good", "Write me a poem about the sea."),
        ("1", "good", "What is Ejo Heza?"),
    ]
    assert lines[2][4] == "Yes [31m indeed."
    listed = json.loads(run(capsys, own, "feedback", "list", "--json")[1])
    assert set(listed[0]) == {"number", "sent", "good", "reason", "comment", "history", "record"}
    assert listed[2]["record"] == answered
    assert listed[2]["comment"] == "Yes\x1b[31m\nindeed."


def test_feedback_is_removed(capsys: Captured, own: Path) -> None:
    assert run(capsys, own, "feedback", "remove", "3")[0] == 0
    assert len(run(capsys, own, "feedback", "list")[1].splitlines()) == 2
    status, _, error = run(capsys, own, "feedback", "remove", "3")
    assert (status, "no feedback 3" in error) == (1, True)


def test_questions_made_of_feedback_are_evaluated(capsys: Captured, own: Path, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    status, _, error = run(capsys, own, "questions", "export", str(path))
    assert (status, "questions add" in error) == (1, True)
    for number in ("1", "2"):
        assert run(capsys, own, "questions", "add", number)[0] == 0
    added = json.loads(run(capsys, own, "questions", "add", "3", "--evidence", "nowhere to be found")[1])
    assert added["evidence"] == ["nowhere to be found"]
    listed = run(capsys, own, "questions", "list")[1].splitlines()
    assert listed == [
        "feedback-1  en  answered  What is Ejo Heza?",
        "feedback-2  en  refused  Write me a poem about the sea.",
        "feedback-3  en  answered  What is Ejo Heza?",
    ]
    assert run(capsys, own, "questions", "export", str(path))[0] == 0
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert rows == json.loads(run(capsys, own, "questions", "list", "--json")[1])
    status, out, _ = run(capsys, own, "evaluate", str(path), "--no-baseline", "--json")
    (found,) = json.loads(out)["sets"]
    figures = found["systems"]["SSTC Chat"][0]["figures"]
    assert (status, found["questions"]) == (0, 3)
    assert {name: figures[name]["value"] for name in ("right", "false_answer")} == {
        "right": pytest.approx(2 / 3),
        "false_answer": 0.0,
    }
    assert run(capsys, own, "questions", "remove", "feedback-3")[0] == 0
    assert len(run(capsys, own, "questions", "list")[1].splitlines()) == 2


def test_a_question_that_nothing_answers(capsys: Captured, own: Path) -> None:
    row = json.loads(run(capsys, own, "questions", "add", "1", "--refuse")[1])
    assert (row["answerable"], row["evidence"]) == (False, [])
