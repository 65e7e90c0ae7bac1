"""The rounds of a home: which questions were asked, of what, and what became of each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timezone
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.evaluation.questions import parse_questions
from sstc_chat.rag.evaluation.types import Outcome, QuestionSet, Task
from sstc_chat.rag.output import Json
from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.records.storage import Tables, open_storage
from sstc_chat.rag.review.types import Origin, Reply, Round

SELECT = """
SELECT number, name, content, places, origin, raters, started, finished,
    (SELECT count(*) FROM replies WHERE round = number)
FROM rounds JOIN question_sets ON sha256 = question_set
"""
# Sets are parsed again for every round that is shown.
REMEMBERED = 8


class Rounds:
    """What was asked in the rounds of `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def sets(self) -> list[tuple[str, str]]:
        """Return the sum and the name of each set of questions that was kept, the latest first."""
        with self.opened() as connection:
            query = "SELECT sha256, name FROM question_sets ORDER BY added DESC, rowid DESC"
            return connection.execute(query).fetchall()

    def content(self, sha256: str) -> bytes:
        """Return the file of a set of questions that was kept, as it was read.

        Raises
        ------
        ReviewError
            If there is none with this sum.
        """
        query = "SELECT content FROM question_sets WHERE sha256 = ?"
        with self.opened() as connection:
            row = connection.execute(query, (sha256,)).fetchone()
        if row is None:
            raise ReviewError(f"No set of questions with the sum {sha256!r} was kept. Choose a file.")
        return bytes(row[0])

    def begin(
        self, asked: QuestionSet, content: bytes, places: list[int], origin: Origin, raters: int
    ) -> int:
        """Begin a round and return its number.

        Parameters
        ----------
        asked
            All questions of a set.
        content
            The file that they were read from.
        places
            Those that are asked, counted from 0.
        origin
            What they are asked of.
        raters
            How many people are to judge it.
        """
        kept = (asked.sha256, asked.name, content, now())
        row = (asked.sha256, json.dumps(places), json.dumps(asdict(origin)), raters, now())
        with self.opened() as connection:
            connection.execute("INSERT OR IGNORE INTO question_sets VALUES (?, ?, ?, ?)", kept)
            cursor = connection.execute("INSERT INTO rounds VALUES (NULL, ?, ?, ?, ?, ?, NULL)", row)
            return int(cursor.lastrowid or 0)

    def keep(self, number: int, place: int, outcome: Outcome, record: Json | None) -> None:
        """Keep what became of the question at `place`, counted from 1; what is kept first stays."""
        worth = {name: value for name, value in vars(outcome).items() if name != "task"}
        row = (number, place, json.dumps(worth), json.dumps(record) if record else None)
        with self.opened() as connection:
            connection.execute("INSERT OR IGNORE INTO replies VALUES (?, ?, ?, ?)", row)

    def finish(self, number: int) -> None:
        """Say that every question has been asked."""
        self._set("finished = coalesce(finished, ?)", now(), number)

    def limit_raters(self, number: int, raters: int) -> None:
        """Say how many raters a round has."""
        self._set("raters = ?", raters, number)

    def all(self) -> list[Round]:
        """Return the rounds, the latest first."""
        with self.opened() as connection:
            rows = connection.execute(f"{SELECT} ORDER BY number DESC").fetchall()
        return [_round(row) for row in rows]

    def get(self, number: int) -> Round:
        """Return a round.

        Raises
        ------
        ReviewError
            If there is none with this number.
        """
        with self.opened() as connection:
            row = connection.execute(f"{SELECT} WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise ReviewError(f"There is no round {number} in {self.home}. See: sstc-chat rounds list")
        return _round(row)

    def replies(self, number: int) -> dict[int, Reply]:
        """Return what became of the questions that were asked, by their places, counted from 1."""
        tasks = self.get(number).questions.tasks
        query = "SELECT place, outcome, record FROM replies WHERE round = ? ORDER BY place"
        with self.opened() as connection:
            rows = connection.execute(query, (number,)).fetchall()
        return {place: _reply(tasks[place - 1], outcome, record) for place, outcome, record in rows}

    def records(self) -> list[Json]:
        """Return the record of every answer of every round."""
        with self.opened() as connection:
            rows = connection.execute("SELECT record FROM replies WHERE record IS NOT NULL").fetchall()
        return [json.loads(record) for (record,) in rows]

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Open the tables: all that is done with them happens, or none of it."""
        schema = (files("sstc_chat.rag.review") / "schema.sql").read_text("utf-8")
        with open_storage(self.home, Tables("review", (schema,))) as connection:
            yield connection

    def _set(self, change: str, value: object, number: int) -> None:
        with self.opened() as connection:
            connection.execute(f"UPDATE rounds SET {change} WHERE number = ?", (value, number))  # nosec B608 # noqa: S608 - our own names


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


@lru_cache(REMEMBERED)
def _parsed(content: bytes, name: str) -> QuestionSet:
    return parse_questions(content, Path(name), name)


def _round(row: tuple[Any, ...]) -> Round:
    number, name, content, places, origin, raters, started, finished, answered = row
    whole = _parsed(content, name)
    tasks = tuple(whole.tasks[place] for place in json.loads(places))
    asked = QuestionSet(name, whole.path, whole.sha256, tasks)
    return Round(number, name, asked, Origin(**json.loads(origin)), answered, raters, started, finished)


def _reply(task: Task, outcome: str, record: str | None) -> Reply:
    kept = json.loads(record) if record else None
    answer = answer_of(kept) if kept else None
    return Reply(task, Outcome(task=task, **json.loads(outcome)), answer, kept)
