"""An opinion: what somebody thinks of an answer, and what of it may be kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.output import Json
from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.types import Answer

Reason = Literal["wrong passage", "does not answer", "should have answered", "not understood"]
REASONS: tuple[Reason, ...] = get_args(Reason)
LONGEST_COMMENT = 2_000
# In characters of its JSON. An answer with its quotes has some thousands.
LARGEST_RECORD = 100_000
MOST_EARLIER = 50


@dataclass(frozen=True)
class Opinion:
    """What somebody thinks of an answer.

    Attributes
    ----------
    good
        Whether it was.
    reason
        What was wrong with it, if that was said.
    comment
        In their own words.
    record
        The answer.
    history
        The questions asked before, the latest last. They are kept only where the answer was to a follow-up,
        which cannot be understood without them.
    """

    good: bool
    record: Json
    reason: Reason | None = None
    comment: str = ""
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feedback:
    """An opinion that was sent: its number here, and when that was."""

    number: int
    sent: str
    opinion: Opinion
    answer: Answer


def checked(opinion: Opinion) -> tuple[Any, ...]:
    """Return what is kept of an opinion, which may come from anywhere: the values of its columns.

    Raises
    ------
    RecordError
        If it is not an opinion on a record, or too much of one.
    """
    answer = answer_of(opinion.record)
    record = json.dumps(opinion.record, ensure_ascii=False)
    if opinion.reason is not None and opinion.reason not in REASONS:
        raise RecordError(f"{opinion.reason!r} is no reason. Give one of: {', '.join(REASONS)}.")
    _limit("comment", opinion.comment, LONGEST_COMMENT)
    _limit("record", record, LARGEST_RECORD)
    follow_up = answer.question.standalone != answer.question.text
    history = json.dumps(_history(opinion.history) if follow_up else [], ensure_ascii=False)
    reason = None if opinion.good else opinion.reason
    return opinion.good, reason, _storable(opinion.comment.strip()), history, record


def _limit(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise RecordError(f"The {what} has {len(text):,} characters; at most {most:,} are kept. Shorten it.")


def _history(questions: Sequence[str]) -> list[str]:
    return [_storable(question[:LONGEST_COMMENT]) for question in questions[-MOST_EARLIER:]]


def _storable(text: str) -> str:
    """Return `text` without half characters (lone surrogates), which JSON can spell and no file can hold."""
    return text.encode("utf-8", "replace").decode()
