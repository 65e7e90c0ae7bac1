"""Where quotes stand on the pages of a PDF, and pictures of these pages, for whoever checks a citation."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers.extract import UnreadableError
from sstc_chat.corpus.readers.sandbox import run_apart
from sstc_chat.corpus.types import Document, Span, Spans

Box = tuple[float, float, float, float]
LARGEST_SCALE = 4.0


def boxes_of(document: Document, spans: Spans) -> dict[int, tuple[Box, ...]]:
    """Return where the characters of `spans` stand: for each page, counted from 1, boxes in reading order.

    A box is left, top, right, bottom in shares of the page's width and height, from its upper left corner.
    Where a page no longer reads as it did when the document was added, for another version of the reader
    reads it, it has no boxes.

    Raises
    ------
    DocumentError
        If the document has no original in PDF, or its original cannot be read.
    """
    wanted = [(number, list(_within(page, spans))) for number, page in enumerate(document.pages)]
    wanted = [(number, found) for number, found in wanted if found]
    answers = _asked(document, "boxes", json.dumps(wanted))
    boxes: dict[int, tuple[Box, ...]] = {}
    for (number, _), answer in zip(wanted, answers, strict=True):
        same = answer["text"] == document.text[slice(*document.pages[number])]
        found = [tuple(map(float, box)) for box in answer["boxes"]]
        boxes[number + 1] = tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in found) if same else ()
    return boxes


def page_image(document: Document, page: int, scale: float = 2.0) -> bytes:
    """Return a page, counted from 1, as a picture in PNG.

    Parameters
    ----------
    document
        A document whose original is a PDF.
    page
        Its number.
    scale
        Pixels for a point (1/72 inch), at most `LARGEST_SCALE`.

    Raises
    ------
    DocumentError
        If there is no such page, or no PDF that can be shown.
    """
    if not 1 <= page <= len(document.pages):
        raise DocumentError(
            f"There is no page {page} in {document.title!r}. Give one from 1 to {len(document.pages)}."
        )
    answer = _asked(document, "image", str(page - 1), str(min(scale, LARGEST_SCALE)))
    return base64.b64decode(answer["png"])


def _within(page: Span, spans: Spans) -> Iterator[Span]:
    """Yield what of `spans` is on a page, counted from where the page begins."""
    for start, end in spans:
        first, last = max(start, page[0]) - page[0], min(end, page[1]) - page[0]
        if first < last:
            yield first, last


def _asked(document: Document, task: str, *arguments: str) -> Any:  # noqa: ANN401
    if document.media_type != "application/pdf" or not document.original:
        raise DocumentError(f"{document.title!r} has no pages that can be shown. Add it as PDF.")
    try:
        return json.loads(run_apart(task, document.original, *arguments))
    except (UnreadableError, ValueError) as error:
        raise DocumentError(f"The original of {document.title!r} {error}") from error
