"""A person in a browser, or a program with a token: what they ask for, and what they must be told."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import httpx
from soaking.ledger import Json, Ledger, unpacked

Role = Literal["nobody", "reader", "evaluator", "administrator"]
PATIENCE = 600
LANGUAGES = ("en", "fr", "es", "pt", "ar", "zh", "ru")
PASSWORD = "a cup of black tea at nine"  # noqa: S105 - of nobody
ACCESS = (Path(__file__).parents[2] / "docs" / "ACCESS.md").read_text("utf-8")
COLUMNS = ("here", "elsewhere", "nobody", "closed", "reader", "evaluator", "administrator")
OK, SEE_OTHER, UNAUTHORIZED, FORBIDDEN, TOO_MANY, UNAVAILABLE = 200, 303, 401, 403, 429, 503
# From here on a fault of the server.
FAULT = 500


@dataclass
class Person:
    """Somebody with one role; `token` is a program's.

    Attributes
    ----------
    origin
        The address that the proxy before the service tells of.
    """

    name: str
    role: Role
    origin: str
    base: str
    ledger: Ledger
    token: str = ""
    draw: random.Random = field(default_factory=random.Random)
    memory: dict[str, list[Any]] = field(default_factory=dict)
    signed_in: bool = False

    def __post_init__(self) -> None:
        headers = {"X-Forwarded-For": self.origin}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        # A connection for each request: one that is kept may be ended just when it is used again.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.client = httpx.Client(base_url=self.base, headers=headers, timeout=PATIENCE, limits=limits)
        self.language = self.draw.choice(LANGUAGES) if self.role in {"nobody", "reader"} else "en"
        self._events: dict[tuple[str, str], Json] = {}

    @property
    def kind(self) -> str:
        """Who it is, in the figures."""
        return f"program ({self.role})" if self.token else self.role

    @cached_property
    def table(self) -> dict[str, bool]:
        """What docs/ACCESS.md says that this person may come to."""
        rows = re.findall(r"^\| (`/\S*`|events of the \w+) \|(.*)\|$", ACCESS, re.MULTILINE)
        return {
            name.strip("`"): [cell.strip() for cell in cells.split("|")][COLUMNS.index(self.role)] == "yes"
            for name, cells in rows
        }

    def remembered(self, what: str) -> list[Any]:
        """Return the list of what this person keeps in mind under a name."""
        return self.memory.setdefault(what, [])

    def ask(self, method: str, path: str, **what: Any) -> httpx.Response | None:  # noqa: ANN401 - as httpx has it
        """Return what is answered; None where nothing could be, and where one must come again later."""
        begun = time.monotonic()
        try:
            answer = self.client.request(method, path, **what)
        except httpx.HTTPError as error:
            self.ledger.count("not answered", self.kind)
            if not self.ledger.was("down", begun - 1):
                self.ledger.find(f"{self.kind} at {method} {path}: {error!r}")
            return None
        self.ledger.count("requests", self.kind)
        if answer.status_code in {TOO_MANY, UNAVAILABLE} or _is_share(answer):
            self._told_to_wait(answer, f"{method} {path}", begun)
        elif answer.status_code >= FAULT:
            self.ledger.find(f"{self.kind} at {method} {path}: {answer.status_code} {answer.text[:500]}")
        else:
            return answer
        return None

    def _told_to_wait(self, answer: httpx.Response, what: str, begun: float) -> None:
        busy = answer.status_code != UNAVAILABLE or "being asked" in answer.text
        self.ledger.count("told to wait" if busy else "told that it cannot be kept", self.kind)
        if not busy and not self.ledger.was("full", begun):
            self.ledger.find(f"{self.kind} at {what}: {answer.status_code} {answer.text[:500]}")

    def wants(self, answer: httpx.Response | None, what: str, status: int = OK) -> bool:
        """Whether it was answered as it must be; what else was answered is a finding."""
        if answer is not None and answer.status_code != status:
            self.ledger.find(f"{self.kind}: {what} was answered by {answer.status_code}: {answer.text[:500]}")
        return answer is not None and answer.status_code == status

    def comes_in(self) -> bool:
        """Whether this person is who they are: known by a session or a token, or nobody."""
        return self.role == "nobody" or bool(self.token) or self.signed_in or self.sign_in()

    def sign_in(self) -> bool:
        """Sign in by the form, as on the page."""
        form = {"name": self.name, "password": PASSWORD, "next": ""}
        answer = self.ask("POST", f"/{self.language}/sign-in", data=form)
        if not self.wants(answer, "signing in", SEE_OTHER):
            return False
        self.ledger.count("signed in", self.kind)
        self.signed_in = True
        return True

    def part(self, answer: httpx.Response | None) -> str:
        """Return the part of the page that an event has brought, unpacked; empty where it brought none."""
        if answer is None or answer.status_code != OK:
            return ""
        data = answer.json().get("data")
        return unpacked(data[0]) if data and isinstance(data[0], str) else ""

    def turn(self, told: Json) -> str:
        """Ask a question on the page, and return its turn; empty where there is none now."""
        answer = self.ask("POST", f"/{self.language}/ask", json=told)
        return answer.text if answer is not None and answer.status_code == OK else ""

    def press(self, part: str, event: str, told: Json) -> httpx.Response | None:
        """Do what is pressed on the page in a part of it, known by its id."""
        number = self.event(part, event)
        if number is None:
            return None
        body = {"data": [], "event_data": told, "fn_index": number, "session_hash": self.name}
        return self.ask("POST", f"/{self.language}/gradio_api/run/predict", json=body)

    def event(self, part: str, event: str) -> int | None:
        """Return the number of an event; None where the page cannot be had now."""
        if not self._events:
            answer = self.ask("GET", f"/{self.language}/config")
            if not self.wants(answer, "the page") or answer is None:
                return None
            config = answer.json()
            names = {one["id"]: one["props"].get("elem_id") or "" for one in config["components"]}
            self._events = {
                (names.get(component, ""), what): one
                for one in config["dependencies"]
                for component, what in one["targets"]
            }
        return int(self._events[part, event]["id"])


def _is_share(answer: httpx.Response) -> bool:
    """Whether an event of the page was told that this person has asked for more than one may."""
    if answer.status_code != FAULT or not answer.headers["content-type"].startswith("application/json"):
        return False
    return answer.json().get("title") in {"often", "many"}
