"""What is measured at one size, and the table in which two sizes stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from performance.rows import Row


@dataclass(frozen=True)
class Measured:
    """What was measured at one size; milliseconds, seconds and bytes."""

    passages: int
    adding: float
    folding: float
    removing: float
    opening: float
    finding: float
    memory: float
    disk: float
    files: float


NAMES = {
    "adding": "add a document, ms, encoding apart",
    "folding": "  and its share of FAISS files written anew",
    "removing": "remove a document, ms",
    "opening": "open to read, ms",
    "finding": "find passages for a question, ms",
    "memory": "memory of an open index, bytes a passage",
    "disk": "disk, kB a passage",
    "files": "  of these FAISS files, mapped, kB a passage",
}


def table(small: Measured, large: Measured) -> Iterator[Row]:
    """Print both sizes side by side, and yield the rows to be kept."""
    print(f"\n{'passages':46}{small.passages:>12,}{large.passages:>12,}{'ratio':>8}")
    for name, what in NAMES.items():
        floor, figure = (getattr(one, name) for one in (small, large))
        print(f"{what:46}{floor:>12,.2f}{figure:>12,.2f}{figure / floor:>8.2f}")
        required = "≤ 1.5" if name in {"adding", "folding"} else ""
        yield Row(what.strip(), f"{figure:,.2f}", f"{floor:,.2f}", f"{figure / floor:.2f}", required)
