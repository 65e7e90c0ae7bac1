"""What a benchmark of speed writes down: figures, each beside its floor, kept as JSON for the page."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")
MEASURED = Path(__file__).parent / "measured"


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes
    ----------
    what
        What was measured.
    figure, floor
        It, and what it stands beside, with their units.
    ratio
        The median of the ratios of the rounds, and between which values half of them lie.
    required
        What the ratio should be, such as `≤ 1.3`; empty where nothing is required.
    """

    what: str
    figure: str
    floor: str
    ratio: str
    required: str = ""


def keep(part: str, rows: Sequence[Row], notes: Sequence[str] = ()) -> None:
    """Print the rows of a part of the page, and write them down in place of those measured before."""
    for row in rows:
        print(f"{row.what:60} {row.figure:>16} {row.floor:>16} {row.ratio:>22} {row.required}", flush=True)
    for note in notes:
        print(note, flush=True)
    MEASURED.mkdir(exist_ok=True)
    content = {"machine": machine(), "rows": [asdict(row) for row in rows], "notes": list(notes)}
    text = json.dumps(content, ensure_ascii=False, indent=2)
    (MEASURED / f"{part}.json").write_text(f"{text}\n", "utf-8")


def machine() -> str:
    """Return the processor and how many cores of it there are."""
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
    name = names[0] if names else platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores of {name}"


def in_turn(actions: Sequence[Callable[[], Result]], rounds: int) -> list[list[Result]]:
    """Return what each action measured, each once before any of them again: a busy machine is so to all."""
    measured: list[list[Result]] = [[] for _ in actions]
    for _ in range(rounds):
        for place, action in enumerate(actions):
            measured[place].append(action())
    return measured


def ratio(figures: Sequence[float], floors: Sequence[float]) -> str:
    """Return the median of the ratios of figures to floors, round by round, with its quartiles."""
    ratios = [one / other for one, other in zip(figures, floors, strict=True)]
    if len(ratios) == 1:
        return f"{ratios[0]:.2f}"
    low, middle, high = statistics.quantiles(ratios, n=4)
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"
