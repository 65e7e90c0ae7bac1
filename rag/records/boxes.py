"""Where the quotes of a record stand on the pages of a PDF: for whoever has the file, and not the program."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Protocol

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers.places import Box, boxes_of_each
from sstc_chat.corpus.types import Document, Spans
from sstc_chat.rag.output import Json
from sstc_chat.rag.terminal import say

PDF = "application/pdf"
# A page of A4 in these shares is told to a hundredth of a millimetre.
DIGITS = 5
# Where quotes stand in a record.
PARTS = ("citations", "nearest")


class Documents(Protocol):
    """What is needed of an index: its documents."""

    def document(self, document_id: str) -> Document | None:
        """Return a document as it was read, with its file; None where there is none with this id."""


def with_boxes(records: Sequence[Json], store: Documents) -> list[Json]:
    """Return `records` with the boxes of each quote from a PDF, page by page, in shares of the page.

    Each document that is cited is opened once, in a process of its own, which takes some tenths of a second.
    Quotes of a document that has changed since have none.
    """
    placed = iter(_placed([one for record in records for part in PARTS for one in record[part]], store))
    return [
        {**record, **{part: list(islice(placed, len(record[part]))) for part in PARTS}} for record in records
    ]


def _placed(cited: Sequence[Json], store: Documents) -> list[Json]:
    versions: dict[tuple[str, str], list[int]] = {}
    for number, one in enumerate(cited):
        versions.setdefault((one["document"]["id"], one["document"]["sha256"]), []).append(number)
    found: dict[int, list[Json]] = {}
    for (identity, _), numbers in versions.items():
        boxes = _boxes(store.document(identity), [cited[number] for number in numbers])
        found |= dict(zip(numbers, boxes, strict=True))
    return [{**one, "boxes": found[number]} if found[number] else one for number, one in enumerate(cited)]


def _boxes(document: Document | None, cited: Sequence[Json]) -> list[list[Json]]:
    """Return for each citation its pages with boxes; none where there is no such PDF."""
    nothing: list[list[Json]] = [[] for _ in cited]
    if document is None or document.media_type != PDF or cited[0]["document"]["sha256"] != document.sha256:
        return nothing
    try:
        found = boxes_of_each(document, [_spans(one) for one in cited])
    except DocumentError as error:
        say(str(error))
        return nothing
    return [
        [{"page": page, "boxes": [_rounded(box) for box in boxes]} for page, boxes in pages.items() if boxes]
        for pages in found
    ]


def _spans(cited: Json) -> Spans:
    positions = (target["selector"][0] for target in cited["target"])
    return tuple((position["start"], position["end"]) for position in positions)


def _rounded(box: Box) -> list[float]:
    return [round(share, DIGITS) for share in box]
