"""Sources, lines, citations and answers, made with as little as a test needs to say of them."""

from __future__ import annotations

from dataclasses import replace

from sstc_chat.index.types import Line, Source
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, Question


def make_source(identity: str = "one", title: str = "A report", **metadata: object) -> Source:
    language = str(metadata.pop("language", "en"))
    return Source(identity, title, language, "0" * 64, metadata)


def make_lines(identity: str, *rows: tuple[str, str]) -> tuple[list[Line], str]:
    """Return lines of the given kinds, each its own block, and the source text they stand in."""
    lines: list[Line] = []
    text, section = "", "Start"
    for number, (kind, words) in enumerate(rows):
        section = words if kind == "heading" else section
        span = (len(text), len(text) + len(words))
        lines.append(
            Line(
                number=number,
                id=f"{identity}-{number}",
                document_id=identity,
                section=(section,),
                page=None,
                block=number,
                kind=kind,  # type: ignore[arg-type]
                text=words,
                spans=(span,),
            )
        )
        text += f"{words}\n\n"
    return lines, text


def make_citation(line: Line, number: int = 1, title: str = "A report") -> Citation:
    return Citation(number, line.text, line.document_id, title, "0" * 64, line.section, line.page, line.spans)


def make_answer(asked: str, *citations: Citation, **changes: object) -> Answer:
    """Return an answer that quotes `citations`, as the engine writes it; a refusal without any."""
    quotes = " ".join(f"“{citation.quote}” [{citation.number}]" for citation in citations)
    answer = Answer(
        question=Question(asked, asked, "en"),
        refusal=None if citations else "unsaid",
        text=f"The report says: {quotes}" if citations else "The reports do not say this.",
        confidence=0.9,
        sentences=tuple(
            AnswerSentence(citation.quote, (citation.number,), "quoted") for citation in citations
        ),
        citations=citations,
        nearest=(),
        fingerprint={},
        milliseconds={},
    )
    return replace(answer, **changes)  # type: ignore[arg-type]
