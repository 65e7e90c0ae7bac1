"""What leads to a place in a document."""

from __future__ import annotations

from sstc_chat.corpus.types import Spans


def spans_value(spans: Spans) -> str:
    """Return `spans` as an attribute: `12-40 57-90`."""
    return " ".join(f"{start}-{end}" for start, end in spans)
