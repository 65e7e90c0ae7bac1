"""Questions that are being answered: so many at a time, and each can be stopped by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CancelScope, CapacityLimiter, to_thread

Result = TypeVar("Result")
# What waits behind so many others is not waited for by anybody who is still there.
MOST_WAITING = 100


class Workers:
    """Threads for what keeps the processor busy.

    Parameters
    ----------
    at_a_time
        How many work at once; what comes then waits its turn.
    """

    def __init__(self, at_a_time: int) -> None:
        self._limit = CapacityLimiter(at_a_time)
        self._most = at_a_time + MOST_WAITING
        self._under_way: dict[CancelScope, str] = {}

    @property
    def under_way(self) -> int:
        """How many are at work, or wait."""
        return len(self._under_way)

    @property
    def is_full(self) -> bool:
        """Whether what comes now is not taken."""
        return len(self._under_way) >= self._most

    async def run(self, name: str, work: Callable[[], Result], otherwise: Result) -> Result:
        """Return what `work` returns; `otherwise` where it is stopped, or where too many wait already.

        What is stopped while it waits is never begun. A thread cannot be ended: what is stopped later is
        left to end by itself, but it takes nobody's place while it does.
        """
        if self.is_full:
            return otherwise
        with CancelScope() as scope:
            self._under_way[scope] = name
            try:
                return await to_thread.run_sync(work, abandon_on_cancel=True, limiter=self._limit)
            finally:
                del self._under_way[scope]
        return otherwise

    def stop(self, name: str) -> None:
        """Stop what goes by `name`, if it is under way; call it in the loop that serves."""
        for scope, other in self._under_way.items():
            if other == name:
                scope.cancel()
