"""A backup is made while others write, and comes back whole, or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import HomeError, IndexMissingError
from sstc_chat.corpus.types import Document
from sstc_chat.index.keeping import restore
from sstc_chat.index.keeping.backup import back_up
from sstc_chat.index.keeping.checking import check_library
from sstc_chat.index.keeping.restore import finish, lay_out
from sstc_chat.index.library import open_library

if TYPE_CHECKING:
    from tests.index.conftest import Make, WordHash

SETTINGS = {"chunk_size": 120}
GAMMA = Document("gamma", "Gamma", "A third text. It has two sentences in English.", "en")


def backed_up(home: Path, path: Path) -> list[str]:
    return back_up(home, path, lambda *_: None)


def note(home: Path, text: str) -> None:
    with closing(sqlite3.connect(home / "records.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (text)")
        connection.execute("INSERT INTO notes VALUES (?)", (text,))


def notes(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "records.sqlite")) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM notes")]


def documents(home: Path) -> list[str]:
    with open_library(home) as library:
        return [one.id for one in library]


def assert_whole(home: Path, encoders: dict[str, WordHash]) -> None:
    found = list(check_library(home, encoders, SETTINGS, lambda *_: None))
    assert [one for one in found if one.wrong] == []


@pytest.fixture
def home(make: Make, tmp_path: Path) -> Path:
    """Return a home with a library, what people made, and settings."""
    made = tmp_path / "home"
    make.built(made, make.encoders(), make.documents())
    note(made, "first")
    (made / "settings.toml").write_text("port = 8000\n")
    return made


def test_what_was_backed_up_comes_back(home: Path, make: Make, tmp_path: Path) -> None:
    encoders, file = make.encoders(), tmp_path / "all.backup"
    with open_library(home) as library:  # a change that is under way is not in it
        library.add([GAMMA])
        parts = backed_up(home, file)
    assert parts == ["generation-1.sqlite", "manifest.json", "records.sqlite", "settings.toml"]
    make.changed(home, encoders, lambda library: library.remove("alpha"))
    note(home, "second")
    (home / "settings.toml").write_text("port = 9000\n")
    reader = make.opened(home, encoders)
    for place in (home, tmp_path / "new"):
        assert lay_out(place, file) == parts
        finish(place)
        assert documents(place) == ["alpha", "beta"]
        assert notes(place) == ["first"]
        assert (place / "settings.toml").read_text() == "port = 8000\n"
        assert_whole(place, encoders)
    # Whoever had it open reads on.
    assert [one.id for one in reader.sources()] == ["beta", "gamma"]


@pytest.mark.skipif(os.name != "posix", reason="It speaks of POSIX permissions.")
def test_a_backup_is_for_nobody_else(home: Path, tmp_path: Path) -> None:
    backed_up(home, tmp_path / "file")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_what_is_made_after_the_backup_and_not_in_it_stays(home: Path, tmp_path: Path) -> None:
    (home / "records.sqlite").unlink()
    backed_up(home, tmp_path / "file")
    note(home, "later")
    lay_out(home, tmp_path / "file")
    finish(home)
    assert notes(home) == ["later"]


@pytest.mark.parametrize("moment", ["replace_file", "_replace_content", "keep_folder", "rmtree"])
def test_a_restoration_that_is_broken_off_is_finished_by_whoever_comes_next(
    moment: str, home: Path, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoders, file = make.encoders(), tmp_path / "file"
    backed_up(home, file)
    make.changed(home, encoders, lambda library: library.remove("alpha"))
    note(home, "second")
    lay_out(home, file)

    def break_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shutil if moment == "rmtree" else restore, moment, break_off)
        with pytest.raises(KeyboardInterrupt):
            finish(home)
    assert documents(home) == ["alpha", "beta"]
    assert notes(home) == ["first"]
    assert not (home / "restoring").exists()
    assert_whole(home, encoders)


def test_a_restoration_whose_tidying_is_broken_off_is_not_begun_again(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(home, tmp_path / "file")
    lay_out(home, tmp_path / "file")

    def break_off(stage: Path, *_: object, **__: object) -> None:
        (stage / "manifest.json").unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", break_off)
        with pytest.raises(KeyboardInterrupt):
            finish(home)
    note(home, "second")
    assert documents(home) == ["alpha", "beta"]
    assert notes(home) == ["first", "second"]


def test_what_was_not_laid_out_to_the_end_is_forgotten(home: Path, tmp_path: Path) -> None:
    backed_up(home, tmp_path / "file")
    note(home, "second")
    lay_out(home, tmp_path / "file")
    (home / "restoring" / "ready").unlink()
    assert documents(home) == ["alpha", "beta"]
    assert notes(home) == ["first", "second"]
    assert not (home / "restoring").exists()


def changed(path: Path, name: str, content: bytes) -> None:
    """Exchange one part of a backup."""
    with zipfile.ZipFile(path) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for one, old in {**parts, name: content}.items():
            packed.writestr(one, content if one == name else old)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("", b"", "not a zip file"),
        ("settings.toml", b"port = 1\n", "its part settings.toml is damaged"),
        ("backup.json", b"[]", ""),
        ("backup.json", json.dumps({"format": 2, "sums": {}}).encode(), "has the format 2"),
        (
            "backup.json",
            json.dumps({"format": 1, "sums": {"../evil": "0"}}).encode(),
            "a part called '../evil'",
        ),
        ("backup.json", json.dumps({"format": 1, "sums": {}}).encode(), ""),
    ],
)
def test_a_backup_that_is_damaged_changes_nothing(
    name: str, content: bytes, said: str, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    backed_up(home, file)
    before = sorted(path for path in home.rglob("*"))
    if name:
        changed(file, name, content)
    else:
        file.write_bytes(content)
    with pytest.raises(HomeError, match=f"{said}.*Nothing was changed"):
        lay_out(home, file)
    assert sorted(path for path in home.rglob("*")) == before
    assert not (tmp_path / "evil").exists()


def test_a_backup_that_cannot_be_written_leaves_the_one_before(home: Path, tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="cannot be backed up"):
        backed_up(home, tmp_path / "nowhere" / "file")
    with pytest.raises(IndexMissingError):
        backed_up(tmp_path / "empty", tmp_path / "file")
    assert not (tmp_path / "file").exists()
