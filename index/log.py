"""The log beside the tables of a library: it begins anew once nobody reads what is in it.

Whoever has a library open reads the tables as they were, and the log up to a certain place. SQLite moves what
is in the log into the tables as far as nobody needs what stands there, and writes from the log's beginning
again when all of it was moved and nobody reads it (https://sqlite.org/wal.html, section 2.2). Where somebody
always does, it would grow without end: so whoever reads opens the library once more when all was moved, and
then needs the tables only.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

# From which size on, in bytes, it is seen to, and how often at most, in seconds. One that begins anew is cut
# to that size.
LONG = 8 << 20
PAUSE = 1.0


class Log:
    """The log of the tables at `path`."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=rw"
        self._path = path.with_name(f"{path.name}-wal")
        self._looked = time.monotonic()

    def waits(self) -> bool:
        """Whether it is long and all of it has been moved, so that it waits for its readers only."""
        moment = time.monotonic()
        if moment - self._looked < PAUSE or self._size() < LONG:
            return False
        self._looked = moment
        try:
            with closing(sqlite3.connect(self._address, uri=True, timeout=0)) as connection:
                _, held, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error:
            return False
        return bool(0 < held == moved)

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError:
            return 0
