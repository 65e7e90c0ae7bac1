"""Compose the text of an answer: exact quotes, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence

from sstc_chat.index.types import Line
from sstc_chat.rag.types import AnswerSentence, Citation, Refusal
from sstc_chat.rag.wording import wording_for


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return the first of `lines`, which is the best, and then the others as they stand in the documents."""
    return [*lines[:1], *sorted(lines[1:], key=lambda line: line.number)]


Composed = tuple[str, tuple[AnswerSentence, ...]]


def refuse(refusal: Refusal, language: str) -> Composed:
    """Return the text of a refusal: it says nothing that would need a citation."""
    return wording_for(language).refusals[refusal], ()


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


def prose(sentences: Sequence[AnswerSentence]) -> Composed:
    """Return the text of an answer that a language model wrote, each sentence with its citations."""
    parts = [f"{one.text} {' '.join(f'[{number}]' for number in one.citations)}" for one in sentences]
    return " ".join(parts), tuple(sentences)
