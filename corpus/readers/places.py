"""Where quotes stand on the pages of a PDF, and pictures of these pages, for whoever checks a citation."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers.extract import UnreadableError
from sstc_chat.corpus.readers.sandbox import run_apart
from sstc_chat.corpus.types import Document, Span, Spans

Box = tuple[float, float, float, float]
LARGEST_SCALE = 4.0
# A page takes a tenth of a second; whoever reads does not wait for one that takes longer than this.
SECONDS = 20


@dataclass(frozen=True)
class MarkedPage:
    """A page of a PDF, and where words stand on it.

    Attributes
    ----------
    number
        Counted from 1.
    width, height
        In points (1/72 inch), as it is shown.
    boxes
        In reading order: left, top, right, bottom in shares of width and height from the upper left corner.
    is_as_read
        Whether the page still reads as it did when the document was added. Another version of the reader may
        read it otherwise, and then it has no boxes.
    """

    number: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    is_as_read: bool


def marked_pages(
    document: Document, spans: Spans, pages: Sequence[int] = (), most: int | None = None
) -> tuple[MarkedPage, ...]:
    """Return the pages on which characters of `spans` stand, or `pages`, with the boxes of the characters.

    Parameters
    ----------
    document
        A document whose original is a PDF.
    spans
        Characters of its source text.
    pages
        Numbers of pages, counted from 1; none for those on which characters stand.
    most
        How many pages are looked at, of those that there are.

    Raises
    ------
    DocumentError
        If the document has no original in PDF, or its original cannot be read.
    """
    for number in pages:
        _check(document, number)
    wanted = [(number, list(_within(page, spans))) for number, page in enumerate(document.pages)]
    wanted = [(number, found) for number, found in wanted if (number + 1 in pages if pages else found)]
    wanted = wanted[:most]
    answers = _asked(document, "boxes", json.dumps(wanted))
    return tuple(
        _marked(document, number, answer) for (number, _), answer in zip(wanted, answers, strict=True)
    )


def boxes_of(document: Document, spans: Spans) -> dict[int, tuple[Box, ...]]:
    """Return where the characters of `spans` stand: for each page its boxes; see `marked_pages`."""
    return boxes_of_each(document, [spans])[0]


def boxes_of_each(document: Document, quotes: Sequence[Spans]) -> list[dict[int, tuple[Box, ...]]]:
    """Return the boxes of each of several quotes, for which the file is opened once; see `marked_pages`."""
    wanted = [
        (quote, number, found)
        for quote, spans in enumerate(quotes)
        for number, page in enumerate(document.pages)
        if (found := list(_within(page, spans)))
    ]
    answers = _asked(document, "boxes", json.dumps([one[1:] for one in wanted]))
    boxes: list[dict[int, tuple[Box, ...]]] = [{} for _ in quotes]
    for (quote, number, _), answer in zip(wanted, answers, strict=True):
        boxes[quote][number + 1] = _marked(document, number, answer).boxes
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
        Pixels for a point (1/72 inch), at most `LARGEST_SCALE`; a page as large as a wall has fewer.

    Raises
    ------
    DocumentError
        If there is no such page, or no PDF that can be shown.
    """
    _check(document, page)
    answer = _asked(document, "image", str(page - 1), str(min(scale, LARGEST_SCALE)))
    return base64.b64decode(answer["png"])


def _check(document: Document, page: int) -> None:
    if document.pages and not 1 <= page <= len(document.pages):
        raise DocumentError(
            f"There is no page {page} in {document.title!r}. Give one from 1 to {len(document.pages)}."
        )


def _marked(document: Document, number: int, answer: dict[str, Any]) -> MarkedPage:
    as_read = answer["text"] == document.text[slice(*document.pages[number])]
    width, height = map(float, answer["size"])
    found = [tuple(map(float, box)) for box in answer["boxes"]]
    boxes = tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in found)
    return MarkedPage(number + 1, width, height, boxes if as_read else (), as_read)


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
        return json.loads(run_apart(task, document.original, *arguments, seconds=SECONDS))
    except (UnreadableError, ValueError) as error:
        raise DocumentError(f"The original of {document.title!r} {error}") from error
