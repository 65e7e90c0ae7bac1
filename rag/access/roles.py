"""The roles, and who somebody is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from sstc_chat.corpus.errors import AccessError

Role = Literal["reader", "evaluator", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
Roles = frozenset[Role]


@dataclass(frozen=True)
class Person:
    """Somebody who has shown who they are, or a program that has."""

    name: str
    roles: Roles


def checked_roles(names: Iterable[str]) -> Roles:
    """Return roles by their names; whoever has one is a reader, too.

    Raises
    ------
    AccessError
        If one of them is none.
    """
    given = set(names)
    for name in given.difference(ROLES):
        raise AccessError(f"{name!r} is no role. Give one of: {', '.join(ROLES)}.")
    return frozenset(role for role in ROLES if role == "reader" or role in given)


def as_text(roles: Roles) -> str:
    """Return roles in one line, as they are stored and shown."""
    return " ".join(role for role in ROLES if role in roles)
