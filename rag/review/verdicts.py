"""The log of verdicts: a row for each, the last of a person on an item counts, and nothing is deleted."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from sstc_chat.rag.review.types import Judgement, Rater, Verdict

Role = Literal["rater", "settler"]
# Every rater has a last word of their own on an item; of those who settle it, the last has it.
LATEST = """
SELECT item, person, verdict, note, at FROM judgements WHERE number IN (
    SELECT max(number) FROM judgements WHERE round = ? AND role = ?
    GROUP BY item, CASE role WHEN 'rater' THEN person END
) AND verdict IS NOT NULL ORDER BY number
"""
# In the order of their first verdict.
BEGUN = (
    "SELECT person FROM judgements WHERE round = ? AND role = 'rater' GROUP BY person ORDER BY min(number)"
)


@dataclass(frozen=True)
class Entry:
    """A verdict as it is logged; without one, that of the same person on the same item is taken back."""

    role: Role
    person: str
    item: str
    verdict: Verdict | None
    note: str
    at: str


def add(connection: sqlite3.Connection, round_number: int, entry: Entry) -> None:
    """Add a verdict."""
    row = (round_number, entry.role, entry.person, entry.item, entry.verdict, entry.note, entry.at)
    connection.execute("INSERT INTO judgements VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row)


def latest(connection: sqlite3.Connection, round_number: int, role: Role) -> list[Judgement]:
    """Return the verdicts that count."""
    return [Judgement(*row) for row in connection.execute(LATEST, (round_number, role))]


def raters_of(connection: sqlite3.Connection, round_number: int) -> list[Rater]:
    """Return who has verdicts on a round or has handed in, in the order in which they began."""
    said = [one.person for one in latest(connection, round_number, "rater")]
    handed_in = dict(
        connection.execute("SELECT rater, at FROM handed_in WHERE round = ?", (round_number,)).fetchall()
    )
    begun = [name for (name,) in connection.execute(BEGUN, (round_number,))]
    names = [name for name in dict.fromkeys([*begun, *handed_in]) if name in said or name in handed_in]
    return [Rater(name, said.count(name), handed_in.get(name)) for name in names]


def raters_wanted(connection: sqlite3.Connection, round_number: int) -> int:
    """Return how many raters a round has."""
    rows = connection.execute("SELECT raters FROM rounds WHERE number = ?", (round_number,))
    return int(rows.fetchone()[0])


def hand_in(connection: sqlite3.Connection, round_number: int, rater: str, at: str) -> None:
    """Note that a rater is done."""
    connection.execute("INSERT INTO handed_in VALUES (?, ?, ?)", (round_number, rater, at))
