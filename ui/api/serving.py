"""What is done for programs: each function takes what was sent and returns the JSON of the command line."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, cast

from sstc_chat.corpus.errors import RecordError
from sstc_chat.index.types import Hit, Source
from sstc_chat.rag.documents.asking import ask_within
from sstc_chat.rag.documents.limits import Limits, documents_within
from sstc_chat.rag.documents.listing import rows_object, rows_of
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.feedback import keeping, opinions
from sstc_chat.rag.feedback.commands import feedback_object
from sstc_chat.rag.output import Json, answer_object, hits_object
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.rag.records.checking import Reports
from sstc_chat.rag.records.commands import documents_of
from sstc_chat.rag.records.findings import findings_object
from sstc_chat.rag.records.record import answer_of, record_of
from sstc_chat.rag.records.selectors import annotated, annotated_as
from sstc_chat.rag.types import Answer
from sstc_chat.ui.api.models import Asked, Limited, Opinion, Searched
from sstc_chat.ui.operating.watching import Watch
from sstc_chat.ui.page.answerer import Answerer

BUSY = "Too much is being asked at once. Try again in a moment."
# An answer, and the record that was made of it at once.
Quoted = tuple[Answer, Json]
# How often a question is asked whose quotes have changed before they could be kept.
TRIES = 3


class Engaged(Answerer, Protocol):
    """What programs need of an engine: passages, too."""

    def search(self, text: str, top: int, documents: Collection[str] = ()) -> tuple[Hit, ...]:
        """Return the `top` passages for a question."""


@dataclass(frozen=True)
class Service:
    """What answers programs, and where what they send is kept."""

    engine: Engaged
    home: Path
    writer: Writer | None = None
    watch: Watch = field(default_factory=Watch)

    def ask(self, asked: Asked) -> Json:
        """Answer a question, in prose where a language model is set and quotes are not asked for."""
        answer, record = self.quoted(asked)
        if self.writer and not asked.quotes:
            answer = self.writer.written(answer, self._sources())
            self.watch.prose(answer)
        return _object(answer, record)

    def stream(self, asked: Asked, quoted: Quoted) -> Iterator[str]:
        """Yield server-sent events: the quotes at once, then the answer with each sentence more, then all."""
        first, record = quoted
        answer = first
        yield event("quotes", _object(answer, record))
        if self.writer and not asked.quotes:
            for answer in self.writer.write(first, self._sources()):
                yield event("sentence", answer_object(answer))
            self.watch.prose(answer)
        yield event("done", _object(answer, record))

    def quoted(self, asked: Asked, tries: int = TRIES) -> Quoted:
        """Answer a question in quotes, or refuse; return the record of that, too.

        Where a document was changed between the two, what is there then is asked.
        """
        answer = self._answered(asked)
        try:
            return answer, annotated(record_of(answer), self.engine.store)
        except RecordError:
            if tries == 1:
                raise
            return self.quoted(asked, tries - 1)

    def search(self, searched: Searched) -> Json:
        """Find passages."""
        within = documents_within(limits_of(searched), self.engine.sources())
        return hits_object(self.engine.search(searched.question, searched.top, within))

    def documents(self) -> list[Json]:
        """Return the documents."""
        store = self.engine.store
        return rows_object(rows_of(store), store)

    def check(self, records: list[Json]) -> Json:
        """Check records against the reports as they stand."""
        answers = [answer_of(record) for record in records]
        # It asks the engine for its documents and their characters only.
        reports = Reports(documents_of(cast("Engine", self.engine.now()), answers))
        return findings_object([reports.check(record) for record in records])

    def send(self, opinion: Opinion) -> Json:
        """Keep an opinion."""
        kept = opinions.Opinion(
            opinion.good, opinion.record, opinion.reason, opinion.comment, tuple(opinion.history)
        )
        return {"token": keeping.send(self.home, kept)}

    def take_back(self, token: str) -> None:
        """Take an opinion back.

        Raises
        ------
        RecordError
            If there is none with this token.
        """
        if not keeping.take_back(self.home, token):
            raise RecordError("There is no feedback with this token. It was taken back already, or removed.")

    def feedback(self) -> list[Json]:
        """Return every opinion, the latest first."""
        return [feedback_object(one) for one in keeping.all_feedback(self.home)]

    def health(self) -> Json:
        """Return whether questions can be answered."""
        number = len(self.engine.sources())
        model = self.writer is not None
        return {"status": "ok", "version": version("sstc-chat"), "documents": number, "language_model": model}

    def _answered(self, asked: Asked) -> Answer:
        start = time.perf_counter()
        answer = ask_within(self.engine, asked.question, asked.history, limits_of(asked))
        outcome = "refused" if answer.refused else "answered"
        language, seconds = answer.question.language, time.perf_counter() - start
        self.watch.question(asked.question, language, outcome, seconds)
        return answer

    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.engine.sources()}


def _object(answer: Answer, earlier: Json) -> Json:
    """Return an answer with its record, whose quotes stand where an `earlier` record has them."""
    return {**answer_object(answer), "record": annotated_as(record_of(answer), earlier)}


def limits_of(limited: Limited) -> Limits:
    """Return what a question is limited to."""
    return Limits(tuple(limited.documents), tuple(limited.languages), tuple(limited.years))


def event(name: str, data: Json) -> str:
    """Return a server-sent event (HTML Living Standard, section 9.2)."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
