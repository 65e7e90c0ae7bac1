"""An answer as a record that can be kept, sent and checked: plain JSON, and back again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timezone
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

from sstc_chat.corpus.errors import RecordError
from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.types import Span, Spans
from sstc_chat.rag.output import Json
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, Question

if TYPE_CHECKING:
    from sstc_chat.rag.records.schema import Cited

# How many characters before and behind a quote are kept, to tell it from others that read the same.
AROUND = 32


class Characters(Protocol):
    """What is needed of an index: its source texts."""

    def characters(self, document_id: str, spans: Spans) -> str:
        """Return what stands at `spans` of a document's source text, joined."""


def record_of(answer: Answer, made: datetime | None = None) -> Json:
    """Return `answer` as a record.

    Parameters
    ----------
    answer
        An answer or a refusal.
    made
        When it was given; now, if that is not said. A record says it in UTC, to the second.
    """
    from sstc_chat.rag.records.schema import FORMAT, VERSION

    return {
        "format": FORMAT,
        "version": VERSION,
        "made": _moment(made or datetime.now(timezone.utc)),
        "program": version("sstc-chat"),
        "question": answer.question.text,
        "standalone_question": answer.question.standalone,
        "language": answer.question.language,
        "refusal": answer.refusal,
        "text": answer.text,
        "confidence": answer.confidence,
        "sentences": [{**asdict(one), "citations": list(one.citations)} for one in answer.sentences],
        "citations": [_cited(one) for one in answer.citations],
        "nearest": [_cited(one) for one in answer.nearest],
        "fingerprint": dict(answer.fingerprint),
        "milliseconds": dict(answer.milliseconds),
    }


def answer_of(record: object) -> Answer:
    """Return the answer that `record` was made of; it may come from anywhere and is checked first.

    Raises
    ------
    RecordError
        If it is not a record, or not as it was written.
    """
    from sstc_chat.rag.records.schema import checked

    kept = checked(record)
    return Answer(
        question=Question(kept.question, kept.standalone_question, kept.language),
        refusal=kept.refusal,
        text=kept.text,
        confidence=kept.confidence,
        sentences=tuple(
            AnswerSentence(one.text, tuple(one.citations), one.verdict) for one in kept.sentences
        ),
        citations=_citations(kept.citations),
        nearest=_citations(kept.nearest),
        fingerprint=kept.fingerprint,
        milliseconds=kept.milliseconds,
    )


def annotated(record: Json, store: Characters) -> Json:
    """Return a fresh `record` with the characters of each quote and those around it.

    They stand beside the position as a TextQuoteSelector of the Web Annotation Data Model, over the source
    text: `exact` is what stands at the position, escapes and links as the source has them.

    Raises
    ------
    RecordError
        If a quote is not what the source says at its place: the document has changed since.
    """
    return {
        **record,
        "citations": [_annotated(one, store) for one in record["citations"]],
        "nearest": [_annotated(one, store) for one in record["nearest"]],
    }


def _moment(time: datetime) -> str:
    return time.astimezone(timezone.utc).isoformat(timespec="seconds")


def _cited(citation: Citation) -> Json:
    from sstc_chat.rag.records.schema import source_of

    source = source_of(citation.document_sha256)
    return {
        "number": citation.number,
        "quote": citation.quote,
        "document": {
            "id": citation.document_id,
            "title": citation.document_title,
            "sha256": citation.document_sha256,
        },
        "section": list(citation.section),
        "page": citation.page,
        "target": [
            {"type": "SpecificResource", "source": source, "selector": [_position(span)]}
            for span in citation.spans
        ],
    }


def _position(span: Span) -> Json:
    return {"type": "TextPositionSelector", "start": span[0], "end": span[1]}


def _citations(cited: Iterable[Cited]) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            number=one.number,
            quote=one.quote,
            document_id=one.document.id,
            document_title=one.document.title,
            document_sha256=one.document.sha256,
            section=tuple(one.section),
            page=one.page,
            spans=tuple((target.position.start, target.position.end) for target in one.target),
        )
        for one in cited
    )


def _annotated(cited: Json, store: Characters) -> Json:
    document = cited["document"]["id"]
    targets = [_with_quote(target, document, store) for target in cited["target"]]
    exact = "".join(target["selector"][1]["exact"] for target in targets)
    if plain(exact) != " ".join(cited["quote"].split()):
        raise RecordError(
            f"The quote {cited['quote'][:60]!r} is not what {document} says at its place. "
            "Ask the question again."
        )
    return {**cited, "target": targets}


def _with_quote(target: dict[str, Any], document: str, store: Characters) -> Json:
    position = target["selector"][0]
    start, end = position["start"], position["end"]
    before, exact, behind = (
        store.characters(document, (span,))
        for span in ((max(0, start - AROUND), start), (start, end), (end, end + AROUND))
    )
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": behind}
    return {**target, "selector": [position, quote]}
