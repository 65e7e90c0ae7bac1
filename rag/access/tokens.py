"""Tokens: what a program brings to show who it is. A token is shown once; its hash is kept here."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sstc_chat.corpus.errors import AccessError
from sstc_chat.rag.access.accounts import checked_name, now
from sstc_chat.rag.access.roles import Person, Roles, as_text, checked_roles
from sstc_chat.rag.access.storage import digest, opened, reading

# So that who finds one knows what it is, and programs that look for secrets find it.
PREFIX = "sstc_"


@dataclass(frozen=True)
class Token:
    """A token, without what a program brings."""

    name: str
    roles: Roles
    made: str


def add(home: Path, name: str, roles: Iterable[str]) -> str:
    """Add a token for a program called `name` and return it: it cannot be shown again.

    Raises
    ------
    AccessError
        If the name is taken, or it or a role will not do.
    """
    token, kept = PREFIX + secrets.token_urlsafe(32), checked_name(name)
    row = (digest(token), kept, as_text(checked_roles(roles)), now())
    with opened(home) as connection:
        if connection.execute("SELECT 1 FROM tokens WHERE name = ?", (kept,)).fetchone():
            raise AccessError(f"There is a token {kept!r} already. Take another name, or remove that one.")
        connection.execute("INSERT INTO tokens VALUES (?, ?, ?, ?)", row)
    return token


def remove(home: Path, name: str) -> None:
    """Remove a token: from now on nobody comes in with it.

    Raises
    ------
    AccessError
        If there is none with this name.
    """
    with opened(home) as connection:
        if not connection.execute("DELETE FROM tokens WHERE name = ?", (checked_name(name),)).rowcount:
            raise AccessError(f"There is no token {name!r}. See: sstc-chat tokens list")


def everything(home: Path) -> list[Token]:
    """Return all tokens, by name."""
    with reading(home) as connection:
        select = "SELECT name, roles, made FROM tokens ORDER BY name"
        rows = connection.execute(select).fetchall() if connection else []
    return [Token(name, checked_roles(roles.split()), made) for name, roles, made in rows]


def person_of(home: Path, token: str) -> Person | None:
    """Return which program a token is of; None where it is none of ours."""
    select = "SELECT name, roles FROM tokens WHERE hash = ?"
    with reading(home) as connection:
        row = connection.execute(select, (digest(token),)).fetchone() if connection else None
    return Person(row[0], checked_roles(row[1].split())) if row else None
