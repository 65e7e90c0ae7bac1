"""Which generation of a library is open, and what becomes of the others."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sstc_chat.corpus.errors import IndexDamagedError, IndexMissingError, IndexStaleError
from sstc_chat.index.changing.before import is_of_before
from sstc_chat.index.database import NAME, connect_to_read
from sstc_chat.index.manifest import PREFIX, SCHEMA, Manifest, generations, parsed, read_manifest


def generation_in_use(home: Path) -> Manifest | None:
    """Return the manifest of the generation to change; None where there is none yet.

    Where `manifest.json` is lost or damaged, the latest generation that is whole has what it said.

    Raises
    ------
    IndexDamagedError, IndexStaleError
        If there are generations and none is whole, or a later version of this program made them.
    """
    try:
        return read_manifest(home)
    except IndexStaleError:
        if not is_of_before(home):
            raise
        return None
    except (IndexMissingError, IndexDamagedError) as error:
        whole = [one for number in sorted(generations(home)) if (one := written_in(home, number))]
        if whole:
            whole[-1].write(home)
            return whole[-1]
        if isinstance(error, IndexDamagedError):
            raise IndexDamagedError(
                f"{error} If that fails, bring back a backup: sstc-chat restore FILE"
            ) from error
        return None


def next_generation(home: Path) -> int:
    """Return a number that no generation has."""
    return 1 + max([0, *generations(home)])


def written_in(home: Path, generation: int) -> Manifest | None:
    """Return the manifest that a generation holds; None where it is not whole."""
    path = home / f"{PREFIX}{generation}" / NAME
    try:
        if not path.exists():
            return None
        with closing(connect_to_read(path)) as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = 'manifest'").fetchone()
            return parsed(row[0], str(path)) if row else None
    except (sqlite3.Error, IndexDamagedError, IndexStaleError):
        return None


def sweep(home: Path) -> None:
    """Delete the generations that are not in use; one that is still open goes next time."""
    try:
        used = {read_manifest(home).generation}
    except IndexMissingError:
        used = {number for number in generations(home) if written_in(home, number)}
    except (IndexDamagedError, IndexStaleError):
        return
    for generation in generations(home) - used:
        shutil.rmtree(home / f"{PREFIX}{generation}", ignore_errors=True)


def fresh(home: Path) -> Manifest:
    """Return the manifest of a generation that nothing has been made of yet."""
    return Manifest(SCHEMA, next_generation(home), {}, {})
