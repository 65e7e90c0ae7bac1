"""What the page's script tells when it asks for pages. It comes from a browser: it may be anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sstc_chat.corpus.types import Spans

LONGEST_NAME = 100
# A quote around captions has a few; what is selected over a chapter has hundreds.
MOST_SPANS = 1000
SPANS = re.compile(r"\d{1,9}-\d{1,9}(?: \d{1,9}-\d{1,9})*")


@dataclass(frozen=True)
class Wanted:
    """Pages that are asked for: those on which spans of a document stand, or one of them by its number."""

    name: str
    document: str
    spans: Spans
    page: int | None


def wanted(told: Mapping[str, object]) -> Wanted:
    """Return the pages that were told; without spans where these are none."""
    page = told.get("page")
    return Wanted(
        name=_text(told, "name")[:LONGEST_NAME],
        document=_text(told, "document"),
        spans=_spans(_text(told, "spans")),
        page=page if type(page) is int else None,
    )


def _spans(value: str) -> Spans:
    if not SPANS.fullmatch(value):
        return ()
    pairs = (tuple(map(int, span.split("-"))) for span in value.split(" ")[:MOST_SPANS])
    return tuple((start, end) for start, end in pairs if start < end)


def _text(told: Mapping[str, object], key: str) -> str:
    value = told.get(key)
    return value if isinstance(value, str) else ""
