"""The boxes of a quote hold its words: checked against what the page itself says is in them."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.readers.places import boxes_of, page_image
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document

Made = Callable[..., Any]


@pytest.fixture(scope="module")
def printed(files: Path) -> Document:
    (document,) = read_file(files / "report.pdf")
    return document


def inside(document: Document, page: int, box: tuple[float, float, float, float]) -> str:
    """Return what PDFium finds in a box: by its own search, not by our numbers of characters."""
    opened = pypdfium2.PdfDocument(document.original)[page - 1]
    width, height = opened.get_size()
    x0, y0, x1, y1 = box
    text = opened.get_textpage().get_text_bounded(
        x0 * width, (1 - y1) * height, x1 * width, (1 - y0) * height
    )
    return " ".join(text.replace("\x02", "-").replace("\ufffe", "-").split())


def test_the_boxes_of_every_quote_hold_its_words(printed: Document) -> None:
    """Of each sentence all words, and little else: a box may touch its neighbours."""
    for sentence in read(printed).sentences:
        boxes = boxes_of(printed, sentence.spans)
        assert sentence.page == min(boxes)
        held = " ".join(inside(printed, page, box) for page, found in boxes.items() for box in found)
        words = "".join(sentence.text.split()).replace("-", "")
        assert words in "".join(held.split()).replace("-", "")
        assert len(held) <= len(sentence.text) * 1.1 + 4


def test_a_row_of_a_table_has_boxes_over_head_and_cell(tmp_path: Path, pdf_of: Made, lines: Made) -> None:
    rows = [("Country", "Budget"), ("Kenya", "$5 m"), ("Fiji", "$6 m")]
    page: list[Any] = [(60.0, 450.0, 86.0 + 20 * number) for number in range(4)]
    for number, row in enumerate(rows):
        page += [*lines(60, 100 + 20 * number, row[0]), *lines(200, 100 + 20 * number, row[1])]
    (tmp_path / "a.pdf").write_bytes(pdf_of(page))
    (document,) = read_file(tmp_path / "a.pdf")
    last = read(document).sentences[-1]
    assert last.text == "Country: Fiji; Budget: $6 m"
    assert [inside(document, 1, box) for box in boxes_of(document, last.spans)[1]] == [
        "Country",
        "Fiji",
        "Budget",
        "$6 m",
    ]


def test_a_page_is_shown_as_a_picture(printed: Document) -> None:
    picture = Image.open(io.BytesIO(page_image(printed, 2, scale=1.0)))
    assert picture.format == "PNG"
    assert picture.size == tuple(map(math.ceil, pypdfium2.PdfDocument(printed.original)[1].get_size()))
    assert len(picture.convert("L").getcolors() or []) > 10


def test_where_the_text_was_read_otherwise_there_are_no_boxes(printed: Document) -> None:
    changed = replace(printed, text=printed.text.replace("Overview", "Overhead", 1))
    assert boxes_of(changed, ((0, 5),)) == {1: ()}
    assert boxes_of(printed, ((0, 5),))[1]


@pytest.mark.parametrize("page", [0, 8, -1])
def test_a_page_that_is_not_there_is_named(page: int, printed: Document) -> None:
    with pytest.raises(DocumentError, match=rf"no page {page} in .* from 1 to 7"):
        page_image(printed, page)


def test_a_document_without_an_original_has_no_pages_to_show(printed: Document) -> None:
    with pytest.raises(DocumentError, match="Add it as PDF"):
        boxes_of(replace(printed, original=b""), ((0, 5),))
