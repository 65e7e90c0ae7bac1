"""Which address is there for whom. What is not named here is there for nobody."""

from __future__ import annotations

import re
from typing import NamedTuple

from starlette.requests import HTTPConnection

from sstc_chat.rag.access.roles import Role
from sstc_chat.ui.languages.words import LANGUAGES
from sstc_chat.ui.page.frontpage import STATIC_PATH

# Where documents are sent, if the library may be edited; without an editor nobody answers there.
SENT = "/documents"
# Where pages of documents are served as pictures.
PICTURES = "/pages/picture"
# Where programs ask, and assistants.
PROGRAMS = "/api/"
API = f"{PROGRAMS}v1"
TOOLS = f"{PROGRAMS}mcp"
_LANGUAGE = f"/({'|'.join(LANGUAGES)})"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Rule(NamedTuple):
    """Addresses, and the role that one must have to come there; None lets everybody in."""

    pattern: re.Pattern[str]
    role: Role | None


def _rule(pattern: str, role: Role | None) -> Rule:
    return Rule(re.compile(pattern), role)


# The choice of a language, our files, signing in, asking, and what Gradio needs to run a page: no uploads,
# no files, no settings. Of Gradio's events each is asked for again by its view (see blocks.py).
RULES = (
    _rule(rf"/|{STATIC_PATH}/.+|{_LANGUAGE}(/theme\.css|/assets/.+|/static/.+)", None),
    _rule(rf"{_LANGUAGE}(/sign-in|/sign-out|/privacy)|({_LANGUAGE})?/sign-in/organisation", None),
    _rule(
        rf"{_LANGUAGE}(/config|/ask|/gradio_api/(run/predict|app_id|queue/.*|heartbeat/.*|cancel|reset))?",
        "reader",
    ),
    _rule(rf"{API}/(health|openapi\.json)", None),
    _rule(rf"{API}/opinions", "evaluator"),
    _rule(rf"{API}/documents/.+", "administrator"),
    _rule(rf"{API}/(ask|ask/stream|search|documents|records/check|feedback|feedback/[\w-]+)", "reader"),
    _rule(f"{PICTURES}|{TOOLS}", "reader"),
    _rule(rf"{SENT}/(file|document|undo)/.+", "administrator"),
)


def rule_for(path: str) -> Rule | None:
    """Return the rule on an address that is no view; None where nothing is there for anybody."""
    return next((rule for rule in RULES if rule.pattern.fullmatch(path)), None)


def comes_from_elsewhere(connection: HTTPConnection, method: str) -> bool:
    """Whether a page of another site asks for a change, which a browser says in one of two headers.

    `Sec-Fetch-Site` is sent to secure addresses, `Origin` to all; a program sends neither, and has no
    cookies of ours that it was not given.
    """
    if method in SAFE:
        return False
    headers = connection.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in {"same-origin", "none"}
    return origin is not None and origin.partition("://")[2] != headers.get("host")
