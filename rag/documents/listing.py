"""The documents of a library as rows of a table: what each is, and how much of it there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from sstc_chat.index.types import Source
from sstc_chat.rag.documents.limits import year_of
from sstc_chat.rag.output import Json

LONGEST_ID = 36


@dataclass(frozen=True)
class Row:
    """A document.

    Attributes
    ----------
    date
        The year that it is from; empty where that is not known.
    size
        Of its file, or of its text in UTF-8, in bytes.
    """

    id: str
    language: str
    date: str
    size: int
    sentences: int
    passages: int
    title: str


class Listed(Protocol):
    """What is needed of an index."""

    def sources(self) -> list[Source]:
        """Return the documents, in the order in which they were added."""

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Return for each document the bytes of its file or text, its sentences and its passages."""


def rows_of(store: Listed) -> list[Row]:
    """Return the documents in the order in which they were added."""
    counts = store.counts()
    return [Row(one.id, one.language, year_of(one), *counts[one.id], one.title) for one in store.sources()]


def rows_text(rows: Sequence[Row]) -> str:
    """Return rows as text, the ids in a column of their own."""
    width = max((min(len(one.id), LONGEST_ID) for one in rows), default=0)
    return "\n".join(
        f"{one.id:{width}}  {one.language or '–':2}  {one.date or '–':4}  {readable(one.size):>8}  "
        f"{one.sentences:>6,} sentences  {one.title}"
        for one in rows
    )


def rows_object(rows: Sequence[Row], store: Listed) -> list[Json]:
    """Return rows for machines, with what else is known of each document."""
    more = {one.id: {"sha256": one.sha256, "metadata": dict(one.metadata)} for one in store.sources()}
    return [{**asdict(row), **more[row.id]} for row in rows]


def readable(size: float) -> str:
    """Return a number of bytes as people read it."""
    for unit in ("B", "kB", "MB"):
        if size < 1000:  # noqa: PLR2004 - a thousand of a unit is one of the next
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
