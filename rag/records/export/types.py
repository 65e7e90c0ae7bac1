"""What there is to be set when a conversation is exported. All of it is data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """A footnote: where a quote stands, and the quote itself where the text does not hold it.

    Attributes
    ----------
    title, section, quote
        Of the document, and in its `language`.
    place
        The rest, in the language of the export, with what sets it off.
    """

    title: str
    section: str
    place: str
    quote: str
    language: str


@dataclass(frozen=True)
class Piece:
    """Words in one language, and the notes behind them."""

    text: str
    language: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Pieces that follow on one another; quoted, if the words are those of a document."""

    pieces: tuple[Piece, ...]
    quoted: bool = False


@dataclass(frozen=True)
class Entry:
    """A question and what was said to it."""

    question: Piece
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Conversation:
    """What there is to be set: entries, the documents they cite, and closing remarks."""

    entries: tuple[Entry, ...]
    sources: tuple[Note, ...]
    remarks: tuple[str, ...]
