"""Records in files: one record, or a list of them, which is a conversation."""

from __future__ import annotations

import json
import os
from pathlib import Path

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.output import Json

# A long conversation has some hundred kilobytes.
MOST_BYTES = 16 * 1024 * 1024
MOST_RECORDS = 1_000


def read_records(path: Path) -> list[Json]:
    """Return the records in a file. That each is one is checked by what uses it.

    Raises
    ------
    RecordError
        If the file cannot be read, is too large, or is not JSON.
    """
    return parse_records(_content(path), str(path))


def parse_records(content: bytes, name: str) -> list[Json]:
    """Return the records in the content of a file; `name` says in an error where it came from.

    Raises
    ------
    RecordError
        If it is not JSON, holds nothing, or too much.
    """
    if len(content) > MOST_BYTES:
        raise RecordError(f"{name} has more than {MOST_BYTES:,} bytes, the most that can be read. Split it.")
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{name} is not JSON ({error}). Give a record that sstc-chat wrote.") from error
    records = value if isinstance(value, list) else [value]
    if not 0 < len(records) <= MOST_RECORDS:
        raise RecordError(f"{name} holds {len(records):,} records. Give a file with 1 to {MOST_RECORDS:,}.")
    return records


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all.

    Raises
    ------
    RecordError
        If it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise RecordError(f"{path} cannot be written: {error.strerror}. Give another file.") from error


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RecordError(f"{path} cannot be read: {error.strerror}. Check the path.") from error
