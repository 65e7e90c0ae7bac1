"""Erase what is kept of a person, or has been kept for long enough, down to the bytes on the disk."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.access import storage as access
from sstc_chat.rag.access.accounts import key_of
from sstc_chat.rag.feedback import keeping
from sstc_chat.rag.records import storage as records
from sstc_chat.rag.review.rounds import Rounds

# Where a name stands beside what somebody judged; the verdicts stay, for others have signed for them, too.
NAMED = (("judgements", "person"), ("handed_in", "rater"))


@dataclass(frozen=True)
class Erased:
    """What was erased of a person.

    Attributes
    ----------
    account
        Whether there was one.
    verdicts
        How many stand under `pseudonym` now.
    """

    account: bool
    verdicts: int
    pseudonym: str


def erase_person(home: Path, name: str) -> Erased:
    """Remove the account of a person, and put a pseudonym in place of the name under their verdicts.

    Raises
    ------
    RecordError
        If nothing is kept of a person of this name.
    HomeError
        If the home cannot be written.
    """
    pseudonym = f"erased-{secrets.token_hex(4)}"
    with Rounds(home).opened() as connection:
        connection.execute("PRAGMA secure_delete = ON")
        verdicts = sum(_rename(connection, table, column, name, pseudonym) for table, column in NAMED)
    account = _remove_account(home, name)
    if not account and not verdicts:
        raise RecordError(
            f"Nothing is kept of {name!r}. Names are listed by: sstc-chat accounts list, rounds list"
        )
    _clean(home)
    return Erased(account, verdicts, pseudonym)


def remove_old_feedback(home: Path, days: int) -> int:
    """Remove feedback that was sent more than so many days ago; return how many there were."""
    before = (datetime.now(timezone.utc) - timedelta(days=days)).isoformat(timespec="seconds")
    with keeping.opened(home) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        removed = connection.execute("DELETE FROM feedback WHERE sent < ?", (before,)).rowcount
    if removed:
        _clean(home)
    return removed


def _rename(connection: sqlite3.Connection, table: str, column: str, name: str, pseudonym: str) -> int:
    """Put `pseudonym` in place of `name`, however it is spelled; return how many rows had it."""
    query = f"SELECT DISTINCT {column} FROM {table}"  # nosec B608 # noqa: S608 - our own names
    spelled = [row[0] for row in connection.execute(query) if key_of(row[0]) == key_of(name)]
    change = f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} = ?"  # nosec B608 # noqa: S608 - our own names
    return sum(connection.execute(change, (pseudonym, one)).rowcount for one in spelled)


def _remove_account(home: Path, name: str) -> bool:
    if not (home / access.NAME).exists():
        return False
    with access.opened(home) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        return bool(connection.execute("DELETE FROM accounts WHERE key = ?", (key_of(name),)).rowcount)


def _clean(home: Path) -> None:
    """Take what was erased out of the logs of the databases, and with the copies of earlier versions."""
    for path in _databases(home):
        with closing(sqlite3.connect(path, timeout=records.PATIENCE)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for copy in home.glob(f"{path.name}.*-*"):
            copy.unlink()


def _databases(home: Path) -> Iterator[Path]:
    return (home / name for name in (records.NAME, access.NAME) if (home / name).exists())
