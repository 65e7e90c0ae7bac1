"""Accounts of the organisation's people: made when somebody first comes from there."""

from __future__ import annotations

import sqlite3
from itertools import count
from pathlib import Path

from sstc_chat.corpus.errors import AccessError
from sstc_chat.rag.access.accounts import LONGEST_NAME, checked_name, key_of, now
from sstc_chat.rag.access.roles import Person, Roles, as_text
from sstc_chat.rag.access.storage import digest, opened

INSERT = "INSERT INTO accounts (key, name, roles, issuer, subject, made) VALUES (?, ?, ?, ?, ?, ?)"


def come_in(home: Path, issuer: str, subject: str, name: str, roles: Roles) -> Person:
    """Return whom an organisation vouches for, with the roles that it gives them today.

    Who is known keeps their name here, whatever they are called there now. A name that somebody has
    already gets a number.
    """
    with opened(home) as connection:
        select = "SELECT key, name, roles FROM accounts WHERE issuer = ? AND subject = ?"
        known = connection.execute(select, (issuer, subject)).fetchone()
        if known is None:
            free = _free(connection, _shown(name, subject))
            connection.execute(INSERT, (key_of(free), free, as_text(roles), issuer, subject, now()))
            return Person(free, roles)
        if known[2] != as_text(roles):
            connection.execute("UPDATE accounts SET roles = ? WHERE key = ?", (as_text(roles), known[0]))
            connection.execute("DELETE FROM sessions WHERE account = ?", (known[0],))
        return Person(known[1], roles)


def _shown(name: str, subject: str) -> str:
    """Return the name as it is kept; where it cannot be, what the organisation knows somebody by."""
    try:
        return checked_name(name[: LONGEST_NAME - 10])
    except AccessError:
        return digest(subject)[:10]


def _free(connection: sqlite3.Connection, name: str) -> str:
    """Return the name, or the first with a number that nobody has."""
    names = (name if number == 1 else f"{name} {number}" for number in count(1))
    select = "SELECT 1 FROM accounts WHERE key = ?"
    return next(one for one in names if not connection.execute(select, (key_of(one),)).fetchone())
