"""An answer as a record that can be kept, sent and checked: plain JSON, and back again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timezone
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from sstc_chat.rag.output import Json
from sstc_chat.rag.records.selectors import targets_of
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, LimitedTo, Question, Withheld

if TYPE_CHECKING:
    from sstc_chat.rag.records.schema import Cited, Limited


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
        "program": _program(),
        "question": answer.question.text,
        "standalone_question": answer.question.standalone,
        "language": answer.question.language,
        "refusal": answer.refusal,
        "text": answer.text,
        "confidence": answer.confidence,
        "sentences": [{**asdict(one), "citations": list(one.citations)} for one in answer.sentences],
        "withheld": [
            {**asdict(one), "citations": list(one.citations), "missing": list(one.missing)}
            for one in answer.withheld
        ],
        "note": answer.note,
        "citations": [_cited(one) for one in answer.citations],
        "nearest": [_cited(one) for one in answer.nearest],
        "fingerprint": dict(answer.fingerprint),
        "milliseconds": dict(answer.milliseconds),
        **({"limits": _limited(answer.limits)} if answer.limits else {}),
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
        citations=tuple(map(citation_of, kept.citations)),
        nearest=tuple(map(citation_of, kept.nearest)),
        fingerprint=kept.fingerprint,
        milliseconds=kept.milliseconds,
        limits=_limits_of(kept.limits) if kept.limits else None,
        withheld=tuple(
            Withheld(one.text, tuple(one.citations), one.reason, tuple(one.missing)) for one in kept.withheld
        ),
        note=kept.note,
    )


@cache
def _program() -> str:
    """Return the version of this program; finding it takes as long as rendering an answer."""
    return version("sstc-chat")


def _moment(time: datetime) -> str:
    return time.astimezone(timezone.utc).isoformat(timespec="seconds")


def _limited(limits: LimitedTo) -> Json:
    chosen = {"languages": list(limits.languages), "years": list(limits.years)}
    return {"documents": dict(limits.documents), **chosen, "asked": limits.asked, "of": limits.of}


def _limits_of(kept: Limited) -> LimitedTo:
    return LimitedTo(kept.documents, tuple(kept.languages), tuple(kept.years), kept.asked, kept.of)


def _cited(citation: Citation) -> Json:
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
        "target": targets_of(citation.spans, citation.document_sha256),
    }


def citation_of(cited: Cited) -> Citation:
    """Return a citation of a record that was checked."""
    return Citation(
        number=cited.number,
        quote=cited.quote,
        document_id=cited.document.id,
        document_title=cited.document.title,
        document_sha256=cited.document.sha256,
        section=tuple(cited.section),
        page=cited.page,
        spans=tuple((target.position.start, target.position.end) for target in cited.target),
    )
