"""Memory of a process that serves for months: what one thread has freed, another takes."""

from __future__ import annotations

import ctypes
import sys

# Of glibc's malloc.h.
ARENA_MAX = -8
# Python runs one thread at a time: a second place is for libraries that work meanwhile.
ARENAS = 2


def share_free_memory() -> None:
    """Have the C library keep what is free in two places for all threads; call it before there are any.

    glibc has eight for each processor, each of which grows to the most that any thread ever needed there.
    Other libraries have no such places.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        mallopt(ARENA_MAX, ARENAS)
