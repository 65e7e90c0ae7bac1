"""On a full disk a database is not called damaged for good: a backup would be brought back for nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sstc_chat.index.keeping.checking import _others

resource = pytest.importorskip("resource", reason="the size of files is limited by setrlimit")


def test_room_is_asked_for_first(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE one (two)")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        (found,) = _others(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert str(path) in found.text
    assert "Make room" in found.text
    assert list(_others(tmp_path)) == []


def test_what_is_damaged_is_brought_back(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").write_bytes(b"damaged" * 1000)
    (found,) = _others(tmp_path)
    assert "restore FILE" in found.text
    assert "Make room" not in found.text
