"""What the index gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sstc_chat.corpus.types import Kind, Spans

Vectors = NDArray[np.float32]
# Numbers of passages, each with its score, best first.
Scored = list[tuple[int, float]]
# Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Source:
    """A document as the index knows it. Its text is read where it is needed."""

    id: str
    title: str
    language: str
    sha256: str
    metadata: Mapping[str, Any]


@dataclass(frozen=True)
class Passage:
    """A chunk in the index; its sentences have the numbers from `first` up to `last`."""

    number: int
    id: str
    document_id: str
    section: tuple[str, ...]
    page: int | None
    first: int
    last: int
    text: str
    spans: Spans


@dataclass(frozen=True)
class Line:
    """A sentence in the index; numbers count through all documents in reading order."""

    number: int
    id: str
    document_id: str
    section: tuple[str, ...]
    page: int | None
    block: int
    kind: Kind
    text: str
    spans: Spans


@dataclass(frozen=True)
class Hit:
    """A passage that was found. A higher score is better; the first rank is 1."""

    passage: Passage
    score: float
    rank: int


def no_progress(_what: str, _done: int, _all: int) -> None:
    """Show nothing of how far work has come."""
