"""Feedback: what somebody thought of an answer, kept with the record of that answer."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.output import Json
from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.records.storage import Tables, open_storage
from sstc_chat.rag.types import Answer

Reason = Literal["wrong passage", "does not answer", "should have answered", "not understood"]
REASONS: tuple[Reason, ...] = get_args(Reason)
LONGEST_COMMENT = 2_000
# In characters of its JSON. An answer with its quotes has some thousands.
LARGEST_RECORD = 100_000
MOST_EARLIER = 50
# A home that strangers can write to must not grow without end.
MOST_KEPT = 20_000


@dataclass(frozen=True)
class Opinion:
    """What somebody thinks of an answer.

    Attributes
    ----------
    good
        Whether it was.
    reason
        What was wrong with it, if that was said.
    comment
        In their own words.
    record
        The answer.
    history
        The questions asked before, the latest last. They are kept only where the answer was to a follow-up,
        which cannot be understood without them.
    """

    good: bool
    record: Json
    reason: Reason | None = None
    comment: str = ""
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feedback:
    """An opinion that was sent: its number here, and when that was."""

    number: int
    sent: str
    opinion: Opinion
    answer: Answer


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
    values = _checked(opinion)
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


SELECT = "SELECT number, sent, good, reason, comment, history, record FROM feedback"


def _checked(opinion: Opinion) -> tuple[Any, ...]:
    """Return what is kept of an opinion."""
    answer = answer_of(opinion.record)
    record = json.dumps(opinion.record, ensure_ascii=False)
    if opinion.reason is not None and opinion.reason not in REASONS:
        raise RecordError(f"{opinion.reason!r} is no reason. Give one of: {', '.join(REASONS)}.")
    _limit("comment", opinion.comment, LONGEST_COMMENT)
    _limit("record", record, LARGEST_RECORD)
    follow_up = answer.question.standalone != answer.question.text
    history = json.dumps(_history(opinion.history) if follow_up else [], ensure_ascii=False)
    reason = None if opinion.good else opinion.reason
    return opinion.good, reason, opinion.comment.strip(), history, record


def _limit(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise RecordError(f"The {what} has {len(text):,} characters; at most {most:,} are kept. Shorten it.")


def _history(questions: Sequence[str]) -> list[str]:
    return [question[:LONGEST_COMMENT] for question in questions[-MOST_EARLIER:]]


def _feedback(row: tuple[Any, ...]) -> Feedback:
    number, sent, good, reason, comment, history, kept = row
    record = json.loads(kept)
    opinion = Opinion(bool(good), record, reason, comment, tuple(json.loads(history)))
    return Feedback(number, sent, opinion, answer_of(record))
