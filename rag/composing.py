"""Compose the text of an answer: exact quotes, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence

from sstc_chat.rag.types import AnswerSentence, Candidate, Citation
from sstc_chat.rag.wording import wording_for


def in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates best first, but those of one paragraph together, as they stand there."""
    places: dict[tuple[str, int], int] = {}
    for candidate in chosen:
        places.setdefault((candidate.line.document_id, candidate.line.block), len(places))
    return sorted(
        chosen,
        key=lambda candidate: (
            places[candidate.line.document_id, candidate.line.block],
            candidate.line.number,
        ),
    )


Composed = tuple[str, tuple[AnswerSentence, ...]]


def refuse(_nearest: Sequence[Citation], language: str, _documents: int) -> Composed:
    """Return the text of a refusal: it says nothing that would need a citation."""
    return wording_for(language).refusal, ()


def quote(citations: Sequence[Citation], language: str, documents: int) -> Composed:
    """Return the text of an answer that quotes `citations`, and its sentences.

    Parameters
    ----------
    citations
        In the order in which they are shown.
    language
        That of the question.
    documents
        How many documents there are; with more than one, each is named before its quotes.
    """
    wording = wording_for(language)
    parts: list[str] = []
    said: str | None = None
    for citation in citations:
        if citation.document_id != said:
            named = wording.lead_titled.format(title=citation.document_title)
            parts.append(wording.lead if documents == 1 else named)
            said = citation.document_id
        parts.append(f"“{citation.quote}” [{citation.number}]")
    sentences = tuple(AnswerSentence(citation.quote, (citation.number,), "quoted") for citation in citations)
    return " ".join(parts), sentences
