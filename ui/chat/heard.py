"""What the page's script tells with an event. It comes from a browser, and so it may be anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.documents.limits import ALL, Limits
from sstc_chat.rag.records.record import answer_of
from sstc_chat.ui.chat.conversation import Turn
from sstc_chat.ui.limits.heard import limits_in

MOST_EARLIER = 20
MOST_TURNS = 200
LONGEST_NAME = 40


@dataclass(frozen=True)
class Asked:
    """A question, the earlier ones of its conversation, and the name that its answer is waited for by.

    `limits` are the documents to ask; `quotes` says that no language model shall write.
    """

    name: str
    question: str
    history: tuple[str, ...]
    limits: Limits = ALL
    quotes: bool = False


def asked(told: Mapping[str, object]) -> Asked:
    """Return the question that was told; empty where there is none."""
    earlier = tuple(_texts(told.get("history")))[-MOST_EARLIER:]
    quotes = told.get("quotes") is True
    return Asked(name_of(told), _text(told.get("question")), earlier, limits_in(told.get("limits")), quotes)


def key_of(told: Mapping[str, object]) -> str:
    """Return the key of an answer that is being written."""
    return _text(told.get("key"))[:LONGEST_NAME]


def kept(told: Mapping[str, object], unreadable: str) -> list[Turn]:
    """Return the turns that a browser has kept.

    Parameters
    ----------
    told
        With `turns`: each a question and, if it was answered or refused, the record of that.
    unreadable
        What a reader is told of a turn that has no record, or whose record is not one.
    """
    turns = told.get("turns")
    return [_turn(turn, unreadable) for turn in turns[:MOST_TURNS]] if isinstance(turns, list) else []


def answers_in(told: Mapping[str, object]) -> list[Turn]:
    """Return those of the turns that have an answer."""
    return [turn for turn in kept(told, "") if turn.answer is not None]


def name_of(told: Mapping[str, object]) -> str:
    """Return the name by which the browser will know what it is sent."""
    return _text(told.get("name"))[:LONGEST_NAME]


def _turn(told: object, unreadable: str) -> Turn:
    fields = told if isinstance(told, dict) else {}
    question, record = _text(fields.get("question")), fields.get("record")
    try:
        return Turn(question, answer_of(record), record)
    except RecordError:
        return Turn(question, failure=unreadable)


def _texts(values: object) -> Iterator[str]:
    yield from (value for value in (values if isinstance(values, list) else []) if isinstance(value, str))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
