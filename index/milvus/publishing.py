"""Bring Milvus to what the library of a home holds: what is new goes in, what is gone goes out.

The library is the one truth, and changes in transactions; Milvus follows. A document's passages go out first
and come in last, and the document is noted when all of it is there: what was broken off is done again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import uuid4

import numpy as np

from sstc_chat.corpus.errors import StoreError
from sstc_chat.index.database import state_of
from sstc_chat.index.library import Library
from sstc_chat.index.manifest import Manifest
from sstc_chat.index.milvus.generation import Generation
from sstc_chat.index.milvus.packing import packed, to_bytes, unpacked
from sstc_chat.index.milvus.reading import (
    digests,
    document_row,
    passage_rows,
    piece_rows,
    sentence_rows,
    slots_since,
    spelling_rows,
    word_rows,
)
from sstc_chat.index.milvus.schema import collections
from sstc_chat.index.milvus.server import Server
from sstc_chat.index.types import Progress

# The encoder that gives words their vectors.
WORDS = "multilingual"
LIBRARY = "library"


def publish(library: Library, server: Server, progress: Progress, *, replace: bool = False) -> None:
    """Bring Milvus to what a library holds.

    Another generation is written beside the one in use, and put in its place in one change. The one before
    stays until the next, for those who still read from it.

    Parameters
    ----------
    replace
        Whether it may take the place of another library.

    Raises
    ------
    StoreError
        If the server fails, or holds another library, or a later state of this one.
    """
    identity = identity_of(library.connection)
    library.keep()
    now = server.generation()
    held = {} if now is None else library_facts(now)
    if held and held["identity"] != identity and not replace:
        raise StoreError(
            f"Milvus at {server.address.shown} holds the library of another home. Give another database, or "
            "take its place with: sstc-chat index publish --replace"
        )
    if now is not None and _is_of(held, identity, library):
        _follow(library, now, held["state"], progress)
        return
    number = 1 + max([0, *server.generations()])
    generation = server.create(number, collections(_dimensions(library.manifest), WORDS))
    _follow(library, generation, -1, progress)
    server.use(number)
    for old in server.generations() - {number, now.number if now else None}:
        server.drop(old)


def _is_of(held: Mapping[str, Any], identity: str, library: Library) -> bool:
    """Whether what Milvus holds is an earlier state of the same generation of this library."""
    generation = library.manifest.generation
    if not held or (held["identity"], held["manifest"]["generation"]) != (identity, generation):
        return False
    if held["state"] > state_of(library.connection):
        raise StoreError(
            "Milvus holds a later state of this library, which was brought back from a backup since. "
            "Publish it anew with: sstc-chat index build"
        )
    return True


def library_facts(generation: Generation) -> dict[str, Any]:
    """Return what a generation says of itself; empty if nothing.

    Its `manifest`, `state` and number of `chunks`, and the `identity` of its library.
    """
    rows = generation.rows("facts", "name", [LIBRARY], ["row"])
    facts: dict[str, Any] = unpacked(rows[0]["row"]) if rows else {}
    return facts


def identity_of(connection: sqlite3.Connection) -> str:
    """Return what tells a library from any other; it is made when it is first asked for."""
    connection.execute("INSERT OR IGNORE INTO facts VALUES ('identity', ?)", (uuid4().hex,))
    row = connection.execute("SELECT value FROM facts WHERE name = 'identity'").fetchone()
    return str(row[0])


def _follow(library: Library, generation: Generation, state: int, progress: Progress) -> None:
    """Bring a generation, which is of `state` or was on the way from it, to what the tables hold."""
    connection, dimensions = library.connection, _dimensions(library.manifest)
    wanted, again = digests(connection), slots_since(connection, state)
    known = {row["slot"]: row["digest"] for row in generation.every("documents", ["slot", "digest"])}
    new = sorted(slot for slot, digest in wanted.items() if known.get(slot) != digest or slot in again)
    words = _take_out(generation, known.keys() - (wanted.keys() - set(new)))
    for done, slot in enumerate(new, start=1):
        words |= _put_in(connection, generation, slot, dimensions)
        generation.put("documents", [document_row(connection, slot, wanted[slot])])
        progress("Publishing to Milvus", done, len(new))
    _put_words(connection, generation, words)
    facts = {
        "identity": identity_of(connection),
        "manifest": json.loads(library.manifest.as_json()),
        "state": state_of(connection),
        "chunks": connection.execute("SELECT count(*) FROM chunks").fetchone()[0],
    }
    generation.put("facts", [{"name": LIBRARY, "row": packed(facts)}])


def _dimensions(manifest: Manifest) -> dict[str, int]:
    return {role: int(model["dimension"]) for role, model in manifest.models.items()}


def _take_out(generation: Generation, slots: Collection[int]) -> set[int]:
    """Take documents out; return the numbers of the words that their passages hold."""
    held = generation.rows("passages", "slot", slots, ["words"])
    for name in ("passages", "sentences", "pieces", "documents"):
        generation.remove(name, "slot", slots)
    return _numbers(row["words"] for row in held)


def _put_in(
    connection: sqlite3.Connection, generation: Generation, slot: int, dimensions: Mapping[str, int]
) -> set[int]:
    """Put a document in; return the numbers of its words."""
    passages = passage_rows(connection, slot, dimensions)
    for name, rows in sentence_rows(connection, slot, dimensions).items():
        generation.put(name, rows)
    generation.put("pieces", piece_rows(connection, slot))
    words = _numbers(str(row["words"]) for row in passages)
    generation.put("passages", passages)
    return words


def _put_words(connection: sqlite3.Connection, generation: Generation, numbers: set[int]) -> None:
    """Bring words, and how many chunks hold their spellings, to what the tables hold."""
    words = word_rows(connection, numbers)
    gone = numbers - {row["number"] for row in words}
    known = [*words, *generation.rows("words", "number", gone, ["row"])]
    spelled = {unpacked(row["row"])[1] for row in known}
    generation.remove("words", "number", gone)
    generation.put("words", words)
    spellings = spelling_rows(connection, spelled)
    generation.remove("spellings", "spelling", spelled - {row["spelling"] for row in spellings})
    generation.put("spellings", spellings)


def _numbers(words: Iterable[str]) -> set[int]:
    return {number for one in words for number in np.frombuffer(to_bytes(one), dtype=np.int32).tolist()}
