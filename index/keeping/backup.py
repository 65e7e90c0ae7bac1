"""Back a home up into one file, while it is used: the library, what people made, and the settings."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sstc_chat.corpus.errors import HomeError
from sstc_chat.index.database import NAME, connect_to_read
from sstc_chat.index.encoders import file_sum
from sstc_chat.index.files import keep_folder
from sstc_chat.index.manifest import NAME as MANIFEST
from sstc_chat.index.manifest import Manifest, read_manifest
from sstc_chat.index.types import Progress

FORMAT = 1
CONTENTS = "backup.json"
SETTINGS = "settings.toml"


def back_up(home: Path, path: Path, progress: Progress) -> list[str]:
    """Write what a home holds to the file `path`, in place of what is there; return the names of its parts.

    Each database is copied as it is at one moment; others may write meanwhile.

    Raises
    ------
    IndexMissingError
        If there is no library in `home`.
    HomeError
        If it cannot be read, or the file cannot be written.
    """
    try:
        with TemporaryDirectory(prefix=".backup-", dir=path.absolute().parent) as folder:
            parts = _copied(home, Path(folder), progress)
            draft = Path(folder) / "backup.zip"
            draft.touch(mode=0o600)  # it holds accounts, and keys that stand in the settings
            _pack(parts, draft)
            draft.replace(path)
        keep_folder(path.absolute().parent)
    except (OSError, sqlite3.Error) as error:
        raise HomeError(
            f"{home} cannot be backed up to {path} ({error}). Give a file in another folder, make room, or "
            "check the library with: sstc-chat index verify"
        ) from error
    return [part.name for part in parts]


def _copied(home: Path, folder: Path, progress: Progress) -> list[Path]:
    """Copy the parts of a home into `folder`."""
    _copy_library(home, folder, progress)
    for database in sorted(home.glob("*.sqlite")):
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as source:
            _copy(source, folder / database.name, progress)
    if (home / SETTINGS).is_file():
        (folder / SETTINGS).write_bytes((home / SETTINGS).read_bytes())
    return sorted(folder.iterdir())


def _copy_library(home: Path, folder: Path, progress: Progress) -> Manifest:
    """Copy the generation in use; where another takes its place at this moment, that one."""
    manifest = read_manifest(home)
    (folder / MANIFEST).write_text(manifest.as_json(), "utf-8")
    try:
        with closing(connect_to_read(home / manifest.folder / NAME)) as source:
            _copy(source, folder / f"{manifest.folder}.sqlite", progress)
    except sqlite3.Error:
        if read_manifest(home) == manifest:
            raise
        (folder / f"{manifest.folder}.sqlite").unlink(missing_ok=True)
        return _copy_library(home, folder, progress)
    return manifest


def _copy(source: sqlite3.Connection, path: Path, progress: Progress) -> None:
    def tell(_: int, remaining: int, total: int) -> None:
        progress(f"Copying {path.stem}", total - remaining, total)

    with closing(sqlite3.connect(path)) as target:
        source.backup(target, pages=64, progress=tell)


def _pack(parts: list[Path], draft: Path) -> None:
    sums = {part.name: file_sum(part) for part in parts}
    made = datetime.now().astimezone().isoformat(timespec="seconds")
    contents = {"format": FORMAT, "made": made, "sums": sums}
    with draft.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            packed.writestr(CONTENTS, json.dumps(contents, indent=2))
            for part in parts:
                packed.write(part, part.name)
        file.flush()
        os.fsync(file.fileno())
