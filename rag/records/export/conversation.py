"""A conversation as it is set on paper, whatever the format: questions, paragraphs, notes, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sstc_chat.corpus.language import language_of
from sstc_chat.rag.records.export.types import Conversation, Entry, Note, Paragraph, Piece
from sstc_chat.rag.records.export.wording import ExportWording
from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.segments import Segment, segments_of
from sstc_chat.rag.types import Answer, Citation, LimitedTo

# Neither Word (XML 1.0, section 2.2) nor a terminal should be given these.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def conversation_of(records: Sequence[object], wording: ExportWording) -> Conversation:
    """Return `records`, which may come from anywhere, as a conversation.

    Raises
    ------
    RecordError
        If one of them is no record.
    """
    answers = [answer_of(record) for record in records]
    setting = _Setting(wording, _languages(answers))
    return Conversation(
        entries=tuple(map(setting.entry, answers)),
        sources=tuple(setting.sources(answers)),
        remarks=(*_made(records, wording), wording.check),
    )


@dataclass(frozen=True)
class _Setting:
    """How answers are set: in which words, and in which language each document is, by its sum."""

    wording: ExportWording
    languages: dict[str, str]

    def entry(self, answer: Answer) -> Entry:
        question, standalone = clean(answer.question.text), clean(answer.question.standalone)
        understood = self.wording.understood.format(question=standalone) if standalone != question else ""
        return Entry(
            Piece(question, answer.question.language),
            (
                *self._said(understood),
                *self._said(self._limited(answer.limits)),
                *self._answered(answer),
                *self._said(self._written(answer)),
                *self._nearest(answer),
            ),
        )

    def sources(self, answers: Iterable[Answer]) -> Iterator[Note]:
        cited = {one.document_sha256: one for answer in answers for one in _cited(answer)}
        for one in cited.values():
            place = self._apart(clean(one.document_id), f"SHA-256 {one.document_sha256}")
            yield Note(clean(one.document_title), "", place, "", self.languages[one.document_sha256])

    def _said(self, text: str) -> list[Paragraph]:
        return [Paragraph((Piece(text, self.wording.language),))] if text else []

    def _limited(self, limits: LimitedTo | None) -> str:
        if not limits:
            return ""
        names = clean("; ".join(limits.names))
        return self.wording.limited.format(asked=limits.asked, of=limits.of, names=names)

    def _written(self, answer: Answer) -> str:
        model = clean(answer.fingerprint.get("language_model", ""))
        return self.wording.written.format(model=model) if answer.written and model else ""

    def _answered(self, answer: Answer) -> Iterator[Paragraph]:
        citations = {one.number: one for one in answer.citations}
        for quoted, group in groupby(segments_of(answer), key=lambda one: one.quoted):
            pieces = [self._piece(one, citations, answer.question.language) for one in group]
            if quoted:
                yield from (Paragraph((piece,), quoted=True) for piece in pieces)
            else:
                yield Paragraph(tuple(pieces))

    def _nearest(self, answer: Answer) -> Iterator[Paragraph]:
        for one in answer.nearest:
            language = self.languages[one.document_sha256]
            yield Paragraph((Piece(f"“{clean(one.quote)}”", language, (self._note(one, ""),)),), quoted=True)

    def _piece(self, segment: Segment, citations: dict[int, Citation], language: str) -> Piece:
        cited = [citations[number] for number in segment.citations]
        quotes = ["" if segment.quoted else clean(one.quote) for one in cited]
        notes = tuple(self._note(one, quote) for one, quote in zip(cited, quotes, strict=True))
        known = self.languages[cited[0].document_sha256] if segment.quoted and cited else language
        return Piece(clean(segment.text), known, notes)

    def _note(self, citation: Citation, quote: str) -> Note:
        spans = ", ".join(f"{start}–{end}" for start, end in citation.spans)
        page = [] if citation.page is None else [self.wording.page.format(page=citation.page)]
        return Note(
            title=clean(citation.document_title),
            section=clean("".join(f", {heading}" for heading in citation.section)),
            place=self._apart(*page, self.wording.characters.format(spans=spans)),
            quote=quote,
            language=self.languages[citation.document_sha256],
        )

    def _apart(self, *parts: str) -> str:
        return "".join(f"{self.wording.comma}{part}" for part in parts)


def clean(text: str) -> str:
    """Return `text` on one line, without what steers a terminal or cannot stand in XML."""
    return CONTROLS.sub("\ufffd", " ".join(text.split()))


def _languages(answers: Iterable[Answer]) -> dict[str, str]:
    """Return the language of each document by its sum, as far as its quotes tell."""
    quotes: dict[str, list[str]] = {}
    for one in (citation for answer in answers for citation in _cited(answer)):
        quotes.setdefault(one.document_sha256, []).append(one.quote)
    return {document: language_of(" ".join(texts)) for document, texts in quotes.items()}


def _cited(answer: Answer) -> tuple[Citation, ...]:
    return (*answer.citations, *answer.nearest)


def _made(records: Sequence[object], wording: ExportWording) -> Iterator[str]:
    made = {(one["made"][:10], clean(one["program"])) for one in records if isinstance(one, dict)}
    for date, version in sorted(made):
        yield wording.made.format(date=date, version=version)
