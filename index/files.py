"""Replace a file at once, so that whoever reads it finds the old one or the new one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def replace_file(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write `content` to `path`, with permissions `mode` less the umask; have it on the disk on return."""
    with draft_of(path) as draft:
        draft.touch(mode=mode)
        draft.write_bytes(content)


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Yield where to write what takes the place of `path`, and have it on the disk when this is over."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    keep_folder(path.parent)


def keep_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk; Windows does so by itself."""
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
