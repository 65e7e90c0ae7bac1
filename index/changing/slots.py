"""Numbers that do not depend on what was added before.

A document has a slot, which a hash of its id gives, and a slot has room for `SIZE` sections, sentences and
chunks. So whatever was added and removed in between, the same documents have the same numbers, in the same
order, and no tie is broken by history.
"""

from __future__ import annotations

import hashlib
import sqlite3

BITS = 24
SIZE = 1 << BITS
# SQLite and FAISS count in signed integers of 64 bits.
SLOTS = 1 << (63 - BITS)


def free_slot(connection: sqlite3.Connection, document_id: str) -> int:
    """Return the slot of a document that has none yet: its own, or the next one where another has that."""
    slot = int.from_bytes(hashlib.sha256(document_id.encode()).digest()[:8], "big") % SLOTS
    while connection.execute("SELECT 1 FROM documents WHERE slot = ?", (slot,)).fetchone():
        slot = (slot + 1) % SLOTS
    return slot


def first_number(slot: int) -> int:
    """Return the first of a slot's numbers."""
    return slot << BITS


def numbers_of(slot: int) -> tuple[int, int]:
    """Return the first and the last of a slot's numbers."""
    return first_number(slot), first_number(slot) + SIZE - 1
