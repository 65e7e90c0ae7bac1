"""How long each step of an answer took."""

from __future__ import annotations

import time


class Stopwatch:
    """Counts from when it is made; each lap counts from the one before."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Note how long it took since the last lap."""
        now = time.perf_counter()
        self._laps[name] = (now - self._last) * 1000
        self._last = now

    def milliseconds(self) -> dict[str, float]:
        """Return every lap and the `total` until now, in milliseconds."""
        total = (time.perf_counter() - self._start) * 1000
        return {name: round(value, 3) for name, value in {**self._laps, "total": total}.items()}
