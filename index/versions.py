"""Which version of a library there is now, told so quickly that it can be asked before every answer."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.index.database import NAME, connect_to_follow, connect_to_read, state_of
from sstc_chat.index.manifest import NAME as MANIFEST
from sstc_chat.index.manifest import read_manifest

Version = tuple[int, int]
Mark = tuple[int, int]


def local_version(home: Path) -> Version | None:
    """Return the generation and the state of the library in `home`; None where it cannot be read now."""
    try:
        manifest = read_manifest(home)
        with closing(connect_to_read(home / manifest.folder / NAME)) as connection:
            return manifest.generation, state_of(connection)
    except (SSTCChatError, sqlite3.Error):
        return None


class Versions:
    """Tells what `local_version` tells; the manifest is read, and the tables opened, once they are others.

    Parameters
    ----------
    home
        Where the library is.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._seen: tuple[Mark, Mark] | None = None
        self._generation, self._tables = 0, home
        self._connection: sqlite3.Connection | None = None

    def now(self) -> Version | None:
        """Return the generation and the state of the library; None where it cannot be read now."""
        with self._lock:
            try:
                state = state_of(self._followed())
                return self._generation, state
            except (OSError, SSTCChatError, sqlite3.Error):
                self._let_go()
                return local_version(self._home)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._let_go()

    def _followed(self) -> sqlite3.Connection:
        """Return a connection to the tables of the generation in use."""
        if self._connection is None or self._seen != (_mark(self._home / MANIFEST), _mark(self._tables)):
            self._let_go()
            # What is replaced from here on is another one the next time.
            seen = _mark(self._home / MANIFEST)
            manifest = read_manifest(self._home)
            self._generation, self._tables = manifest.generation, self._home / manifest.folder / NAME
            self._seen = seen, _mark(self._tables)
            self._connection = connect_to_follow(self._tables)
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _mark(path: Path) -> Mark:
    """Return what changes when another file is put in the place of one; tables are also written in place."""
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns if path.name == MANIFEST else 0
