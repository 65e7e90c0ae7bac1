"""Feedback as it is kept in the home: sent, changed, taken back, listed."""

from __future__ import annotations

import json
import secrets
import sqlite3
from contextlib import AbstractContextManager
from datetime import datetime, timezone
from importlib.resources import files
from pathlib import Path
from typing import Any

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.feedback.opinions import Feedback, Opinion, checked
from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.records.storage import Tables, open_storage

# A home that strangers can write to must not grow without end.
MOST_KEPT = 20_000
SELECT = "SELECT number, sent, good, reason, comment, history, record FROM feedback"


def send(home: Path, opinion: Opinion, token: str = "") -> str:
    """Keep an opinion and return the token with which it can be changed or taken back.

    Parameters
    ----------
    home
        Where it is kept.
    opinion
        It may come from anywhere and is checked.
    token
        Of an earlier opinion on the same answer, which this one replaces.

    Raises
    ------
    RecordError
        If it is not an opinion on a record, or too much of one.
    HomeError
        If the home cannot be written.
    """
    values = checked(opinion)
    token = token or secrets.token_urlsafe()
    with opened(home) as connection:
        if connection.execute("SELECT count(*) FROM feedback").fetchone()[0] >= MOST_KEPT:
            raise RecordError(f"There are {MOST_KEPT:,} opinions already. Export and remove some of them.")
        connection.execute("DELETE FROM feedback WHERE token = ?", (token,))
        connection.execute(
            "INSERT INTO feedback (token, sent, good, reason, comment, history, record) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (token, now(), *values),
        )
    return token


def take_back(home: Path, token: str) -> bool:
    """Remove the opinion that was sent with `token`; return whether there was one."""
    with opened(home) as connection:
        return connection.execute("DELETE FROM feedback WHERE token = ?", (token,)).rowcount > 0


def remove(home: Path, number: int) -> bool:
    """Remove an opinion by its number; return whether there was one."""
    with opened(home) as connection:
        return connection.execute("DELETE FROM feedback WHERE number = ?", (number,)).rowcount > 0


def all_feedback(home: Path) -> list[Feedback]:
    """Return every opinion, the latest first."""
    with opened(home) as connection:
        rows = connection.execute(f"{SELECT} ORDER BY number DESC").fetchall()
    return [_feedback(row) for row in rows]


def feedback_by(home: Path, number: int) -> Feedback:
    """Return the opinion with a number.

    Raises
    ------
    RecordError
        If there is none.
    """
    with opened(home) as connection:
        row = connection.execute(f"{SELECT} WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise RecordError(f"There is no feedback {number}. See: sstc-chat feedback list")
    return _feedback(row)


def opened(home: Path) -> AbstractContextManager[sqlite3.Connection]:
    """Open the tables of this room: all that is done with them happens, or none of it."""
    schema = (files("sstc_chat.rag.feedback") / "schema.sql").read_text("utf-8")
    return open_storage(home, Tables("feedback", (schema,)))


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _feedback(row: tuple[Any, ...]) -> Feedback:
    number, sent, good, reason, comment, history, kept = row
    record = json.loads(kept)
    opinion = Opinion(bool(good), record, reason, comment, tuple(json.loads(history)))
    return Feedback(number, sent, opinion, answer_of(record))
