"""Open the index of a home as it is now."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.database import NAME, Tables, connect_to_read
from sstc_chat.index.dense.opening import open_dense
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.local import LocalStore
from sstc_chat.index.manifest import Manifest, read_manifest


def open_local(home: Path, encoders: Mapping[str, Encoder], settings: Mapping[str, int]) -> LocalStore:
    """Open the index in `home` as it is now; it stays so until it is opened again.

    Raises
    ------
    IndexMissingError, IndexDamagedError, IndexStaleError
        If it is not there, not as it was written, or not made by `encoders` and `settings`.
    """
    manifest = read_manifest(home)
    manifest.check_made_by(encoders, settings)
    path = home / manifest.folder / NAME
    try:
        return _opened(manifest, path)
    except sqlite3.Error as error:
        if read_manifest(home) != manifest:  # it was replaced just now
            return open_local(home, encoders, settings)
        raise IndexDamagedError(
            f"The library {path} cannot be read ({error}). Check it with: sstc-chat index verify"
        ) from error


def _opened(manifest: Manifest, path: Path) -> LocalStore:
    tables = Tables(connect_to_read(path))
    try:
        documents = dict(tables.rows("SELECT id, sha256 FROM documents"))
        dense = {
            role: open_dense(tables, path.parent, role, int(model["dimension"]), manifest.dense)
            for role, model in manifest.models.items()
        }
        return LocalStore(replace(manifest, documents=documents), tables, dense, path.parents[1])
    except BaseException:
        tables.close()
        raise
