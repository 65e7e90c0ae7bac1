"""Storage: all or nothing, versions that go forward, writers that wait for one another."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import HomeError
from sstc_chat.rag.records.storage import NAME, Tables, open_storage

FIRST = "CREATE TABLE notes (\n  text TEXT -- a note;\n);\nCREATE TABLE marks (note TEXT);"
SECOND = "ALTER TABLE notes ADD COLUMN stars INTEGER DEFAULT 1;"
NOTES = Tables("notes", (FIRST,))


def add(home: Path, text: str, tables: Tables = NOTES) -> None:
    with open_storage(home, tables) as connection:
        connection.execute("INSERT INTO notes (text) VALUES (?)", (text,))


def notes(home: Path, tables: Tables = NOTES) -> list[tuple[object, ...]]:
    with open_storage(home, tables) as connection:
        return connection.execute("SELECT * FROM notes").fetchall()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    add(tmp_path / "new" / "home", "a")
    assert notes(tmp_path / "new" / "home") == [("a",)]


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    add(tmp_path, "kept")
    with pytest.raises(KeyError), open_storage(tmp_path, NOTES) as connection:
        raise KeyError(connection.execute("INSERT INTO notes (text) VALUES ('lost')"))
    assert notes(tmp_path) == [("kept",)]


def test_tables_go_forward_and_keep_what_they_hold(tmp_path: Path) -> None:
    add(tmp_path, "a")
    assert notes(tmp_path, Tables("notes", (FIRST, SECOND))) == [("a", 1)]
    assert notes(tmp_path, Tables("notes", (FIRST, SECOND))) == [("a", 1)]


def test_what_there_was_before_is_kept_beside_it(tmp_path: Path) -> None:
    add(tmp_path, "a")
    assert [one.name for one in tmp_path.glob("*.notes-*")] == []
    add(tmp_path, "b", Tables("notes", (FIRST, SECOND)))
    kept = tmp_path / f"{NAME}.notes-1"
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT * FROM notes").fetchall() == [("a",)]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    # The earlier program goes on with it.
    kept.replace(tmp_path / NAME)
    for log in tmp_path.glob(f"{NAME}-*"):
        log.unlink()
    assert notes(tmp_path) == [("a",)]


def test_a_step_that_fails_is_not_taken_at_all(tmp_path: Path) -> None:
    add(tmp_path, "a")
    broken = Tables("notes", (FIRST, f"{SECOND}\nALTER TABLE nowhere ADD COLUMN x;"))
    with pytest.raises(HomeError, match="nowhere"), open_storage(tmp_path, broken):
        pass
    assert notes(tmp_path) == [("a",)]


def test_each_room_has_versions_of_its_own(tmp_path: Path) -> None:
    add(tmp_path, "a", Tables("notes", (FIRST, SECOND)))
    with open_storage(tmp_path, Tables("other", ("CREATE TABLE other (x);",))) as connection:
        connection.execute("INSERT INTO other VALUES (1)")
    assert notes(tmp_path, Tables("notes", (FIRST, SECOND))) == [("a", 1)]


def test_what_a_later_version_wrote_is_left_alone(tmp_path: Path) -> None:
    add(tmp_path, "a", Tables("notes", (FIRST, SECOND)))
    with pytest.raises(HomeError, match="version 2; this program knows 1"):
        notes(tmp_path)


def test_foreign_keys_hold(tmp_path: Path) -> None:
    with open_storage(tmp_path, NOTES) as connection:
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    add(tmp_path, "a")
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) & 0o077 == 0


def test_a_home_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database at all, " * 100)
    with pytest.raises(HomeError, match="not a database"):
        add(tmp_path, "a")


def _add_many(home: Path, name: str) -> None:
    for number in range(25):
        add(home, f"{name} {number}")


def test_many_processes_write_and_nothing_is_lost(tmp_path: Path) -> None:
    """They begin at once in a home where there is nothing yet."""
    spawned = multiprocessing.get_context("fork")
    writers = [spawned.Process(target=_add_many, args=(tmp_path, name)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert {text for (text,) in notes(tmp_path)} == {f"{name} {n}" for name in "abcd" for n in range(25)}


def test_a_copy_by_the_backup_interface_is_whole(tmp_path: Path) -> None:
    add(tmp_path, "a")
    (tmp_path / "copy").mkdir()
    with (
        closing(sqlite3.connect(tmp_path / NAME)) as source,
        closing(sqlite3.connect(tmp_path / "copy" / NAME)) as target,
    ):
        source.backup(target)
    assert notes(tmp_path / "copy") == [("a",)]
