"""Read documents from files: plain text, Markdown, and JSON lines of {"id", "title", "text"}."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.language import language_of
from sstc_chat.corpus.layout import blocks_of
from sstc_chat.corpus.markup import without_markup
from sstc_chat.corpus.types import Document, content_id

# A report of a thousand pages has some three million characters.
MOST_BYTES = 64 * 1024 * 1024
LONGEST_TITLE = 200


def read_file(path: Path) -> Iterator[Document]:
    """Yield the documents in the file at `path`, one for each row of a `.jsonl` file.

    Raises
    ------
    DocumentError
        If the file is missing, too large, of an unknown kind, not UTF-8, or without text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise DocumentError(f"{path} is not of a kind that can be read. Give one of: {known}.")
    return reader(path)


def document_from(text: str, *, identity: str = "", title: str = "", name: str) -> Document:
    """Return `text` as a document; `name` says in an error where it came from.

    Without an `identity` the id is a hash of the text; without a `title` it is the first heading or line.
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise DocumentError(f"{name} holds half characters (lone surrogates). Write it as UTF-8 again.")
    if "\0" in text:
        raise DocumentError(f"{name} holds NUL characters, so it is not text. Convert it first.")
    blocks = blocks_of(without_markup(text)[0])
    if not blocks:
        raise DocumentError(f"{name} holds no text. Give a document with text in it.")
    title = title.strip() or blocks[0].text[:LONGEST_TITLE]
    return Document(identity or content_id(text), title, text, language_of(text))


def _read_text(path: Path) -> Iterator[Document]:
    yield document_from(_text(path), name=str(path))


def _read_json_lines(path: Path) -> Iterator[Document]:
    lines = [(number, line) for number, line in enumerate(_text(path).split("\n"), start=1) if line.strip()]
    if not lines:
        raise DocumentError(f"{path} holds no rows. Give one object a line.")
    for number, line in lines:
        yield _row(line, f"{path}, line {number},")


def _row(line: str, name: str) -> Document:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{name} is not JSON ({error}). Give one object a line.") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise DocumentError(f'{name} is not an object with "text". Give {{"id", "title", "text"}}.')
    identity, title = (str(row[key]) if row.get(key) is not None else "" for key in ("id", "title"))
    return document_from(row["text"], identity=identity, title=title, name=name)


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise DocumentError(f"{path} has {size:,} bytes; at most {MOST_BYTES:,} can be read. Split it.")
        # A byte order mark says how a file is encoded; it is no part of its text.
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path} is not UTF-8: byte {error.start} is {error.object[error.start]:#04x}. "
            "Save it as UTF-8 and add it again."
        ) from error
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}. Check the path.") from error


Reader = Callable[[Path], Iterator[Document]]
READERS: dict[str, Reader] = {".txt": _read_text, ".md": _read_text, ".jsonl": _read_json_lines}
