"""What comes out of an evaluation: figures with intervals, and what they were taken of. All of it is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A value, its 95% interval, and over how many questions it was taken."""

    value: float
    low: float
    high: float
    over: int


@dataclass(frozen=True)
class Group:
    """The figures of those questions of a set that have one kind, one language, or both."""

    name: str
    questions: int
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Point:
    """The share of answers that are wrong when only the surest are shown: a risk at a coverage."""

    coverage: float
    risk: float
    confidence: float


@dataclass(frozen=True)
class Corpus:
    """The documents that were asked: a file beside the questions, or the library of the home."""

    name: str
    documents: int
    sha256: str


@dataclass(frozen=True)
class Citations:
    """How many citations were checked against the source, and how many are not what it says."""

    checked: int
    wrong: int


@dataclass(frozen=True)
class SetReport:
    """The figures of one set of questions, for each system by its name."""

    name: str
    questions: int
    sha256: str
    corpus: Corpus
    fingerprint: Mapping[str, str]
    citations: Citations
    systems: Mapping[str, tuple[Group, ...]]
    curve: tuple[Point, ...]


@dataclass(frozen=True)
class Report:
    """A whole run: what was measured, with which settings, and what came out."""

    version: str
    code: str
    settings: Mapping[str, object]
    citations: Citations
    sets: tuple[SetReport, ...]
