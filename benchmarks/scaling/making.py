"""A library of real documents, and the same one grown by repeating them."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from library import SETTINGS, Timed
from scaling.copying import write_documents, write_passages

from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.index.builder import build_index
from sstc_chat.index.changing.slots import BITS, SLOTS
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.types import no_progress


def begin(home: Path, encoders: dict[str, Timed], corpora: Sequence[Path]) -> None:
    """Make a library of real documents."""
    with open_library(home) as library:
        library.add([shipped_report(), *(one for path in corpora for one in read_file(path))])
        build_index(home, library, encoders, SETTINGS, no_progress)


def grow(home: Path, encoders: dict[str, Timed], size: int) -> None:
    """Repeat the documents of a library until it has `size` passages, and make its FAISS files."""
    start = time.perf_counter()
    with open_library(home) as library:
        connection = library.connection
        connection.execute("PRAGMA cache_size = -1000000")
        copies = copied(connection, size)
        before = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
        write_documents(connection, copies)
        write_passages(library, copies, encoders)
        connection.execute("UPDATE spellings SET chunks = chunks * ? / ?", (size, before))
        arrange(library, encoders)
    print(f"{size:,} passages made in {time.perf_counter() - start:,.0f} s", flush=True)


def copied(connection: sqlite3.Connection, size: int) -> list[tuple[int, int, str]]:
    """Return the slots of new documents, each with that of the document it repeats, and its id."""
    query = f"SELECT slot, id, (SELECT count(*) FROM chunks WHERE number >> {BITS} = slot) FROM documents"  # noqa: S608
    known = connection.execute(query).fetchall()
    left = size - connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
    made, copy = [], 0
    while left > 0:
        copy += 1
        for slot, identity, count in known:
            if left <= 0:
                break
            name = f"{identity}-{copy}"
            digest = hashlib.sha256(name.encode()).digest()[:8]
            made.append((int.from_bytes(digest, "big") % SLOTS, slot, name))
            left -= count
    return sorted(made)


def arrange(library: Library, encoders: dict[str, Timed]) -> None:
    """Make the FAISS files."""
    for path in library.folder.glob("*.faiss"):
        path.unlink()
    build_index(library.home, library, encoders, SETTINGS, no_progress)
