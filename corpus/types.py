"""What a document becomes on its way to the index.

Offsets are Unicode code points, ends are exclusive. A range counts in the reading text; a span
counts in the source text. Ids are hashes of content, so the same text has the same id anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]
Kind = Literal["heading", "paragraph", "caption", "line"]


def content_id(*parts: object) -> str:
    """Return a hash of `parts` that is short enough to read and long enough to be unique."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Document:
    """A document exactly as it was read."""

    id: str
    title: str
    text: str
    language: str
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The hash of the source text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Section:
    """What stands under one heading: its path of headings and its range."""

    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """The unit of evidence: quoted whole or not at all."""

    id: str
    text: str
    kind: Kind
    block: int
    section: int
    start: int
    end: int
    spans: Spans


@dataclass(frozen=True)
class Chunk:
    """The passage that is retrieved: the sentences `first` up to `last`, all of one section.

    Its context is the title and the headings above it, which often name what the text calls "it".
    """

    id: str
    context: str
    text: str
    section: int
    first: int
    last: int
    spans: Spans


@dataclass(frozen=True)
class Reading:
    """A document made readable: repaired text, cut into sections, sentences and chunks."""

    document: Document
    text: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    chunks: tuple[Chunk, ...]
