"""Answers and hits as the JSON objects that others script against, and as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sstc_chat.index.types import Hit
from sstc_chat.rag.prose.notes import notes_of
from sstc_chat.rag.types import Answer, Citation

Json = dict[str, Any]


def answer_object(answer: Answer, identity: object = None) -> Json:
    """Return `answer` as a JSON object; `identity` is the id that the question came with."""
    return {
        "id": identity,
        "question": answer.question.text,
        "standalone_question": answer.question.standalone,
        "language": answer.question.language,
        "refused": answer.refused,
        "refusal": answer.refusal,
        "text": answer.text,
        "confidence": round(answer.confidence, 4),
        "sentences": [asdict(sentence) for sentence in answer.sentences],
        "citations": [asdict(citation) for citation in answer.citations],
        "nearest": [asdict(citation) for citation in answer.nearest],
        "fingerprint": dict(answer.fingerprint),
        "milliseconds": dict(answer.milliseconds),
        "limits": asdict(answer.limits) if answer.limits else None,
        "withheld": [asdict(sentence) for sentence in answer.withheld],
        "note": answer.note,
    }


def hits_object(hits: Iterable[Hit], identity: object = None) -> Json:
    """Return `hits` as a JSON object, best first."""
    return {"id": identity, "hits": [_hit_object(hit) for hit in hits]}


def answer_text(answer: Answer) -> str:
    """Return `answer` as a reader of a terminal wants it: the text, then where it came from."""
    lines = [answer.text, ""]
    quotes = answer.refused or answer.written
    lines += [
        f"[{one.number}] {_place(one)}" + (f"\n    {one.quote}" if quotes else "")
        for one in (*answer.citations, *answer.nearest)
    ]
    lines += [f"\n{line}" for line in notes_of(answer)]
    lines += ["", f"Confidence {answer.confidence:.2f}"]
    if answer.limits:
        names = "; ".join(answer.limits.names)
        lines.append(f"Documents asked: {answer.limits.asked:,} of {answer.limits.of:,} ({names})")
    return "\n".join(lines)


def hits_text(hits: Sequence[Hit]) -> str:
    """Return `hits` as text, best first."""
    return "\n\n".join(
        f"{hit.rank}. {' › '.join(hit.passage.section)} ({hit.passage.document_id}, "
        f"score {hit.score:.4f})\n{hit.passage.text}"
        for hit in hits
    )


def _hit_object(hit: Hit) -> Json:
    passage = hit.passage
    return {
        "document_id": passage.document_id,
        "chunk_id": passage.id,
        "section": list(passage.section),
        "page": passage.page,
        "score": hit.score,
        "text": passage.text,
        "spans": [list(span) for span in passage.spans],
    }


def _place(citation: Citation) -> str:
    spans = ", ".join(f"{start}–{end}" for start, end in citation.spans)
    page = "" if citation.page is None else f", page {citation.page}"
    section = " › ".join(citation.section)
    return f"{citation.document_title}; {section}{page}; characters {spans}"
