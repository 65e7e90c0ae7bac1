"""Who comes: by a session, by a token, or as whoever is at this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.requests import HTTPConnection

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.access import accounts, sessions, tokens
from sstc_chat.rag.access.provider import Provider
from sstc_chat.rag.access.roles import Person, Role, Roles

COOKIE = "sstc-chat-session"
# Programs bring a token here, and nowhere else.
FOR_PROGRAMS = "/api/"
BEARER = re.compile(r"bearer +(\S+) *", re.IGNORECASE)
HERE = re.compile(r"(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?")
# Set by proxies, of which one may let in anybody.
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@dataclass(frozen=True)
class Visitor:
    """Who comes, with what they may do, and from where; `name` is empty where nobody said who they are."""

    roles: Roles
    name: str = ""
    address: str = ""


NOBODY = Visitor(frozenset())
_visitor: ContextVar[Visitor] = ContextVar("visitor", default=NOBODY)


@dataclass(frozen=True)
class Door:
    """Knows who comes.

    Attributes
    ----------
    home
        The folder that holds the accounts.
    private
        Whether nobody can come but from this machine.
    desk
        Whether the desk is for everyone, as long as there are no accounts.
    documents
        The setting: who may change the library, as long as there are no accounts.
    readers
        The setting: whether one must sign in to ask.
    session_hours
        How long somebody stays signed in.
    provider
        The organisation through which people sign in, where there is one.
    """

    home: Path
    private: bool = True
    desk: bool = False
    documents: str = "local"
    readers: str = "open"
    session_hours: int = 12
    provider: Provider | None = None

    def asks(self) -> bool:
        """Whether people can sign in; then roles are given to those who do, and not to a machine."""
        return self.provider is not None or accounts.are_there(self.home)

    def check(self) -> None:
        """Check that somebody can come in.

        Raises
        ------
        SettingsError
            If readers must sign in, and nobody can.
        """
        if self.readers == "signed-in" and not self.asks():
            raise SettingsError(
                "The setting readers is 'signed-in', and there is no account. Add one first: "
                "sstc-chat accounts add NAME --role administrator"
            )

    def visitor(self, connection: HTTPConnection) -> Visitor:
        """Return who comes with a request.

        Raises
        ------
        HomeError
            If the accounts cannot be read.
        """
        person, address = self._person(connection), address_of(connection)
        if person:
            return Visitor(person.roles, person.name, address)
        if brings_token(connection):
            return replace(NOBODY, address=address)
        roles: set[Role] = {"reader"} if self.readers == "open" else set()
        if not self.asks():
            roles |= self._roles_without_accounts(connection)
        return Visitor(frozenset(roles), address=address)

    def _person(self, connection: HTTPConnection) -> Person | None:
        if brings_token(connection):
            brought = BEARER.fullmatch(connection.headers["authorization"])
            return tokens.person_of(self.home, brought[1]) if brought else None
        token = connection.cookies.get(COOKIE)
        return sessions.person_of(self.home, token) if token else None

    def _roles_without_accounts(self, connection: HTTPConnection) -> set[Role]:
        here = self.private and is_here(connection)
        allowed: dict[Role, bool] = {
            "evaluator": here or self.desk,
            "administrator": self.documents == "edit" or (here and self.documents == "local"),
        }
        return {role for role, may in allowed.items() if may and self.readers == "open"}


def brings_token(connection: HTTPConnection) -> bool:
    """Whether a program says who it is, rightly or not."""
    return "authorization" in connection.headers and connection.url.path.startswith(FOR_PROGRAMS)


def address_of(connection: HTTPConnection) -> str:
    """Return where somebody asks from; proxies that are believed have told so."""
    return connection.client.host if connection.client else ""


def is_here(connection: HTTPConnection) -> bool:
    """Whether a browser on this machine asks: by a name of this machine, and not through a proxy."""
    headers = connection.headers
    return bool(HERE.fullmatch(headers.get("host", ""))) and not any(name in headers for name in FORWARDED)


def visitor() -> Visitor:
    """Return who pressed what is being done now; nobody outside of that."""
    return _visitor.get()


@contextmanager
def acting_for(who: Visitor) -> Iterator[None]:
    """Do what stands below for somebody."""
    before = _visitor.set(who)
    try:
        yield
    finally:
        _visitor.reset(before)
