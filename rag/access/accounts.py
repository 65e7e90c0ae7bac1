"""Accounts: who there is, with which roles and which password."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from sstc_chat.corpus.errors import AccessError
from sstc_chat.rag.access import passwords
from sstc_chat.rag.access.roles import Person, Roles, as_text, checked_roles
from sstc_chat.rag.access.storage import opened, reading

LONGEST_NAME = 80
INSERT = "INSERT INTO accounts (key, name, roles, password, made) VALUES (?, ?, ?, ?, ?)"
SELECT = "SELECT name, roles, made, issuer FROM accounts"


@dataclass(frozen=True)
class Account:
    """An account; `issuer` is who vouches for it, empty where it has a password."""

    name: str
    roles: Roles
    made: str
    issuer: str = ""


def add(home: Path, name: str, password: str, roles: Iterable[str]) -> None:
    """Add an account that signs in with a password.

    Raises
    ------
    AccessError
        If the name is taken, or the name, the password or a role will not do.
    """
    kept = checked_name(name)
    row = (key_of(kept), kept, as_text(checked_roles(roles)), passwords.hashed(password), now())
    with opened(home) as connection:
        if connection.execute("SELECT 1 FROM accounts WHERE key = ?", row[:1]).fetchone():
            raise AccessError(f"There is an account {kept!r} already. See: sstc-chat accounts list")
        connection.execute(INSERT, row)


def issuer_of(home: Path, name: str) -> str:
    """Return who vouches for an account; empty where it has a password, or is not there."""
    with reading(home) as connection:
        select = "SELECT issuer FROM accounts WHERE key = ?"
        row = connection.execute(select, (key_of(name),)).fetchone() if connection else None
    return row[0] or "" if row else ""


def remove(home: Path, name: str) -> None:
    """Remove an account; its sessions end.

    Raises
    ------
    AccessError
        If there is none.
    """
    _change(home, name, "DELETE FROM accounts WHERE key = ?")


def set_roles(home: Path, name: str, roles: Iterable[str]) -> None:
    """Give an account other roles; its sessions end.

    Raises
    ------
    AccessError
        If there is none, one of the roles is none, or the organisation gives them.
    """
    given = as_text(checked_roles(roles))
    _change(home, name, "UPDATE accounts SET roles = ? WHERE key = ? AND issuer IS NULL", given)


def set_password(home: Path, name: str, password: str) -> None:
    """Give an account another password; its sessions end.

    Raises
    ------
    AccessError
        If there is none, the password will not do, or the organisation knows it.
    """
    kept = passwords.hashed(password)
    _change(home, name, "UPDATE accounts SET password = ? WHERE key = ? AND issuer IS NULL", kept)


def everybody(home: Path) -> list[Account]:
    """Return all accounts, by name."""
    with reading(home) as connection:
        rows = connection.execute(f"{SELECT} ORDER BY key").fetchall() if connection else []
    return [
        Account(name, checked_roles(roles.split()), made, issuer or "") for name, roles, made, issuer in rows
    ]


def are_there(home: Path) -> bool:
    """Whether there is any account."""
    with reading(home) as connection:
        return bool(connection and connection.execute("SELECT EXISTS (SELECT 1 FROM accounts)").fetchone()[0])


def with_password(home: Path, name: str, password: str) -> Person | None:
    """Return whose name and password these are; None where they do not belong together.

    It takes as long for a name that is not there, so that the time tells nobody who is.
    """
    select = "SELECT name, roles, password FROM accounts WHERE key = ?"
    with reading(home) as connection:
        row = connection.execute(select, (key_of(name),)).fetchone() if connection else None
    if not passwords.fits(password, row[2] if row else None) or row is None:
        return None
    if passwords.is_outdated(row[2]):
        with opened(home) as connection:
            renewed = (passwords.hashed(password), key_of(name))
            connection.execute("UPDATE accounts SET password = ? WHERE key = ?", renewed)
    return Person(row[0], checked_roles(row[1].split()))


def checked_name(name: str) -> str:
    """Return a name as it is kept and shown.

    Raises
    ------
    AccessError
        If it is empty or too long, or has characters that are not seen.
    """
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept.isprintable() or not 0 < len(kept) <= LONGEST_NAME:
        raise AccessError(
            f"The name {name[:LONGEST_NAME]!r} will not do. Give 1 to {LONGEST_NAME} visible characters."
        )
    return kept


def key_of(name: str) -> str:
    """Return what two spellings of one name share (Unicode, NFKC_Casefold), whatever was typed."""
    text = name.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFKC", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _change(home: Path, name: str, statement: str, *values: str) -> None:
    with opened(home) as connection:
        if not connection.execute(statement, (*values, key_of(name))).rowcount:
            raise AccessError(_why_not(connection, name))
        connection.execute("DELETE FROM sessions WHERE account = ?", (key_of(name),))


def _why_not(connection: sqlite3.Connection, name: str) -> str:
    if connection.execute("SELECT 1 FROM accounts WHERE key = ?", (key_of(name),)).fetchone():
        return f"{name!r} signs in through the organisation, which says what they may do. Change it there."
    return f"There is no account {name!r}. See: sstc-chat accounts list"
