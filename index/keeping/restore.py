"""Bring a backup back: first all of it is laid out and checked, then it takes the place of what is there.

From the moment that it is laid out, whoever changes the library next finishes what was broken off.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sstc_chat.corpus.errors import HomeError, SSTCChatError
from sstc_chat.index.changing.generations import next_generation
from sstc_chat.index.database import NAME
from sstc_chat.index.files import keep_folder, replace_file
from sstc_chat.index.keeping.backup import CONTENTS, FORMAT, SETTINGS
from sstc_chat.index.manifest import NAME as MANIFEST
from sstc_chat.index.manifest import PREFIX, parsed

STAGE = "restoring"
# In the stage once it is whole.
READY = "ready"
# What a damaged database is called from then on.
ASIDE = "damaged"
# Accounts lie in the stage, and keys, in the settings. On Windows what is moved out of it would keep this.
OWNER_ONLY = 0o700 if os.name == "posix" else 0o777
BLOCK = 1 << 20


def lay_out(home: Path, path: Path) -> list[str]:
    """Lay the backup at `path` out in `home`, checked; return the names of its parts.

    The caller holds the lock of the home, and goes on with `finish`.

    Raises
    ------
    HomeError
        If it is no backup, or damaged, or there is no room. Nothing is changed.
    """
    stage = home / STAGE
    _discard(stage)
    try:
        stage.mkdir(OWNER_ONLY, parents=True)
        names = _unpack(path, stage)
        _settle(home, stage)
        keep_folder(stage)
        replace_file(stage / READY, b"")
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        sqlite3.Error,
        zipfile.BadZipFile,
        SSTCChatError,
    ) as error:
        _discard(stage)
        raise HomeError(
            f"{path} cannot be restored to {home} ({error}). Nothing was changed. Give another backup, "
            "or make room."
        ) from error
    return names


def finish(home: Path) -> None:
    """Put what is laid out in its place; what was not laid out to the end is deleted.

    Raises
    ------
    HomeError
        If there is no room. Whoever changes the library next finishes it.
    """
    try:
        if (home / STAGE / READY).exists():
            _put_in_place(home, home / STAGE)
        _discard(home / STAGE)
    except (OSError, sqlite3.Error) as error:
        raise HomeError(
            f"The home {home} cannot be written ({error}), so what was restored is not in its place yet. "
            "Make room there; the next change of the library finishes it."
        ) from error


def _put_in_place(home: Path, stage: Path) -> None:
    for database in sorted(stage.glob("*.sqlite")):
        _replace_content(database, home / database.name)
    if (stage / SETTINGS).exists():
        # Keys may stand in it.
        replace_file(home / SETTINGS, (stage / SETTINGS).read_bytes(), mode=0o600)
    manifest = parsed((stage / MANIFEST).read_text("utf-8"), str(stage / MANIFEST))
    if (stage / manifest.folder).exists():
        (stage / manifest.folder).replace(home / manifest.folder)
        keep_folder(home)
    manifest.write(home)


def _discard(stage: Path) -> None:
    """Delete what is laid out; first it is no longer whole, or what is left would be taken for that."""
    if (stage / READY).exists():
        (stage / READY).unlink()
        keep_folder(stage)
    shutil.rmtree(stage, ignore_errors=True)


def _unpack(path: Path, stage: Path) -> list[str]:
    """Unpack the parts, each checked by its sum."""
    with zipfile.ZipFile(path) as packed:
        contents: dict[str, Any] = json.loads(packed.read(CONTENTS))
        if contents["format"] != FORMAT:
            raise ValueError(f"it has the format {contents['format']}; this version reads {FORMAT}")
        for name, expected in contents["sums"].items():
            if PurePosixPath(name).name != name or name in {READY, ".", ".."} or "\\" in name:
                raise ValueError(f"it has a part called {name!r}")
            with packed.open(name) as part:
                if _write(part, stage / name) != expected:
                    raise ValueError(f"its part {name} is damaged")
    return sorted(contents["sums"])


def _write(part: IO[bytes], path: Path) -> str:
    """Write a part to `path`, and have it on the disk when this returns; return its sum."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        while block := part.read(BLOCK):
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _settle(home: Path, stage: Path) -> None:
    """Make the library that was unpacked a generation with a number that is free."""
    manifest = parsed((stage / MANIFEST).read_text("utf-8"), MANIFEST)
    (library,) = stage.glob(f"{PREFIX}*.sqlite")
    settled = replace(manifest, generation=next_generation(home))
    (stage / settled.folder).mkdir()
    place = library.replace(stage / settled.folder / NAME)
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        _check(connection, library.name)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("UPDATE facts SET value = ? WHERE name = 'manifest'", (settled.as_json(),))
    for database in stage.glob("*.sqlite"):
        with closing(sqlite3.connect(database)) as connection:
            _check(connection, database.name)
    replace_file(stage / MANIFEST, settled.as_json().encode())
    keep_folder(stage / settled.folder)


def _check(connection: sqlite3.Connection, name: str) -> None:
    said = connection.execute("PRAGMA quick_check").fetchone()[0]
    if said != "ok":
        raise ValueError(f"its part {name} is damaged: {said}")


def _replace_content(source: Path, target: Path) -> None:
    """Replace all that a database holds in one transaction, whoever has it open.

    One that is damaged, and so open to nobody, is laid aside.
    """
    target.touch(mode=0o600)  # what people wrote is nobody else's on this machine
    try:
        _copy_content(source, target)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        for suffix in ("-wal", "-shm"):
            target.with_name(f"{target.name}{suffix}").unlink(missing_ok=True)
        target.replace(target.with_name(f"{target.name}.{ASIDE}"))
        _replace_content(source, target)


def _copy_content(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target, timeout=60)) as other:
        one.backup(other)
