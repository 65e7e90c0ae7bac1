"""What the page needs of an engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol, TypeVar

from sstc_chat.corpus.types import Document, Spans
from sstc_chat.index.types import Line, Source
from sstc_chat.rag.types import Answer, Asking

Result = TypeVar("Result")


class Characters(Protocol):
    """What the page needs of an index."""

    def characters(self, document_id: str, spans: Spans) -> str:
        """Return what stands at `spans` of a document's source text, joined."""

    def document(self, document_id: str) -> Document | None:
        """Return a document as it was read, with its file; None where there is none with this id."""

    def sources(self) -> list[Source]:
        """Return the documents, in the order in which they were added."""

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Return for each document the bytes of its file or text, its sentences and its passages."""


class Answerer(Protocol):
    """What the page needs of an engine."""

    @property
    def store(self) -> Characters:
        """The index."""

    def now(self) -> Answerer:
        """Return it on the library as it is now: what is read of that one belongs together."""

    @property
    def at_a_time(self) -> int:
        """How many questions it takes at a time; what comes then waits better elsewhere."""

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question that was asked after those of `history`, from some documents or from all."""

    def do(self, work: Callable[..., Result], *given: object, asking: Asking | None = None) -> Result:
        """Return what `work`, a function of a module, returns of an engine and what else it is given.

        `asking` is the question that it asks, if it asks one: those that wait are encoded together.
        """

    def sources(self) -> list[Source]:
        """Return the documents."""

    def lines(self, document_id: str) -> list[Line]:
        """Return the sentences of a document in reading order."""
