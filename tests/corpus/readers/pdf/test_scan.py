"""A page that is a picture of text is read by Tesseract, if that is asked for; the boxes hold the words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.readers.extract import UnreadableError
from sstc_chat.corpus.readers.pdf.scan import extract
from sstc_chat.corpus.readers.places import boxes_of
from sstc_chat.corpus.reading import read

TEXT = ("The budget of the programme rose", "to five million dollars in Kenya.")
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Draw text on a page of A4 at 100 dots per inch, and keep the picture as a PDF."""
    picture = Image.new("L", (827, 1169), 255)
    for number, line in enumerate(TEXT):
        ImageDraw.Draw(picture).text((100, 200 + 30 * number), line, 0, ImageFont.load_default(size=22))
    picture.save(tmp_path / "scan.pdf", "PDF", resolution=100)
    return tmp_path / "scan.pdf"


def test_it_is_refused_where_nobody_asked(scan: Path) -> None:
    with pytest.raises(DocumentError, match=r"is a scan: .* Have it read with --ocr"):
        list(read_file(scan))


@needs_tesseract
def test_it_is_read_where_it_is_asked_for(scan: Path) -> None:
    (document,) = read_file(scan, ocr=True)
    (sentence,) = read(document).sentences
    assert sentence.text == " ".join(TEXT)
    assert sentence.page == 1


@needs_tesseract
def test_the_boxes_of_a_quote_lie_on_the_ink(scan: Path) -> None:
    (document,) = read_file(scan, ocr=True)
    (sentence,) = read(document).sentences
    boxes = boxes_of(document, sentence.spans)[1]
    assert len(boxes) == len(TEXT)
    for (x0, y0, x1, y1), top in zip(boxes, (200, 230), strict=True):
        assert abs(x0 * 827 - 100) < 6
        assert top - 6 < y0 * 1169 < y1 * 1169 < top + 34
        assert 300 < (x1 - x0) * 827 < 420


def test_without_tesseract_the_remedy_is_named(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(UnreadableError, match=r"Tesseract is not installed\. Install it"):
        extract(scan.read_bytes())


def test_a_pdf_with_text_needs_no_tesseract(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert extract((files / "report.pdf").read_bytes()).text.startswith("South-South Cooperation")
