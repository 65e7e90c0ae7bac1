"""Load models as they were exported; what was not yet is exported first."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

from sstc_chat.corpus import language
from sstc_chat.corpus.types import content_id
from sstc_chat.index import transformer, universal
from sstc_chat.index.encoders import Encoder, ModelChoice
from sstc_chat.index.exported.encoder import open_export
from sstc_chat.index.exported.keeping import Recipe, RefusedError, forget, kept
from sstc_chat.index.exported.making import REFUSED
from sstc_chat.index.exported.universal import open_unpacked, unpack
from sstc_chat.index.types import Progress, quiet


def load_exported(choice: ModelChoice, folder: Path, progress: Progress) -> Encoder | None:
    """Return the encoder of `choice` as it is exported in `folder`.

    None where it cannot be exported, or not be kept: then it is run as it comes.
    """
    path = kept(recipe_of(choice.name, progress), folder)
    if path is None:
        return None
    return open_unpacked(path) if choice.name == universal.PACKAGED else open_export(path, choice)


def load_language(folder: Path, progress: Progress) -> None:
    """Have languages told by what is exported in `folder`."""
    if path := kept(_language(progress), folder):
        language.use_unpacked(path)


def look_again(folder: Path, names: Iterable[str]) -> None:
    """Have models exported again that are refused, or that are of a hub and may be others by now."""
    forget(folder, [recipe_of(name, quiet) for name in names])


def recipe_of(name: str, progress: Progress) -> Recipe:
    """Return how the encoder `name` is exported."""
    if name == universal.PACKAGED:
        return Recipe(name, universal.WEIGHTS, _telling(name, progress, unpack))
    state = transformer.WEIGHTS if name == transformer.PACKAGED else _state(Path(name))
    return Recipe(name, state, _telling(name, progress, lambda folder: export(name, folder)))


def export(name: str, folder: Path) -> None:
    """Export a model of sentence-transformers in a process of its own, which takes its memory along.

    Raises
    ------
    RefusedError
        If it cannot be exported.
    OSError
        If that process failed for something that may pass.
    """
    command = [sys.executable, "-I", "-m", "sstc_chat.index.exported.making", name, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise (RefusedError if done.returncode == REFUSED else OSError)(done.stderr)


def _language(progress: Progress) -> Recipe:
    name = language.PACKAGE
    return Recipe(name, version(name), _telling(name, progress, language.unpack))


def _state(folder: Path) -> str:
    """Return what changes when a file in `folder` does, without reading them; nothing where it is none."""
    if not folder.is_dir():
        return ""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stats = [(path.relative_to(folder).as_posix(), path.stat()) for path in files]
    return content_id(*(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats))


def _telling(name: str, progress: Progress, make: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return what makes an export and tells that it does."""

    def made(folder: Path) -> None:
        stage = f"Preparing {name}, once"
        progress(stage, 0, 1)
        make(folder)
        progress(stage, 1, 1)

    return made
