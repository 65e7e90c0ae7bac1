"""Where characters of the source text stand on their pages, and pictures of pages."""

from __future__ import annotations

import base64
import io
import json
import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from sstc_chat.corpus.readers.pdf.file import opened
from sstc_chat.corpus.readers.pdf.lines import lines_of
from sstc_chat.corpus.readers.pdf.page import boxes_on, page_of, picture_of
from sstc_chat.corpus.readers.pdf.reader import text_of
from sstc_chat.corpus.readers.pdf.scan import boxes_in, is_installed, page_or_scan
from sstc_chat.corpus.readers.pdf.words import Box, Page

SAME_LINE = 0.5
# A page of A4 at four pixels for a point has eight million.
MOST_PIXELS = 10_000_000


def boxes(content: bytes, wanted: str) -> str:
    """Return, as JSON, the text of pages and the boxes of characters in it.

    `wanted` is JSON: pairs of a page, counted from 0, and spans in its text. What comes back has for each the
    text of the page, its size in points, and boxes in shares of width and height from its upper left corner.
    """
    found = []
    with opened(content) as file:
        for number, spans in json.loads(wanted):
            page = page_of(file, number)
            recognized = not page.words and is_installed()
            page = page_or_scan(file, number) if recognized else page
            text, indices = text_of(lines_of(page))
            asked = [index for start, end in spans for index in indices[start:end] if index >= 0]
            places = boxes_in(page, asked) if recognized else boxes_on(file, number, asked)
            shares = [_shares(box, page) for box in _joined(places)]
            found.append({"text": text, "size": [page.width, page.height], "boxes": shares})
    return json.dumps(found)


def image(content: bytes, page: str, scale: str) -> str:
    """Return, as JSON, a page as a picture in PNG, base64; `scale` is pixels for a point."""
    with opened(content) as file:
        width, height = file.get_page_size(int(page))
        most = math.sqrt(MOST_PIXELS / (width * height))
        picture_of(file, int(page), min(float(scale), most)).save(picture := io.BytesIO(), "PNG")
    return json.dumps({"png": base64.b64encode(picture.getvalue()).decode()})


def _shares(box: Box, page: Page) -> Box:
    return box[0] / page.width, box[1] / page.height, box[2] / page.width, box[3] / page.height


def _joined(found: Sequence[Box]) -> Iterator[Box]:
    """Join the boxes of characters that follow one on another in a line."""
    line = 0
    keys = []
    for number, box in enumerate(found):
        before = found[number - 1] if number else box
        overlap = min(before[3], box[3]) - max(before[1], box[1])
        near = max(box[0] - before[2], before[0] - box[2]) < 2 * (box[3] - box[1])
        line += not (near and overlap > SAME_LINE * min(before[3] - before[1], box[3] - box[1]))
        keys.append(line)
    for _, group in groupby(zip(keys, found, strict=True), key=lambda pair: pair[0]):
        members = [box for _, box in group]
        yield (
            min(box[0] for box in members),
            min(box[1] for box in members),
            max(box[2] for box in members),
            max(box[3] for box in members),
        )
