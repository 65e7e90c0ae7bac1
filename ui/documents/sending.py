"""Files that are sent: which names will do, how much is taken, and where it lies while it is read."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from fastapi import HTTPException, Request

from sstc_chat.corpus.errors import HomeError, reason_of
from sstc_chat.corpus.readers import MOST_BYTES, READERS

# Longer names are none that a file system knows.
LONGEST_NAME = 200


@asynccontextmanager
async def sent_file(name: str, request: Request) -> AsyncIterator[Path]:
    """Write the file that is sent as `name` where it can be read; it is gone afterwards.

    Raises
    ------
    HTTPException
        If that is no name of a file, the file is of no known kind, or too large.
    HomeError
        If there is no room where it should lie.
    """
    _check_name(name)
    with TemporaryDirectory(prefix="sstc-chat-") as folder:
        path = Path(folder) / f"sent{PurePath(name).suffix.lower()}"
        await _receive(request, path)
        yield path


def _check_name(name: str) -> None:
    strange = any(unicodedata.category(character)[0] == "C" for character in name)
    if strange or PurePath(name).name != name or "\\" in name or len(name) > LONGEST_NAME:
        raise HTTPException(400, "That is no name of a file.")
    if PurePath(name).suffix.lower() not in READERS:
        raise HTTPException(415, f"Give one of: {', '.join(sorted(READERS))}.")


async def _receive(request: Request, path: Path) -> None:
    """Write what is sent to `path`, as far as it may be read at all."""
    size = 0
    try:
        with path.open("wb") as file:
            async for block in request.stream():
                size += len(block)
                if size > MOST_BYTES:
                    raise HTTPException(413, f"At most {MOST_BYTES:,} bytes can be read.")
                file.write(block)
    except OSError as error:
        raise HomeError(
            f"What was sent cannot be kept while it is read: {error.strerror}. "
            "Make room for temporary files, or name another folder for them in TMPDIR.",
            reason=reason_of(error),
        ) from error
