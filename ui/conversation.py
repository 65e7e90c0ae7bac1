"""A conversation: questions in order, and what became of each. It never changes; it is replaced."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sstc_chat.corpus.errors import QuestionError, SSTCChatError
from sstc_chat.corpus.types import Spans
from sstc_chat.index.types import Line, Source
from sstc_chat.rag.types import Answer

State = Literal["pending", "answered", "refused", "failed"]
UNEXPECTED = "Something went wrong here, and it has been noted. Your question is kept: please try again."
logger = logging.getLogger(__name__)


class Characters(Protocol):
    """What the report's pane needs of an index."""

    def characters(self, document_id: str, spans: Spans) -> str:
        """Return what stands at `spans` of a document's source text, joined."""


class Answerer(Protocol):
    """What the page needs of an engine."""

    @property
    def store(self) -> Characters:
        """The index."""

    def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question that was asked after those of `history`."""

    def sources(self) -> list[Source]:
        """Return the documents."""

    def lines(self, document_id: str) -> list[Line]:
        """Return the sentences of a document in reading order."""


@dataclass(frozen=True)
class Turn:
    """A question and its answer, or why there is none; with neither, it is still being answered."""

    question: str
    answer: Answer | None = None
    failure: str = ""

    @property
    def state(self) -> State:
        """What became of the question."""
        if self.failure:
            return "failed"
        if self.answer is None:
            return "pending"
        return "refused" if self.answer.refused else "answered"


Turns = tuple[Turn, ...]


def take_turn(engine: Answerer, turns: Turns, question: str) -> Turns:
    """Return `turns` and one more, in which `question` is answered.

    A failure becomes part of the conversation, so that the question is kept and can be asked again.

    Raises
    ------
    QuestionError
        If there is nothing in the question to answer, or too much.
    """
    try:
        turn = Turn(question, engine.ask(question, history_of(turns)))
    except QuestionError:
        raise
    except SSTCChatError as error:
        turn = Turn(question, failure=str(error))
    except Exception:
        logger.exception("A question could not be answered")
        turn = Turn(question, failure=UNEXPECTED)
    return (*turns, turn)


def history_of(turns: Turns) -> list[str]:
    """Return the questions that were answered or refused."""
    return [turn.question for turn in turns if turn.answer is not None]


def without_failure(turns: Turns, question: str) -> Turns:
    """Return `turns` without a failed attempt at `question`, which is about to be asked again."""
    return tuple(turn for turn in turns if not (turn.failure and turn.question == question))
