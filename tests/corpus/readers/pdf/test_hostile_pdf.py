"""A hostile PDF gives one clear line with the remedy, and takes nothing with it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.readers.extract import UnreadableError
from sstc_chat.corpus.readers.pdf.reader import extract
from sstc_chat.corpus.readers.pdf.tables import rows_of_tables
from sstc_chat.corpus.readers.pdf.words import Line, Word
from sstc_chat.corpus.readers.sandbox import extract_apart

Made = Callable[..., Any]
LOCK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>] /Root" % (
    b"ab" * 32,
    b"cd" * 32,
)


@pytest.fixture
def page(lines: Made) -> list[Any]:
    content: list[Any] = lines(60, 100, "A line of text that is long enough to be read.")
    return content


def refusal(content: bytes, folder: Path) -> str:
    (folder / "a.pdf").write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        list(read_file(folder / "a.pdf"))
    line = str(caught.value)
    assert line.startswith(str(folder / "a.pdf"))
    assert line.isprintable()
    assert re.search(r"\. [A-Z]\w+ .+\.$", line), f"no remedy: {line}"
    return line


def test_one_with_a_password_is_refused(page: list[Any], pdf_of: Made, tmp_path: Path) -> None:
    content = pdf_of(page).replace(b"/Root", LOCK)
    assert "is protected by a password. Save it without one" in refusal(content, tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"not a PDF at all", b"%PDF-1.4\n" + bytes(range(256)) * 40]
)
def test_what_is_no_pdf_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "is a broken PDF" in refusal(content, tmp_path)


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8, 0.95])
def test_one_that_was_cut_off_is_read_whole_or_refused(share: float, page: list[Any], pdf_of: Made) -> None:
    content = pdf_of(page, page)
    try:
        found = extract(content[: int(share * len(content))])
    except UnreadableError:
        return
    assert "long enough to be read." in found.text


def test_pages_without_end_are_refused(page: list[Any], pdf_of: Made, tmp_path: Path) -> None:
    content = pdf_of(page, kids="6 0 R " * 6000).replace(b"/Count 1", b"/Count 6000")
    assert "has 6,000 pages; at most 5,000" in refusal(content, tmp_path)


def test_pages_that_hold_themselves_are_refused(page: list[Any], pdf_of: Made, tmp_path: Path) -> None:
    assert refusal(pdf_of(page, kids="2 0 R"), tmp_path)


def test_a_page_that_unpacks_without_end_is_stopped(pdf_of: Made, lines: Made) -> None:
    marked = pdf_of(lines(60, 100, "MARK"))
    start, end = marked.index(b"<< /Length"), marked.index(b"endstream")
    # Within the limits PDFium takes what stands in one place for one text, and there is hardly any.
    packed = zlib.compress(b"BT /F1 9 Tf 60 60 Td (text) Tj ET\n" * 3_000_000)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\n"
    with pytest.raises(UnreadableError, match=r"takes more than|broke its reader|needs more memory|is empty"):
        extract_apart("pdf", marked[:start] + stream + marked[end:], seconds=5)


@given(st.data())
@settings(max_examples=100)
def test_one_with_other_bytes_is_read_or_refused(files: Path, data: st.DataObject) -> None:
    content = bytearray((files / "report.pdf").read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = extract(bytes(content))
    except UnreadableError:
        return
    assert all(0 <= start <= end <= len(found.text) for part in found.parts for start, end in part.spans)


def test_one_without_text_and_pictures_is_no_scan(pdf_of: Made, tmp_path: Path) -> None:
    assert "is empty" in refusal(pdf_of([]), tmp_path)
    assert "is empty" in refusal(pdf_of([(60.0, 100.0, "Page 1", 11.0, "")]), tmp_path)
    assert "is a scan" in refusal(pdf_of([(60.0, 450.0, 100.0)]), tmp_path)


def test_columns_without_width_break_nothing() -> None:
    """A broken font has letters without width."""
    words = [Word("x", [0], x, y, x, y + 10, 10) for y in range(0, 60, 12) for x in (60, 200, 340)]
    assert len(rows_of_tables([Line([word]) for word in words], [])) == 4
