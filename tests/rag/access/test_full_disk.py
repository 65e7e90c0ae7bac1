"""On a full disk whoever is signed in stays so, nobody else comes in, and nothing is read that may be old."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import HomeError
from sstc_chat.rag.access import accounts, sessions, tokens
from sstc_chat.rag.access.storage import NAME

resource = pytest.importorskip("resource", reason="the size of files is limited by setrlimit")
PASSWORD = "nine cups of black tea"  # noqa: S105


@contextmanager
def no_room() -> Iterator[None]:
    """Let no file of this process grow, which SQLite takes as it does a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    accounts.add(tmp_path, "Amina Diallo", PASSWORD, ["evaluator"])
    return tmp_path


def test_who_is_signed_in_stays_so(home: Path) -> None:
    session, over = sessions.begin(home, "Amina Diallo", 1), sessions.begin(home, "Amina Diallo", 1)
    token = tokens.add(home, "The intranet", ["reader"])
    sessions.end(home, over)
    known = (sessions.person_of(home, session), tokens.person_of(home, token))
    with no_room():
        found = (sessions.person_of(home, session), tokens.person_of(home, token))
        nobody = (sessions.person_of(home, over), tokens.person_of(home, "sstc_other"))
        there = accounts.are_there(home)
    assert None not in known
    assert found == known
    assert nobody == (None, None)
    assert there


def test_nobody_signs_in_and_that_is_told(home: Path) -> None:
    with no_room(), pytest.raises(HomeError, match="make room"):
        sessions.begin(home, "Amina Diallo", 1)
    assert sessions.begin(home, "Amina Diallo", 1)


def test_what_may_be_in_the_log_only_is_not_passed_over(home: Path) -> None:
    """A process was killed: the log holds that a session has ended, and the file does not."""
    session = sessions.begin(home, "Amina Diallo", 1)
    with closing(sqlite3.connect(home / NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("DELETE FROM sessions")
        left = {path.name: path.read_bytes() for path in home.glob(f"{NAME}*")}
    for name, content in left.items():
        (home / name).write_bytes(content)
    (home / f"{NAME}-shm").unlink()
    with no_room(), pytest.raises(HomeError, match="cannot be read"):
        sessions.person_of(home, session)
    assert sessions.person_of(home, session) is None
