"""Where exports are kept, and how one is found, made, and made again.

An export is a folder, `KEY-SUM`. The key says what it was made of, as that stands now; the sum is that of its
files. It is written beside its place and put there in one rename. `KEY-SUM.seen` says which files had that
sum when it was taken, and when they were used last. What cannot be exported leaves a `KEY.txt` that says why,
so that it is not tried again and again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sstc_chat.corpus.types import content_id
from sstc_chat.index.encoders import file_sum
from sstc_chat.index.files import keep_folder

# The form of an export: one that is written in another is made again.
FORM = 4
DRAFT = "draft-"
# What nobody has used for so many seconds is deleted when something new is made.
UNUSED = 90 * 24 * 3600


class RefusedError(Exception):
    """Something cannot be exported, now or later."""


@dataclass(frozen=True)
class Recipe:
    """What an export is made of, and how.

    Attributes
    ----------
    name
        Of the model.
    state
        What changes when the model does; empty where that cannot be known.
    make
        Writes the files of the export into a folder.
    """

    name: str
    state: str
    make: Callable[[Path], None]

    @property
    def key(self) -> str:
        """What tells the model, as it stands now, from any other."""
        return content_id(FORM, self.name, self.state)


def kept(recipe: Recipe, folder: Path) -> Path | None:
    """Return the export by `recipe` in `folder`; it is made where it is not there, or not what was written.

    None where it cannot be made, or not be kept.
    """
    try:
        whole = next((path for path in _of(recipe, folder) if _was_whole(path)), None)
        if whole or (folder / f"{recipe.key}.txt").exists():
            return whole
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=DRAFT, dir=folder, ignore_cleanup_errors=True) as draft:
            return _made(recipe, Path(draft) / "export", folder)
    except OSError:  # who may not read, or not write, goes without
        return None


def forget(folder: Path, recipes: Iterable[Recipe]) -> None:
    """Have made again what `recipes` make, where it was refused, or the model may be another by now."""
    for recipe in recipes:
        with suppress(OSError):  # a disk that is only read says so before it looks whether there is anything
            (folder / f"{recipe.key}.txt").unlink(missing_ok=True)
        if not recipe.state:
            for path in _of(recipe, folder):
                shutil.rmtree(path, ignore_errors=True)


def is_whole(path: Path) -> bool:
    """Whether an export is what was written; what cannot be read is not."""
    try:
        return _sum(path) == path.name.partition("-")[2]
    except OSError:
        return False


def _sweep(folder: Path, recipe: Recipe) -> None:
    """Delete what is damaged of a model, and what nobody has used for long, broken drafts among it."""
    for path in folder.glob("*"):
        damaged = path in _of(recipe, folder) and not is_whole(path)
        seen = path.with_name(f"{path.name}.seen")
        if path.is_dir() and (damaged or max(map(_touched_at, (path, seen))) < time.time() - UNUSED):
            shutil.rmtree(path, ignore_errors=True)
            seen.unlink(missing_ok=True)


def _touched_at(path: Path) -> float:
    """Return when a file was touched last; for one that is not there, before anything was."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _was_whole(path: Path) -> bool:
    """Whether an export is what was written, or its files have not been touched since it was found to be."""
    seen, files = path.with_name(f"{path.name}.seen"), _touched(path)
    with suppress(OSError):
        if seen.read_text("utf-8") == files:
            seen.touch()
            return True
    whole = is_whole(path)
    if whole:
        with suppress(OSError):  # who may only read looks again next time
            seen.write_text(files, "utf-8")
    return whole


def _touched(folder: Path) -> str:
    """Return what changes when a file in `folder` is replaced or written."""
    stats = [(path.name, path.stat()) for path in sorted(folder.glob("*"))]
    return "\n".join(f"{name} {one.st_size} {one.st_mtime_ns} {one.st_ino}" for name, one in stats)


def _of(recipe: Recipe, folder: Path) -> list[Path]:
    return [path for path in folder.glob(f"{recipe.key}-*") if path.is_dir()]


def _sum(folder: Path) -> str:
    """Return the sum of the files in a folder, by their names and sums."""
    return content_id(*(f"{path.name} {file_sum(path)}" for path in sorted(folder.glob("*"))))


def _made(recipe: Recipe, draft: Path, folder: Path) -> Path | None:
    draft.mkdir()
    try:
        recipe.make(draft)
    except RefusedError as error:
        (folder / f"{recipe.key}.txt").write_text(str(error), "utf-8")
        return None
    for path in draft.glob("*"):
        path.chmod(0o644)  # safetensors lets nobody else read, such as the user that a container runs as
        with path.open("rb") as file:
            os.fsync(file.fileno())
    keep_folder(draft)
    _sweep(folder, recipe)
    place = folder / f"{recipe.key}-{_sum(draft)}"
    try:
        draft.replace(place)
    except OSError:
        if not is_whole(place):  # who made the same at the same time was first
            raise
    keep_folder(folder)
    return place
