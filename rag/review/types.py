"""What a round of review is made of. All of it is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sstc_chat.rag.evaluation.types import Outcome, QuestionSet, Task
from sstc_chat.rag.types import Answer, Citation, Withheld

# In falling order: weighted agreement counts the steps between two.
Verdict = Literal["supported", "partly", "not"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True)
class Origin:
    """What the answers of a round depend on beside its questions.

    Attributes
    ----------
    version, code
        Of the program, and the sum of its code.
    fingerprint
        Of the engine: the index, the models and the settings, as every answer carries it.
    settings
        The models by name, how documents were cut, and how intervals are drawn.
    documents
        The SHA-256 sum of each document's source text, by its id.
    """

    version: str
    code: str
    fingerprint: Mapping[str, str]
    settings: Mapping[str, Any]
    documents: Mapping[str, str]


@dataclass(frozen=True)
class Round:
    """A set of questions, asked of one state of the program.

    Attributes
    ----------
    answered
        How many of its questions have been asked.
    raters
        How many people judge it, blind to each other.
    started, finished
        When, in UTC to the second (ISO 8601); not finished until every question has been asked.
    """

    number: int
    name: str
    questions: QuestionSet
    origin: Origin
    answered: int
    raters: int
    started: str
    finished: str | None


@dataclass(frozen=True)
class Reply:
    """What became of a question: what it was worth, and the answer.

    Attributes
    ----------
    answer, record
        The answer, and the same as the record that was kept of it; None where the engine gave none.
    """

    task: Task
    outcome: Outcome
    answer: Answer | None
    record: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Item:
    """A sentence of an answer and one of the citations that it rests on: what a person judges.

    Attributes
    ----------
    id
        `question.sentence.citation`, each counted from 1.
    place
        The question's place in its round, from 1.
    question, understood
        As it was asked, and as it stands alone: a follow-up makes sense only with what it follows.
    withheld
        What a language model wrote on the question besides, and was not shown.
    """

    id: str
    place: int
    question: str
    understood: str
    language: str
    sentence: str
    citation: Citation
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """What a person said of an item, and when (UTC, ISO 8601)."""

    item: str
    person: str
    verdict: Verdict
    note: str
    at: str


@dataclass(frozen=True)
class Rater:
    """A person who judges a round: how many items they have judged, and when they handed them in."""

    name: str
    judged: int
    handed_in: str | None
