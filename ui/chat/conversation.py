"""A turn of a conversation: a question, and what became of it. The conversation is the browser's."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sstc_chat.corpus.errors import LimitsError, SSTCChatError
from sstc_chat.rag.documents.asking import ask_within
from sstc_chat.rag.documents.limits import ALL, Limits, known_within
from sstc_chat.rag.output import Json
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.records.selectors import annotated, annotated_as
from sstc_chat.rag.types import Answer
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.failures import failure_line

State = Literal["answered", "refused", "failed"]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """A question and its answer with the record of it, or why there is none.

    While a language model is `writing`, there is more to come.
    """

    question: str
    answer: Answer | None = None
    record: Json | None = None
    failure: str = ""
    writing: bool = False

    @property
    def state(self) -> State:
        """What became of the question."""
        if self.answer is None:
            return "failed"
        return "refused" if self.answer.refused else "answered"


def turn_of(engine: Answerer, question: str, history: Sequence[str], limits: Limits = ALL) -> Turn:
    """Return `question` with its answer.

    Parameters
    ----------
    engine
        What is asked.
    question
        As it was typed.
    history
        The questions before it that were answered or refused.
    limits
        The documents to ask; those that have gone since they were chosen are left out.

    Raises
    ------
    SSTCChatError
        If there is nothing in the question to answer, or too much, or it cannot be answered now.
    """
    answer = ask_within(engine, question, history, known_within(limits, engine.sources()))
    return Turn(question, answer, annotated(record_of(answer), engine.store))


def failed_turn(question: str, error: Exception, words: Words) -> Turn:
    """Return `question` with why it was not answered, in the words of the page; the log has more.

    So a failure becomes part of the conversation, and the question is kept and can be asked again.
    """
    if isinstance(error, LimitsError):
        return Turn(question, failure=words("limits.none_left"))
    if isinstance(error, SSTCChatError):
        logger.error("A question could not be answered: %s", error)
        return Turn(question, failure=failure_line(error, words))
    logger.error("A question could not be answered", exc_info=error)
    return Turn(question, failure=words("chat.unexpected"))


def written(turn: Turn, writer: Writer, engine: Answerer) -> Iterator[Turn]:
    """Yield `turn` with what `writer` makes of its answer, sentence by sentence; the last one is whole."""
    if turn.answer is None or turn.record is None:
        return
    sources = {source.id: source for source in engine.sources()}
    for answer in writer.write(turn.answer, sources):
        record = annotated_as(record_of(answer), turn.record)
        yield replace(turn, answer=answer, record=record, writing="write" not in answer.milliseconds)
