"""Engines that answer from a script."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sstc_chat.corpus.types import Document, Spans
from sstc_chat.index.types import Line, Source
from sstc_chat.rag.engine import Result
from sstc_chat.rag.types import Answer, Asking

from .builders import make_answer, make_lines, make_source


@dataclass
class Texts:
    """Source texts by document id: all that the page needs of an index."""

    texts: Mapping[str, str]

    def sources(self) -> list[Source]:
        return [make_source(name, f"The report {name}") for name in self.texts]

    def counts(self) -> dict[str, tuple[int, int, int]]:
        return {name: (len(text), 1, 1) for name, text in self.texts.items()}

    def document(self, document_id: str) -> Document | None:
        text = self.texts.get(document_id)
        return None if text is None else Document(document_id, f"The report {document_id}", text, "en")

    def characters(self, document_id: str, spans: Spans) -> str:
        return "".join(self.texts[document_id][start:end] for start, end in spans)


@dataclass
class Scripted:
    """An engine that answers by calling `reply`, and remembers what it was asked."""

    documents: Sequence[Source]
    read: Mapping[str, list[Line]]
    store: Texts
    reply: Callable[[str, Sequence[str]], Answer]
    asked: list[tuple[str, list[str]]] = field(default_factory=list)
    asked_of: list[set[str]] = field(default_factory=list)

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        self.asked.append((text, list(history)))
        self.asked_of.append(set(documents))
        return self.reply(text, history)

    def now(self) -> Scripted:
        return self

    def do(
        self,
        work: Callable[..., Result],
        *given: object,
        asking: Asking | None = None,  # noqa: ARG002
    ) -> Result:
        return work(self, *given)

    @property
    def at_a_time(self) -> int:
        return 4

    def sources(self) -> list[Source]:
        return list(self.documents)

    def lines(self, document_id: str) -> list[Line]:
        return self.read[document_id]


def make_engine(
    documents: Mapping[str, Sequence[tuple[str, str]]],
    reply: Callable[[str, Sequence[str]], Answer] | None = None,
    **metadata: object,
) -> Scripted:
    """Return an engine on documents given as rows of (kind, text), which refuses by default."""
    read = {name: make_lines(name, *rows) for name, rows in documents.items()}
    return Scripted(
        [make_source(name, f"The report {name}", **metadata) for name in documents],
        {name: lines for name, (lines, _) in read.items()},
        Texts({name: text for name, (_, text) in read.items()}),
        reply or (lambda question, _: make_answer(question)),
    )
