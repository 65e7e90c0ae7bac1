"""Which code it was: one sum for the program files of some rooms."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

WRITTEN = (".json", ".py", ".sql")


def code_sum(*rooms: str) -> str:
    """Return one SHA-256 sum for the code of `rooms` and the data that it brings.

    It is taken over the path and the content of each file, in the order of the paths.
    """
    digest = hashlib.sha256()
    for room in rooms:
        folder = Path(str(files(f"sstc_chat.{room}")))
        for path in sorted(one for one in folder.rglob("*") if one.suffix in WRITTEN):
            digest.update(f"{room}/{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
