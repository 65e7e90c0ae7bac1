"""The files that FAISS writes, each with a last line that says what it is.

The line stands last, so that FAISS can map the file from its first byte. A flat index is read whole and its
sum checked. Of an inverted file only what FAISS parses is checked when it is opened; `index verify` checks
its lists. One that is damaged costs candidates and no more, for what is found is scored from the tables.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.inverted_file import InvertedFile
from sstc_chat.index.files import draft_of

# The line is shorter than this.
LONGEST = 400
BLOCK = 1 << 22
# Windows replaces no file that somebody has mapped.
MAPPED = sys.platform != "win32"


@dataclass(frozen=True)
class Said:
    """What a file says of itself.

    Attributes
    ----------
    kind
        In the words of FAISS's index factory, such as `IVF2048,SQfp16`.
    state
        Of the tables that it is of.
    count
        How many vectors it holds.
    parsed, parsed_sum
        How many bytes at its beginning FAISS parses when it opens it, and their sum.
    size, sum
        Of all that FAISS wrote.
    """

    kind: str
    state: int
    count: int
    parsed: int
    parsed_sum: int
    size: int
    sum: int


def said_of(path: Path) -> Said:
    """Return what the file at `path` says of itself.

    Raises
    ------
    IndexDamagedError
        If it says nothing, or is not as long as it says.
    """
    with _named(path), path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - LONGEST))
        line = file.read().rpartition(b"\n")[2]
        said = Said(**json.loads(line))
        if size != said.size + 1 + len(line) or not 0 <= said.parsed <= said.size:
            raise ValueError("it is not as long as it says")
        return said


def save(index: FlatIndex | InvertedFile, path: Path, state: int) -> None:
    """Write an index to `path`, with the state that it is of, in place of what is there."""
    with draft_of(path) as draft:
        try:
            index.write(draft)
        except RuntimeError as error:  # FAISS says so when a disk is full
            raise OSError(str(error)) from error
        size = draft.stat().st_size
        parsed = size if isinstance(index, FlatIndex) else size - index.held
        sums = {"parsed": parsed, "parsed_sum": _sum(draft, parsed), "size": size, "sum": _sum(draft, size)}
        said = Said(index.kind, state, len(index), **sums)
        with draft.open("ab") as file:
            file.write(b"\n" + json.dumps(asdict(said)).encode())


def load_flat(path: Path, said: Said) -> FlatIndex:
    """Read what `save` wrote.

    Raises
    ------
    IndexDamagedError
        If it is not what was written.
    """
    with _named(path):
        with path.open("rb") as file:
            content = file.read(said.size)
        if zlib.crc32(content) != said.sum:
            raise ValueError("its sum is not the one that was written")
        return FlatIndex.read(content)


def load_inverted(path: Path, said: Said, *, mapped: bool = MAPPED) -> InvertedFile:
    """Open what `save` wrote; its lists are read from the disk where they are searched.

    Raises
    ------
    IndexDamagedError
        If what FAISS parses is not what was written.
    """
    with _named(path):
        if _sum(path, said.parsed) != said.parsed_sum:
            raise ValueError("its sum is not the one that was written")
        return InvertedFile.read(path, mapped=mapped)


def check_sum(path: Path, said: Said) -> None:
    """Raise `IndexDamagedError` if anything in the file is not what was written."""
    with _named(path):
        if _sum(path, said.size) != said.sum:
            raise ValueError("its sum is not the one that was written")


def _sum(path: Path, size: int) -> int:
    total, left = 0, size
    with path.open("rb") as file:
        while block := file.read(min(BLOCK, left)):
            total = zlib.crc32(block, total)
            left -= len(block)
    return total


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise IndexDamagedError(f"The index file {path} is damaged ({error}).") from error
