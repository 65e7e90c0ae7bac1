"""What a document becomes on its way to the index.

Offsets are Unicode code points, ends are exclusive. A range counts in the reading text; a span
counts in the source text. Ids are hashes of content, so the same text has the same id anywhere.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_right
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
class Part:
    """A heading, a paragraph, a row of a table …, as the format of a document tells it.

    Joined, its spans are what it reads, in this order: they leave out what stands in between, such as the
    hyphen at the end of a line or a page number. `level` is the depth of a heading.
    """

    kind: Kind
    spans: Spans
    level: int = 0


@dataclass(frozen=True)
class Document:
    """A document exactly as it was read.

    Attributes
    ----------
    text
        The source text: the file's own, or what its reader extracted from it.
    original, media_type
        The file as it was, where `text` is not all of it, and what it is (RFC 6838).
    pages
        The span of each page, in order; empty where there are none.
    parts
        Its structure in reading order; empty where the layout of the text must tell it.
    """

    id: str
    title: str
    text: str
    language: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    original: bytes = field(default=b"", repr=False)
    media_type: str = "text/plain"
    pages: Spans = ()
    parts: tuple[Part, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of the source text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def page_of(self, spans: Spans) -> int | None:
        """Return the number of the page, counted from 1, on which `spans` begin; None without pages."""
        return bisect_right(self.pages, (spans[0][0], math.inf)) or 1 if self.pages and spans else None


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
    page: int | None = None


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
    page: int | None = None


@dataclass(frozen=True)
class Reading:
    """A document made readable: repaired text, cut into sections, sentences and chunks."""

    document: Document
    text: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    chunks: tuple[Chunk, ...]
