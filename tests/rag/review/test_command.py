"""The commands, as those who script them use them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.review.judging import open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.ui.main import main

ROWS = [
    {"question": "Where did the Future Leaders course take place?", "evidence": ["Turin"]},
    {"question": "Which countries hosted study tours in 2024?", "evidence": ["Madagascar and Kenya"]},
]


@pytest.fixture
def own(engine: Engine, home: Path, tmp_path: Path) -> Path:
    """Return a home of its own on the shipped report."""
    assert engine.store.chunks
    return shutil.copytree(home, tmp_path / "own")


def run(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> tuple[str, str]:
    capsys.readouterr()
    assert main(["--home", str(home), "rounds", *arguments]) == status
    return capsys.readouterr()


def test_a_round_from_its_questions_to_its_table(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "mine.jsonl"
    rows = [json.dumps({"lang": "en", "answerable": True, **row}) for row in ROWS]
    questions.write_text("\n".join(rows), "utf-8")
    assert run(own, capsys, "run", str(questions), "--raters", "1")[0] == "1\n"
    assert run(own, capsys, "run", str(questions), "--limit", "1")[0] == "2\n"
    listed = json.loads(run(own, capsys, "list", "--json")[0])
    assert [(one["round"], one["name"], one["answered"]) for one in listed] == [
        (2, "mine", 1),
        (1, "mine", 2),
    ]
    assert "mine" in run(own, capsys, "list")[0]

    judging = open_judging(Rounds(own), 1)
    for item in judging.items:
        judging.judge("Ada", item, "supported")
    judging.hand_in("Ada")
    shown = run(own, capsys, "show", "1")[0]
    assert "Calibration" in shown
    assert "Ada" in shown
    table = tmp_path / "table.csv"
    run(own, capsys, "export", "1", "--csv", "--write", str(table))
    assert table.read_bytes().startswith(b"\xef\xbb\xbfitem,")
    assert json.loads(run(own, capsys, "export", "1")[0])["raters"][0]["name"] == "Ada"

    page = tmp_path / "page.html"
    run(own, capsys, "print", "1", "--language", "fr", "--write", str(page))
    assert '<html lang="fr" dir="ltr">' in page.read_text("utf-8")

    compared = json.loads(run(own, capsys, "compare", "1", "2", "--json")[0])
    assert (compared["compared"], compared["only_before"], compared["mcnemar_p"]) == (1, 1, 1.0)
    assert (
        "1 questions are in both rounds: 0 now right, 0 now wrong" in run(own, capsys, "compare", "1", "2")[0]
    )
    assert compared["verdicts"] is None
    judging = open_judging(Rounds(own), 2)
    for rater in ("Ada", "Grace"):
        for item in judging.items:
            judging.judge(rater, item, "not")
        judging.hand_in(rater)
    verdicts = json.loads(run(own, capsys, "compare", "1", "2", "--json")[0])["verdicts"]
    assert verdicts["judged_in_both"] == len(judging.items) == verdicts["table"][0][2]
    assert [(one["item"], one["before"], one["after"]) for one in verdicts["changed"]] == [
        (item, "supported", "not") for item in judging.items
    ]
    shown = run(own, capsys, "compare", "1", "2")[0]
    assert f"{len(judging.items)} citations were judged in both rounds, {len(judging.items)} of them" in shown
    assert "Citations judged otherwise" in shown
    assert run(own, capsys, "continue", "1") == ("", "")
    assert run(own, capsys, "run", str(questions))[0] == "3\n"
    assert "Nobody has handed in round 3" in run(own, capsys, "close", "3", status=1)[1]


def test_what_cannot_be_done_is_said_with_the_remedy(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "There is no round 5" in run(own, capsys, "show", "5", status=1)[1]
    assert "cannot be read" in run(own, capsys, "run", str(tmp_path / "none.jsonl"), status=1)[1]
    with pytest.raises(SystemExit, match="2"):
        main(["rounds"])


def test_a_round_without_rounds_is_an_empty_list(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(own, capsys, "list", "--json")[0] == "[]\n"
