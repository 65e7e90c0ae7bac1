"""The library of a home: its documents and all that is known of them, changed in transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sstc_chat.corpus.errors import HomeError, IndexDamagedError, SSTCChatError, reason_of
from sstc_chat.corpus.temporary import temporary_folder
from sstc_chat.corpus.types import Document
from sstc_chat.index.changing import documents
from sstc_chat.index.changing.before import documents_of_before, is_of_before
from sstc_chat.index.changing.documents import Change
from sstc_chat.index.changing.generations import fresh, generation_in_use, sweep
from sstc_chat.index.changing.lock import PATIENCE, only_writer
from sstc_chat.index.database import NAME, connect_to_write, state_of
from sstc_chat.index.dense.refreshing import kind_for
from sstc_chat.index.keeping.restore import finish
from sstc_chat.index.manifest import Manifest, read_manifest


class Library:
    """The documents of a home, open to be changed; what was done holds from `keep` on.

    Parameters
    ----------
    home
        Where it is.
    manifest
        Of the generation that is open.
    dense
        Which kind of dense index its passages should have; see `design_for`.
    """

    def __init__(self, home: Path, manifest: Manifest, dense: str = "auto") -> None:
        self.home = home
        self.manifest = manifest
        self.dense = dense
        self.folder.mkdir(exist_ok=True)
        self.connection = connect_to_write(self.folder / NAME)
        self._since = state_of(self.connection) + 1
        self._begin()

    @property
    def folder(self) -> Path:
        """The folder of the generation."""
        return self.home / self.manifest.folder

    def __len__(self) -> int:
        return int(self._one("SELECT count(*) FROM documents")[0])

    def __iter__(self) -> Iterator[Document]:
        return documents.documents_in(self.connection)

    def add(self, added: Iterable[Document]) -> dict[str, Change]:
        """Add documents, each in place of one with the same id; return what became of each id."""
        return {one.id: documents.put(self.connection, one, self._since) for one in added}

    def remove(self, identity: str) -> bool:
        """Take out the document with this id; return whether there was one."""
        return documents.take_out(self.connection, identity, self._since)

    def bring_back(self) -> list[str]:
        """Bring back what the last change that took something out took out or replaced; return the ids."""
        return documents.bring_back(self.connection, self._since)

    def last_taken_out(self) -> list[str]:
        """Return the ids of the documents that the last change of this kind took out or replaced."""
        query = "SELECT id FROM taken_out WHERE state = (SELECT max(state) FROM taken_out) ORDER BY position"
        return [row[0] for row in self.connection.execute(query)]

    def has_pending(self) -> bool:
        """Whether documents were put in that the index does not have yet."""
        return bool(self._one("SELECT 1 FROM pending LIMIT 1"))

    def has_file(self, sha256: str) -> bool:
        """Whether a document was read from a file with this sum."""
        return bool(
            self._one("SELECT 1 FROM documents WHERE json_extract(metadata, '$.origin_sha256') = ?", sha256)
        )

    def ids_from(self, origin: str) -> list[str]:
        """Return the ids of the documents that came from `origin`."""
        query = "SELECT id FROM documents WHERE json_extract(metadata, '$.origin') = ? ORDER BY position"
        return [row[0] for row in self.connection.execute(query, (origin,))]

    def sum_of(self, identity: str) -> str:
        """Return the sum of the text of a document; empty where there is none with this id."""
        found = self._one("SELECT sha256 FROM documents WHERE id = ?", identity)
        return str(found[0]) if found else ""

    def design(self) -> None:
        """Note which kind of dense index its passages have from now on."""
        kind = kind_for(self.connection, self.folder, self.dense, self.manifest.dense)
        self.manifest = replace(self.manifest, dense=kind)

    def keep(self) -> None:
        """Make all that was done so far hold, whatever comes."""
        if self.connection.total_changes > self._changes:
            self.connection.execute("INSERT OR REPLACE INTO facts VALUES ('state', ?)", (self.state,))
        said = ("manifest", self.manifest.as_json())
        if said[1:] != self.connection.execute("SELECT value FROM facts WHERE name = ?", said[:1]).fetchone():
            self.connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", said)
        self.connection.execute("COMMIT")
        if self.manifest != self._written():
            self.manifest.write(self.home)
        self._begin()

    def adopt(self, connection: sqlite3.Connection, manifest: Manifest) -> None:
        """Go on with another generation, in which everything is; what was not kept in this one is undone."""
        self.connection.close()
        self.connection, self.manifest = connection, manifest
        self._begin()
        self._changes = -1  # all of it is new
        self.keep()

    def close(self) -> None:
        """Undo what was not kept, and let go of the files."""
        self.connection.close()

    def _one(self, query: str, *values: str) -> Any:  # noqa: ANN401 - as SQLite gives it
        return self.connection.execute(query, values).fetchone()

    def _written(self) -> Manifest | None:
        try:
            return read_manifest(self.home)
        except SSTCChatError:
            return None

    def _begin(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self._changes = self.connection.total_changes
        self.state = state_of(self.connection) + 1


@contextmanager
def open_library(home: Path, patience: float = PATIENCE, dense: str = "auto") -> Iterator[Library]:
    """Open the library of `home` for a change: all that is done with it happens, or none of it.

    One process may hold it at a time; another waits up to `patience` seconds for its turn.

    Raises
    ------
    HomeError
        If the home cannot be written, or no temporary file, or another process is writing there.
    IndexDamagedError
        If its tables are damaged.
    """
    temporary_folder()
    try:
        with only_writer(home, patience), _opened(home, dense) as library:
            yield library
            library.keep()
    except (OSError, sqlite3.Error) as error:
        raise _named(home, error) from error


@contextmanager
def _opened(home: Path, dense: str) -> Iterator[Library]:
    """Open the generation in use, or begin one, with what a library of an earlier schema holds."""
    finish(home)
    manifest = generation_in_use(home)
    sweep(home)  # what a process that was killed left behind
    library = Library(home, manifest or fresh(home), dense)
    try:
        if manifest is None and is_of_before(home):
            library.add(documents_of_before(home))
        yield library
    finally:
        library.close()
        sweep(home)


def _named(home: Path, error: Exception) -> Exception:
    """Return `error` as one that names what is wrong and the remedy."""
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        return IndexDamagedError(
            f"The library in {home} is damaged ({error}). Bring back a backup: sstc-chat restore FILE"
        )
    return HomeError(
        f"The home {home} cannot be written ({error}). Give another one with --home or SSTC_CHAT_HOME, "
        "make room, or wait until the other sstc-chat that writes there is done.",
        reason=reason_of(error),
    )
