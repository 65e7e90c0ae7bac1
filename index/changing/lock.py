"""One writer at a time: who comes second waits, and learns who holds the lock."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sstc_chat.corpus.errors import HomeError

LOCK = "writer.lock"
HOLDER = "writer.json"
PATIENCE = 5.0


@contextmanager
def only_writer(home: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of `home`; the system lets go of it when the process ends, however that comes.

    Parameters
    ----------
    home
        Its folder is made where it is not there.
    patience
        How many seconds to wait for another writer.

    Raises
    ------
    HomeError
        If another holds it for longer, or the home cannot be written.
    """
    from filelock import FileLock, Timeout

    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / LOCK)
    try:
        lock.acquire(timeout=patience, poll_interval=0.05)
    except Timeout as error:
        raise HomeError(
            f"The library in {home} is being changed by {_holder(home)}. Wait until it is done, or give "
            "more time with --wait SECONDS.",
            reason="busy",
        ) from error
    try:
        (home / HOLDER).write_text(json.dumps(_self()), "utf-8")
        yield
    finally:
        (home / HOLDER).unlink(missing_ok=True)
        lock.release()


def _self() -> dict[str, object]:
    since = datetime.now().astimezone().isoformat(" ", "seconds")
    return {"pid": os.getpid(), "command": " ".join(sys.argv[:6])[:200], "since": since}


def _holder(home: Path) -> str:
    """Return who holds the lock, as far as that can be told: a note is not written in the same moment."""
    try:
        note = json.loads((home / HOLDER).read_text("utf-8"))
        return f"process {note['pid']} ({note['command']!r}, since {note['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
