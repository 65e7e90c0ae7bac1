"""What the page's script tells of exports and feedback. It comes from a browser: it may be anything."""

from __future__ import annotations

from collections.abc import Mapping

from sstc_chat.rag.feedback.opinions import LONGEST_COMMENT, MOST_EARLIER, REASONS, Opinion
from sstc_chat.rag.output import Json
from sstc_chat.rag.records.files import MOST_RECORDS

LONGEST_NAME = 100
Told = Mapping[str, object]


def opinion_in(told: Told) -> Opinion:
    """Return what somebody thinks of an answer; whether its record is one is checked when it is sent."""
    record, reason = told.get("record"), told.get("reason")
    return Opinion(
        good=told.get("good") is True,
        record=record if isinstance(record, dict) else {},
        reason=next((known for known in REASONS if known == reason), None),
        comment=text_in(told, "comment", LONGEST_COMMENT),
        history=tuple(one for one in _list(told, "history") if isinstance(one, str))[-MOST_EARLIER:],
    )


def records_in(told: Told) -> list[Json]:
    """Return what should be the records of a conversation."""
    return [one if isinstance(one, dict) else {} for one in _list(told, "records")[:MOST_RECORDS]]


def text_in(told: Told, key: str, most: int = LONGEST_NAME) -> str:
    """Return a text that was told, cut to `most` characters; empty where there is none."""
    value = told.get(key)
    return value[:most] if isinstance(value, str) else ""


def _list(told: Told, key: str) -> list[object]:
    value = told.get(key)
    return value if isinstance(value, list) else []
