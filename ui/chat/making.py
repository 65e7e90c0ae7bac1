"""A turn as it is made where its question is answered, which may be a process of its own."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from sstc_chat.ui.chat.cards import sources_of
from sstc_chat.ui.chat.conversation import Turn, turn_of
from sstc_chat.ui.chat.heard import Asked
from sstc_chat.ui.chat.render import turn_html
from sstc_chat.ui.languages.words import words_in
from sstc_chat.ui.page.answerer import Answerer

# What takes the least time makes a fifth of a turn; the best there is would make a sixth.
LEVEL = 1


@dataclass(frozen=True)
class Made:
    """A turn that has been answered or refused.

    Attributes
    ----------
    packed
        Its HTML; empty where there is more to come, and `turn` is given instead.
    """

    state: str
    language: str
    packed: bytes
    turn: Turn | None = None


def made_turn(engine: Answerer, asked: Asked, language: str, goes_on: bool) -> Made:
    """Return the turn of a question in the page's `language`; if it `goes_on`, as it is to be written on.

    Raises
    ------
    SSTCChatError
        If it cannot be asked, or not be answered.
    """
    turn = turn_of(engine, asked.question, asked.history, asked.limits)
    spoken = turn.answer.question.language if turn.answer else ""
    if goes_on and turn.state == "answered":
        return Made(turn.state, spoken, b"", turn)
    html = turn_html(turn, sources_of(engine), words_in(language), asked.name)
    return Made(turn.state, spoken, packed(html))


def packed(html: str) -> bytes:
    """Return HTML as it is sent: compressed, so that little has to pass through all that is in between."""
    return gzip.compress(html.encode(errors="replace"), LEVEL, mtime=0)
