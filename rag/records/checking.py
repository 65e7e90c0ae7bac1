"""Check a record against the reports as they stand: each quote is the same, moved, changed or gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sstc_chat.corpus.types import Document
from sstc_chat.rag.records.record import answer_of, citation_of
from sstc_chat.rag.records.searching import Place, Searched, Sought
from sstc_chat.rag.types import Answer, AnswerSentence, Citation

if TYPE_CHECKING:
    from sstc_chat.rag.records.schema import Cited

State = Literal["same", "moved", "changed", "gone"]
STATES: tuple[State, ...] = ("same", "moved", "changed", "gone")


@dataclass(frozen=True)
class Finding:
    """What became of a citation.

    Attributes
    ----------
    state
        `same`: the same characters of the same text. `moved`: the quote stands word for word at another
        place, or in another version of its document. `changed`: `place` is what is most like it there.
        `gone`: there is nothing like it, or no such document.
    place
        Where it is now; None when it is gone.
    versions
        How many documents are the cited one, or another version of it.
    """

    citation: Citation
    state: State
    place: Place | None
    versions: int


@dataclass(frozen=True)
class Checked:
    """What became of an answer.

    Attributes
    ----------
    findings
        One for each citation, and when it was refused, for each of the nearest passages.
    misquoted
        The sentences that say they are quotes, and are not what they quote, or not in the answer's text.
    """

    answer: Answer
    findings: tuple[Finding, ...]
    misquoted: tuple[AnswerSentence, ...]

    @property
    def holds(self) -> bool:
        """Whether every quote still stands, word for word."""
        return not self.misquoted and all(one.state in {"same", "moved"} for one in self.findings)


class Reports:
    """The documents that records are checked against.

    A document is another version of the one that is cited if it has its id or its title.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = [Searched(document) for document in documents]

    def check(self, record: object) -> Checked:
        """Return what became of the answer in `record`, which may come from anywhere.

        Raises
        ------
        RecordError
            If it is no record.
        """
        from sstc_chat.rag.records.schema import checked

        answer, kept = answer_of(record), checked(record)
        findings = tuple(self._finding(one) for one in (*kept.citations, *kept.nearest))
        return Checked(answer, findings, tuple(_misquoted(answer)))

    def _finding(self, cited: Cited) -> Finding:
        citation, sought = citation_of(cited), _sought(cited)
        versions = self._versions(citation)
        state, place = _found(citation, sought, versions)
        return Finding(citation, state, place, len(versions))

    def _versions(self, citation: Citation) -> list[Searched]:
        """Return the cited document, then others that may have it, the likeliest first."""
        ranked = [(_kinship(one, citation), one) for one in self._documents]
        return [one for kinship, one in sorted(ranked, key=lambda pair: pair[0]) if kinship < UNRELATED]


UNRELATED = 3


def _kinship(document: Searched, citation: Citation) -> int:
    if document.sha256 == citation.document_sha256:
        return 0
    if document.document.id == citation.document_id:
        return 1
    return 2 if document.document.title == citation.document_title else UNRELATED


def _found(citation: Citation, sought: Sought, versions: list[Searched]) -> tuple[State, Place | None]:
    for one in versions:
        if one.sha256 == citation.document_sha256 and one.says(citation.spans) == sought.quote:
            return "same", Place(one.document, citation.spans, sought.quote)
    moved = next(filter(None, (one.find(sought) for one in versions)), None)
    if moved:
        return "moved", moved
    near = [place for one in versions if (place := one.nearest(sought))]
    place = max(near, key=lambda one: one.likeness, default=None)
    if place is None:
        return "gone", None
    # A quote around a caption that is new reads as before, and is found by its sentences only.
    return "moved" if place.text == sought.quote else "changed", place


def _sought(cited: Cited) -> Sought:
    quotes = [target.quote for target in cited.target]
    known = [quote for quote in quotes if quote]
    whole = len(known) == len(quotes)
    return Sought(
        quote=" ".join(cited.quote.split()),
        start=cited.target[0].position.start,
        pieces=tuple(quote.exact for quote in known) if whole else (),
        prefix=known[0].prefix if whole else "",
        suffix=known[-1].suffix if whole else "",
    )


def _misquoted(answer: Answer) -> Iterator[AnswerSentence]:
    quotes = {one.number: " ".join(one.quote.split()) for one in answer.citations}
    shown = " ".join(answer.text.split())
    for sentence in answer.sentences:
        text = " ".join(sentence.text.split())
        quoted = sentence.verdict != "quoted" or text in {quotes[number] for number in sentence.citations}
        if not quoted or text not in shown:
            yield sentence
