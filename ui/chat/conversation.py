"""A conversation: questions in order, and what became of each. It never changes; it is replaced."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Literal

from sstc_chat.corpus.errors import QuestionError, SSTCChatError
from sstc_chat.rag.types import Answer
from sstc_chat.ui.page.answerer import Answerer

State = Literal["pending", "answered", "refused", "failed"]
logger = logging.getLogger(__name__)


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


def take_turn(engine: Answerer, turns: Turns, question: str, unexpected: str) -> Turns:
    """Return `turns` and one more, in which `question` is answered.

    A failure becomes part of the conversation, so that the question is kept and can be asked again.

    Parameters
    ----------
    engine
        What is asked.
    turns
        The conversation so far.
    question
        As it was typed.
    unexpected
        What a reader is told where something goes wrong that is no error of ours.

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
        turn = Turn(question, failure=unexpected)
    return (*turns, turn)


def history_of(turns: Turns) -> list[str]:
    """Return the questions that were answered or refused."""
    return [turn.question for turn in turns if turn.answer is not None]


def without_failure(turns: Turns, question: str) -> Turns:
    """Return `turns` without a failed attempt at `question`, which is about to be asked again."""
    return tuple(turn for turn in turns if not (turn.failure and turn.question == question))
