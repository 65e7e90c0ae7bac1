"""Replace a file at once, so that whoever reads it finds the old one or the new one."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`, and have it on the disk when this returns."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
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
