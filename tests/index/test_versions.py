"""What follows a library knows its version as well as what opens it anew each time."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.corpus.types import Document
from sstc_chat.index.changing.generations import fresh
from sstc_chat.index.database import NAME, connect_to_write
from sstc_chat.index.library import open_library
from sstc_chat.index.manifest import NAME as MANIFEST
from sstc_chat.index.versions import Versions, local_version

NUMBERS = itertools.count()


def add(home: Path) -> None:
    with open_library(home) as library:
        library.add([Document("tea", "Tea", f"Text {next(NUMBERS)}.", "en", {})])


def put_another_in_use(home: Path) -> None:
    with open_library(home) as library:
        manifest = fresh(home)
        (home / manifest.folder).mkdir()
        library.adopt(connect_to_write(home / manifest.folder / NAME), manifest)


def damage(home: Path) -> None:
    (home / MANIFEST).write_text("{", "utf-8")


def lose(home: Path) -> None:
    for folder in home.glob("generation-*"):
        shutil.rmtree(folder)


def nothing(_: Path) -> None:
    """Leave all as it is."""


CHANGES: list[Callable[[Path], None]] = [add, put_another_in_use, damage, lose, nothing]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(CHANGES), max_size=8))
def test_whatever_becomes_of_a_library_its_version_is_known(changes: list[Callable[[Path], None]]) -> None:
    with TemporaryDirectory() as folder, closing(Versions(Path(folder))) as versions:
        home, seen = Path(folder), []
        for change in [add, *changes]:
            try:
                change(home)
            except IndexDamagedError:  # nothing of it is left that could be changed
                return
            seen.append(versions.now())
            assert seen[-1] == local_version(home)
        assert seen[0] == (1, 1)
