"""A PDF as pypdfium2 opens it (PDFium; Apache-2.0 and BSD), and what it says of itself."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sstc_chat.corpus.readers.extract import UnreadableError

MOST_PAGES = 5000
DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
# What pypdfium2 and ctypes give: they have no types.
File = Any
Handle = Any


@contextmanager
def opened(content: bytes) -> Iterator[File]:
    """Open a PDF.

    Raises
    ------
    UnreadableError
        If it is protected by a password, broken, or has more pages than a report.
    """
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium().FPDF_ERR_PASSWORD:
            reason = "is protected by a password. Save it without one and add it again."
        else:
            reason = f"is a broken PDF ({error}). Print it to PDF again from a program that opens it."
        raise UnreadableError(reason) from error
    try:
        if len(file) > MOST_PAGES:
            raise UnreadableError(f"has {len(file):,} pages; at most {MOST_PAGES:,} can be read. Split it.")
        yield file
    finally:
        file.close()


@contextmanager
def page_and_text(file: File, number: int) -> Iterator[tuple[Handle, Handle] | None]:
    """Open a page, counted from 0, and its text; None where it cannot be read."""
    import pypdfium2

    try:
        page = file[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        yield None
        return
    try:
        yield page, text
    finally:
        text.close()
        page.close()


def pdfium() -> Any:  # noqa: ANN401
    """Return PDFium's own functions."""
    import pypdfium2.raw

    return pypdfium2.raw


def said(file: File) -> dict[str, str]:
    """Return what the file says of itself."""
    fields = file.get_metadata_dict()
    date = DATE.match(fields.get("CreationDate", "")) or DATE.match(fields.get("ModDate", ""))
    values = {
        "title": fields.get("Title", ""),
        "author": fields.get("Author", ""),
        "date": "-".join(filter(None, date.groups())) if date else "",
        "language": _language(file),
    }
    return {name: value for name, value in values.items() if value.strip()}


def _language(file: File) -> str:
    length = pdfium().FPDFCatalog_GetLanguage(file, None, 0)
    language = ctypes.create_string_buffer(max(2, length))
    pdfium().FPDFCatalog_GetLanguage(file, ctypes.cast(language, ctypes.POINTER(ctypes.c_ushort)), length)
    return language.raw.decode("utf-16-le", "replace").rstrip("\0")


def outline(file: File) -> dict[str, int]:
    """Return the headings of the outline, white space collapsed and case folded, each with its level."""
    import pypdfium2

    found: dict[str, int] = {}
    try:
        for bookmark in file.get_toc(max_depth=6):
            found.setdefault(" ".join(bookmark.get_title().split()).casefold(), bookmark.level + 1)
    except pypdfium2.PdfiumError:
        return {}
    return found
