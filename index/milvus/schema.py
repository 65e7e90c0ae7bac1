"""What an index is in Milvus: one collection for each kind of thing, with its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# Bytes that Milvus takes in a text.
LONGEST = 65_535
# A text of so many bytes is `searched`, or a piece of something longer.
PIECE = 60_000
# A content has fewer vectors than this: a long sentence is seen through windows.
VIEWS = 4096


@dataclass(frozen=True)
class Field:
    """A field of a collection.

    A text that is `searched` is found by its words, and a vector that is `near` by what it is near to; others
    are only kept.
    """

    name: str
    kind: Literal["number", "text", "searched", "vector", "near"]
    dimension: int = 0


def number(name: str) -> Field:
    """Return a field of 64 bits."""
    return Field(name, "number")


def text(name: str) -> Field:
    """Return a field of text."""
    return Field(name, "text")


def collections(dimensions: Mapping[str, int], words: str) -> dict[str, list[Field]]:
    """Return the fields of each collection, its key first.

    `row` is what else is known, packed; `words` are numbers of words, as the tables have them, packed too.

    Parameters
    ----------
    dimensions
        The length of a vector, by encoder.
    words
        The encoder that gives words their vectors.
    """
    views = {
        f"{role}_views": [number("number"), Field("vector", "vector", size)]
        for role, size in dimensions.items()
    }
    return {
        "facts": [text("name"), text("row")],
        "documents": [number("slot"), text("digest"), text("row")],
        "pieces": [text("name"), number("slot"), text("content")],
        "passages": [
            *(number("number"), number("slot"), text("row"), text("words"), Field("searched", "searched")),
            *(Field(role, "near", size) for role, size in dimensions.items()),
        ],
        "sentences": [number("number"), number("slot"), text("row"), text("terms")],
        "words": [number("number"), text("row"), Field("vector", "vector", dimensions[words])],
        "spellings": [text("spelling"), number("chunks")],
        **views,
    }
