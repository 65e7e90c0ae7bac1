"""What the engine answers with. All of it is data; a refusal is a value, not an exception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sstc_chat.corpus.types import Spans

Verdict = Literal["quoted", "supported", "unsupported"]
# A question as it was typed, and those that its asker asked before it, the latest last.
Asking = tuple[str, Sequence[str]]
# Why nothing is answered: the reports have another subject, have it and do not say, or nothing was asked.
Refusal = Literal["outside", "unsaid", "no question"]


@dataclass(frozen=True)
class Question:
    """A question understood: as it was asked, as it stands alone, and its language."""

    text: str
    standalone: str
    language: str


@dataclass(frozen=True)
class LimitedTo:
    """The documents that a question was limited to.

    Attributes
    ----------
    documents
        The titles of those that were chosen singly, by their ids.
    languages, years
        Those that were chosen; a document had to be among each of what was chosen.
    asked, of
        How many documents were left by that, and how many there were.
    """

    documents: Mapping[str, str]
    languages: tuple[str, ...]
    years: tuple[str, ...]
    asked: int
    of: int

    @property
    def names(self) -> tuple[str, ...]:
        """What was chosen, as it is called."""
        return (*self.documents.values(), *self.languages, *self.years)


@dataclass(frozen=True)
class Citation:
    """A quote and the characters of the source it came from."""

    number: int
    quote: str
    document_id: str
    document_title: str
    document_sha256: str
    section: tuple[str, ...]
    page: int | None
    spans: Spans


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence of an answer, the citations it rests on, and whether they bear it out."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Withheld:
    """A sentence that a language model wrote and nobody is shown as an answer.

    Attributes
    ----------
    citations
        The numbers it named.
    reason
        Why it is withheld; the page has words for each.
    missing
        What it claims and its quotes do not say.
    """

    text: str
    citations: tuple[int, ...]
    reason: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """An answer, or a refusal with the nearest passages.

    Attributes
    ----------
    text
        What a reader is shown, in the language of the question; quotes stay in that of the report.
    refusal
        Why nothing is answered; None for an answer.
    confidence
        From 0 to 1: how likely it is that the quotes answer the question.
    citations
        In reading order of the answer, numbered from 1; empty when refused.
    nearest
        The passages that came closest; filled when refused.
    fingerprint
        What the answer depends on: the index, the models and the settings.
    milliseconds
        How long each step took, and `total`.
    limits
        The documents that it was limited to; None where all were asked.
    withheld
        What a language model wrote and the quotes do not bear out.
    note
        Why a language model's prose is not the answer, or not all of it; empty where nothing went wrong.
    """

    question: Question
    refusal: Refusal | None
    text: str
    confidence: float
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    fingerprint: Mapping[str, str]
    milliseconds: Mapping[str, float]
    limits: LimitedTo | None = None
    withheld: tuple[Withheld, ...] = ()
    note: str = ""

    @property
    def written(self) -> bool:
        """Whether a language model's sentences are shown."""
        return any(sentence.verdict == "supported" for sentence in self.sentences)

    @property
    def refused(self) -> bool:
        """Whether nothing is answered."""
        return self.refusal is not None
