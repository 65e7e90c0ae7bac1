"""A quote's place as selectors of the W3C's Web Annotation Data Model, over the source text."""

from __future__ import annotations

import base64
from typing import Protocol

from sstc_chat.corpus.errors import RecordError
from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.types import Span, Spans
from sstc_chat.rag.output import Json

# How many characters before and behind a quote are kept, to tell it from others that read the same.
AROUND = 32


class Characters(Protocol):
    """What is needed of an index: its source texts."""

    def characters(self, document_id: str, spans: Spans) -> str:
        """Return what stands at `spans` of a document's source text, joined."""


def source_of(sha256: str) -> str:
    """Return the address of a text by its sum (RFC 6920, section 3)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def targets_of(spans: Spans, sha256: str) -> list[Json]:
    """Return where a quote stands: one target for each of its pieces."""
    return [
        {"type": "SpecificResource", "source": source_of(sha256), "selector": [_position(span)]}
        for span in spans
    ]


def annotated(record: Json, store: Characters) -> Json:
    """Return a fresh `record` with the characters of each quote and those around it.

    They stand beside the position as a TextQuoteSelector: `exact` is what stands there, escapes and links
    as the source has them.

    Raises
    ------
    RecordError
        If a quote is not what the source says at its place: the document has changed since.
    """
    return {
        **record,
        "citations": [_annotated(one, store) for one in record["citations"]],
        "nearest": [_annotated(one, store) for one in record["nearest"]],
    }


def annotated_as(record: Json, earlier: Json) -> Json:
    """Return a fresh `record` whose quotes stand where an earlier record of the same quotes has them.

    So nothing is read again of a library that may have changed since.
    """
    return {**record, "citations": earlier["citations"], "nearest": earlier["nearest"]}


def _position(span: Span) -> Json:
    return {"type": "TextPositionSelector", "start": span[0], "end": span[1]}


def _annotated(cited: Json, store: Characters) -> Json:
    document = cited["document"]["id"]
    targets = [_with_quote(target, document, store) for target in cited["target"]]
    exact = "".join(target["selector"][1]["exact"] for target in targets)
    if plain(exact) != " ".join(cited["quote"].split()):
        raise RecordError(
            f"The quote {cited['quote'][:60]!r} is not what {document} says at its place. "
            "Ask the question again."
        )
    return {**cited, "target": targets}


def _with_quote(target: Json, document: str, store: Characters) -> Json:
    position = target["selector"][0]
    start, end = position["start"], position["end"]
    before, exact, behind = (
        store.characters(document, (span,))
        for span in ((max(0, start - AROUND), start), (start, end), (end, end + AROUND))
    )
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": behind}
    return {**target, "selector": [position, quote]}
