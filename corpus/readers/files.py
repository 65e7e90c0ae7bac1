"""Read documents from files: which reader reads which kind, and what all of them are held to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers.documents import NOTHING, Given, document_of
from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.sandbox import SECONDS, SECONDS_OF_SCAN, extract_apart, run_apart
from sstc_chat.corpus.types import Document

# A report of a thousand pages has some three million characters; an original has its pictures as well.
MOST_BYTES = 64 * 1024 * 1024
MOST_BYTES_OF_ORIGINAL = 256 * 1024 * 1024
# JSON unpacks into many times its size.
MOST_BYTES_OF_ROW = 16 * 1024 * 1024
# The layout of so many characters takes seconds at worst; whether more can be read is tried apart first.
LONG_TEXT = 256 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_file(path: Path, given: Given = NOTHING, *, ocr: bool = False) -> Iterator[Document]:
    """Yield the documents in the file at `path`, one for each row of a `.jsonl` file.

    Parameters
    ----------
    path
        A file of one of the kinds in `READERS`.
    given
        Title, language, date and publisher, where the file does not say them or says them wrong.
    ocr
        Have Tesseract read the pages of a PDF that holds pictures of text and no text.

    Raises
    ------
    DocumentError
        If the file is missing, too large, of an unknown kind, broken, hostile, or without text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise DocumentError(f"{shown(path)} is not of a kind that can be read. Give one of: {known}.")
    return reader(path, given, ocr)


def shown(path: Path) -> str:
    """Return a path as it can be shown: nothing in it moves a cursor or turns the text around."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape", "replace").decode() for one in str(path)
    )


def _read_text(path: Path, given: Given, _ocr: bool) -> Iterator[Document]:
    text = _decoded(_content(path, MOST_BYTES), shown(path))
    _try_apart(text, shown(path))
    yield document_of(Extract(text), shown(path), given)


def _read_markdown(path: Path, given: Given, _ocr: bool) -> Iterator[Document]:
    text = _decoded(_content(path, MOST_BYTES), shown(path))
    extract = _extracted("markdown", text.encode(), shown(path))
    document = document_of(replace(extract, text=text), shown(path), given)
    yield replace(document, media_type="text/markdown")


def _read_original(
    path: Path, given: Given, ocr: bool, *, reader: str, media_type: str
) -> Iterator[Document]:
    content = _content(path, MOST_BYTES_OF_ORIGINAL)
    extract = _extracted("scan" if ocr and reader == "pdf" else reader, content, shown(path))
    document = document_of(extract, shown(path), given)
    yield replace(document, original=content, media_type=media_type)


def _read_json_lines(path: Path, given: Given, _ocr: bool) -> Iterator[Document]:
    empty = True
    with _opened(path) as file:
        for number, line in enumerate(iter(lambda: file.readline(MOST_BYTES_OF_ROW + 1), b""), start=1):
            name = f"{shown(path)}, line {number},"
            if len(line) > MOST_BYTES_OF_ROW:
                raise DocumentError(f"{name} has more than {MOST_BYTES_OF_ROW:,} bytes. Split it.")
            if row := _decoded(line, name).strip():
                empty = False
                yield _row(row, name, given)
    if empty:
        raise DocumentError(f"{shown(path)} holds no rows. Give one object a line.")


def _row(line: str, name: str, given: Given) -> Document:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{name} is not JSON ({error}). Give one object a line.") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise DocumentError(f'{name} is not an object with "text". Give {{"id", "title", "text"}}.')
    identity, title = (str(row[key]) if row.get(key) is not None else "" for key in ("id", "title"))
    _try_apart(row["text"], name)
    # One title cannot be that of every row.
    return document_of(Extract(row["text"]), name, replace(given, title=title), identity=identity)


def _try_apart(text: str, name: str) -> None:
    """Have a long text read by a process with limits before it is read by this one, which has none."""
    if len(text) <= LONG_TEXT:
        return
    try:
        run_apart("text", text.encode("utf-8", "replace"))
    except UnreadableError as error:
        raise DocumentError(f"{name} {error}") from error


def _extracted(reader: str, content: bytes, name: str) -> Extract:
    try:
        return extract_apart(reader, content, SECONDS_OF_SCAN if reader == "scan" else SECONDS)
    except UnreadableError as error:
        raise DocumentError(f"{name} {error}") from error


def _content(path: Path, most: int) -> bytes:
    """Return what a file holds, if it is no larger than `most` bytes; what is larger is not read."""
    with _opened(path) as file:
        size = path.stat().st_size
        if size <= most:
            content = file.read(most + 1)
            size = max(size, len(content))
    if size > most:
        raise DocumentError(f"{shown(path)} has {size:,} bytes; at most {most:,} can be read. Split it.")
    return content


def _opened(path: Path) -> IO[bytes]:
    try:
        if path.exists() and not path.is_file():
            raise DocumentError(f"{shown(path)} cannot be read: it is not a file. Check the path.")
        return path.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(f"{shown(path)} cannot be read: {reason}. Check the path.") from error


def _decoded(content: bytes, name: str) -> str:
    try:
        # A byte order mark says how a file is encoded; it is no part of its text.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name} is not UTF-8: byte {error.start} is {error.object[error.start]:#04x}. "
            "Save it as UTF-8 and add it again."
        ) from error


Reader = Callable[[Path, Given, bool], Iterator[Document]]
_html = partial(_read_original, reader="html", media_type="text/html")
READERS: dict[str, Reader] = {
    ".docx": partial(_read_original, reader="word", media_type=WORD),
    ".htm": _html,
    ".html": _html,
    ".jsonl": _read_json_lines,
    ".md": _read_markdown,
    ".pdf": partial(_read_original, reader="pdf", media_type="application/pdf"),
    ".txt": _read_text,
}
