"""Sessions: who has signed in, and until when. A browser brings a random token; its hash is kept here."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from sstc_chat.corpus.errors import AccessError
from sstc_chat.rag.access.accounts import key_of
from sstc_chat.rag.access.roles import Person, checked_roles
from sstc_chat.rag.access.storage import digest, opened, reading

# Of one account at a time. Who signs in once more ends the one that would end first.
MOST = 20
SELECT = """\
SELECT name, roles FROM sessions JOIN accounts ON accounts.key = sessions.account
WHERE sessions.hash = ? AND sessions.ends > ?"""
OLDEST = """\
DELETE FROM sessions WHERE account = ?1 AND hash NOT IN
(SELECT hash FROM sessions WHERE account = ?1 ORDER BY ends DESC LIMIT ?2)"""


def begin(home: Path, name: str, hours: int) -> str:
    """Begin a session of an account and return its token, which is nowhere else.

    Raises
    ------
    AccessError
        If the account is not there any more.
    """
    token, key, moment = secrets.token_urlsafe(32), key_of(name), int(time.time())
    with opened(home) as connection:
        connection.execute("DELETE FROM sessions WHERE ends <= ?", (moment,))
        if not connection.execute("SELECT 1 FROM accounts WHERE key = ?", (key,)).fetchone():
            raise AccessError(f"There is no account {name!r}.")
        connection.execute(
            "INSERT INTO sessions VALUES (?, ?, ?)", (digest(token), key, moment + hours * 3600)
        )
        connection.execute(OLDEST, (key, MOST))
    return token


def person_of(home: Path, token: str) -> Person | None:
    """Return whose session it is, with the roles that they have now; None where it is over."""
    with reading(home) as connection:
        found = (digest(token), int(time.time()))
        row = connection.execute(SELECT, found).fetchone() if connection else None
    return Person(row[0], checked_roles(row[1].split())) if row else None


def end(home: Path, token: str) -> None:
    """End a session; one that is over already stays so."""
    with opened(home) as connection:
        connection.execute("DELETE FROM sessions WHERE hash = ?", (digest(token),))


def end_all(home: Path, name: str) -> int:
    """End every session of an account, and return how many there were."""
    with opened(home) as connection:
        return connection.execute("DELETE FROM sessions WHERE account = ?", (key_of(name),)).rowcount
