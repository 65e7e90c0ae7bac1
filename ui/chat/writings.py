"""Answers that a language model is writing, each known by a key that only its reader has.

The page asks for what is next, sentence by sentence. One that nobody asks for any more is let go, and its
model is read no further.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator

from sstc_chat.ui.chat.conversation import Turn

# Of more at a time the oldest is let go.
MOST = 100


class Writings:
    """The answers that are being written."""

    def __init__(self) -> None:
        self._under_way: dict[str, Iterator[Turn]] = {}
        self._at_work: set[str] = set()
        self._lock = threading.Lock()

    def begin(self, turns: Iterator[Turn]) -> str:
        """Take on an answer, as its turn will be from sentence to sentence; return its key."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            while len(self._under_way) >= MOST:
                del self._under_way[next(iter(self._under_way))]
            self._under_way[key] = turns
        return key

    def go_on(self, key: str) -> Turn | None:
        """Return the turn with one sentence more; None where nothing is written by that key."""
        with self._lock:
            turns = self._under_way.pop(key, None)
            self._at_work.add(key)
        turn = next(turns, None) if turns else None
        with self._lock:
            wanted = key in self._at_work
            self._at_work.discard(key)
            if turns and turn and turn.writing and wanted:
                self._under_way[key] = turns
        return turn

    def stop(self, key: str) -> None:
        """Let go of an answer; what is at work on it ends with its next sentence."""
        with self._lock:
            self._under_way.pop(key, None)
            self._at_work.discard(key)
