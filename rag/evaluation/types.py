"""What is asked in an evaluation, what came back, and what that was worth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Form = Literal["evidence", "answers", "lines"]


@dataclass(frozen=True)
class Task:
    """A question, and how its right answer is known.

    Attributes
    ----------
    form
        By `evidence` in the quotes, by short `answers` in a gold document, or by its `lines`.
    wanted
        For `evidence` and `answers`: texts that must each stand in the answer, each with its alternatives.
    lines
        For `lines`: those of the gold document's text, cut at line feeds and counted from 0.
    gold
        The ids of the documents that hold the answer.
    """

    id: str
    question: str
    language: str
    answerable: bool
    history: tuple[str, ...]
    kind: str
    split: str
    form: Form
    wanted: tuple[tuple[str, ...], ...]
    lines: frozenset[int]
    gold: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """What is asked: the question behind those that it follows."""
        return (*self.history, self.question)


@dataclass(frozen=True)
class QuestionSet:
    """The questions of one file; `sha256` is that of the whole file."""

    name: str
    path: Path
    sha256: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Excerpt:
    """A quote or a passage: its text, and which lines of its document's source text it touches."""

    document_id: str
    text: str
    lines: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Response:
    """What a system did with a question.

    Attributes
    ----------
    excerpts
        What it showed; when it refused, what came nearest.
    ranked
        The passages that it found, best first.
    checked, wrong
        How many citations were checked against the source, and how many are not what it says.
    """

    refused: bool
    confidence: float
    excerpts: tuple[Excerpt, ...]
    ranked: tuple[Excerpt, ...]
    checked: int = 0
    wrong: int = 0


@dataclass(frozen=True)
class Outcome:
    """What a response was worth.

    Attributes
    ----------
    right
        The excerpts answer and were shown, or nothing answers and it was refused.
    first_right
        The same of the first excerpt alone.
    right_if_shown
        Whether the excerpts answer, shown or not.
    rank
        Where retrieval found the answer, from 1; 0 if it did not; None where there is nothing to find.
    true_lines, false_lines, missed_lines
        The lines that were shown and are of the answer, those shown that are not, and those not shown.
    """

    task: Task
    refused: bool
    confidence: float
    right: bool
    first_right: bool
    right_if_shown: bool
    rank: int | None
    words: int
    quotes: int
    true_lines: int
    false_lines: int
    missed_lines: int
