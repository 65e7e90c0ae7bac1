"""Ask a question of some documents; the answer says of which, and a refusal that it was not of all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from sstc_chat.index.types import Source
from sstc_chat.rag.documents.limits import Limits, documents_within
from sstc_chat.rag.types import Answer, LimitedTo
from sstc_chat.rag.wording import wording_for


class Asked(Protocol):
    """What is needed of an engine."""

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question from some documents; none means all."""

    def sources(self) -> list[Source]:
        """Return the documents."""


def ask_within(engine: Asked, text: str, history: Sequence[str], limits: Limits) -> Answer:
    """Answer a question from the documents that `limits` leave.

    Raises
    ------
    QuestionError
        If they leave none, name what is not there, or there is no question in `text`.
    """
    sources = {source.id: source for source in engine.sources()}
    documents = documents_within(limits, sources.values())
    if not documents or len(documents) == len(sources):
        return engine.ask(text, history)
    answer = engine.ask(text, history, documents)
    titles = {identity: sources[identity].title for identity in limits.documents}
    limited = LimitedTo(titles, limits.languages, limits.years, len(documents), len(sources))
    return replace(answer, limits=limited, text=_said(answer, limited))


def limits_of(limited: LimitedTo | None) -> Limits:
    """Return what an answer was limited to as what a question can be limited to."""
    return Limits(tuple(limited.documents), limited.languages, limited.years) if limited else Limits()


def _said(answer: Answer, limited: LimitedTo) -> str:
    """Return the text of an answer; a refusal of some documents is none of the others."""
    if not answer.refused or answer.refusal == "no question":
        return answer.text
    wording = wording_for(answer.question.language)
    return f"{answer.text} {wording.limited.format(asked=limited.asked, of=limited.of)}"
