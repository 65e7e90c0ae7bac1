"""What is erased is gone from the disk, and nothing else is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.access import accounts
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.feedback import keeping
from sstc_chat.rag.feedback.opinions import Opinion
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.retention.commands import removing_old_feedback
from sstc_chat.rag.retention.erasing import erase_person, remove_old_feedback
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.settings import load_settings
from sstc_chat.ui.main import main

PASSWORD = "nine cups of black tea"  # noqa: S105
JUDGEMENT = "INSERT INTO judgements VALUES (NULL, 1, 'rater', ?, ?, 'supported', '', '')"


def judge(home: Path, *people: str) -> None:
    """Put a verdict of each into a round."""
    with Rounds(home).opened() as connection:
        connection.execute("INSERT OR IGNORE INTO question_sets VALUES ('0', 'set', x'', '')")
        connection.execute("INSERT OR IGNORE INTO rounds VALUES (1, '0', '[]', '{}', 2, '', NULL)")
        for number, person in enumerate(people):
            connection.execute(JUDGEMENT, (person, str(number)))
            connection.execute("INSERT OR IGNORE INTO handed_in VALUES (1, ?, '')", (person,))


def people_in(home: Path) -> list[str]:
    with Rounds(home).opened() as connection:
        return [row[0] for row in connection.execute("SELECT person FROM judgements ORDER BY number")]


def on_disk(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_person_is_erased_down_to_the_bytes(tmp_path: Path) -> None:
    accounts.add(tmp_path, "Amina Diallo", PASSWORD, ["evaluator"])
    accounts.add(tmp_path, "Boris Petrov", PASSWORD, ["evaluator"])
    judge(tmp_path, "Amina Diallo", "Boris Petrov", "amina  diallo")
    (tmp_path / "records.sqlite.rounds-1").write_bytes(b"Amina Diallo")
    assert b"Amina Diallo" in on_disk(tmp_path)
    erased = erase_person(tmp_path, "AMINA DIALLO")
    assert (erased.account, erased.verdicts) == (True, 4)
    assert people_in(tmp_path) == [erased.pseudonym, "Boris Petrov", erased.pseudonym]
    assert [one.name for one in accounts.everybody(tmp_path)] == ["Boris Petrov"]
    assert b"amina" not in on_disk(tmp_path).lower()
    assert b"Boris Petrov" in on_disk(tmp_path)


def test_of_nobody_there_is_nothing_to_erase(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RecordError, match="Nothing is kept of 'Nobody'"):
        erase_person(tmp_path, "Nobody")
    assert main(["--home", str(tmp_path), "erase", "Nobody"]) == 1
    judge(tmp_path, "Rita")
    assert main(["--home", str(tmp_path), "erase", "Rita"]) == 0
    assert "2 entries of rounds stand under erased-" in capsys.readouterr().err


def send(home: Path, engine: Engine, comment: str, days_ago: float) -> None:
    record = record_of(engine.ask("What is Ejo Heza?"))
    keeping.send(home, Opinion(good=True, record=record, reason=None, comment=comment))
    sent = (datetime.now(timezone.utc) - timedelta(days=days_ago)).isoformat(timespec="seconds")
    with keeping.opened(home) as connection:
        connection.execute("UPDATE feedback SET sent = ? WHERE comment = ?", (sent, comment))


def test_feedback_goes_when_its_time_is_over(tmp_path: Path, engine: Engine) -> None:
    send(tmp_path, engine, "the older one", 31)
    send(tmp_path, engine, "the newer one", 29)
    assert remove_old_feedback(tmp_path, 30) == 1
    assert [one.opinion.comment for one in keeping.all_feedback(tmp_path)] == ["the newer one"]
    assert b"the older one" not in on_disk(tmp_path)
    assert remove_old_feedback(tmp_path, 30) == 0


def test_a_server_removes_it_by_itself(tmp_path: Path, engine: Engine) -> None:
    send(tmp_path, engine, "old", 31)
    settings = load_settings({"home": tmp_path}, {})
    with removing_old_feedback(settings):
        assert len(keeping.all_feedback(tmp_path)) == 1  # without the setting it stays
    with removing_old_feedback(replace(settings, feedback_days=30)):
        pass
    assert keeping.all_feedback(tmp_path) == []
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
