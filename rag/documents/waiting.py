"""Whose turn it is: first come, first served, and several together where many wait for a few processes.

There is no thread in between: whoever has the turn tells the process, takes what comes of it from there, and
passes the turn on.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from queue import SimpleQueue

from sstc_chat.rag.types import Asking

# So many questions that are encoded together take a fifth less of the processor each; more, little less.
TOGETHER = 4


class EndedError(RuntimeError):
    """What was to be done is not done, for what should have done it has ended."""


@dataclass(frozen=True, eq=False)
class Task:
    """Something to be done with an engine: the work, pickled, and the question that it asks, if it does."""

    work: bytes
    asking: Asking | None
    turns: SimpleQueue[Turn | None] = field(default_factory=SimpleQueue)

    def turn(self) -> Turn:
        """Wait for its turn.

        Raises
        ------
        EndedError
            If that will not come any more.
        """
        turn = self.turns.get()
        if turn is None:
            raise EndedError("No process answers any more.")
        return turn


@dataclass(frozen=True)
class Turn:
    """That it is the turn of a task.

    Attributes
    ----------
    place
        Of the process that does it.
    tasks
        It, and those that the process does next.
    told
        Whether the process has been told to do them.
    again
        Whether the process that was told before has ended.
    """

    place: int
    tasks: Sequence[Task]
    told: bool = False
    again: bool = False


class Waiting:
    """Tasks that wait for a process; safe to use from several threads.

    Parameters
    ----------
    places
        How many processes there are.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._free = list(range(places))
        self._tasks: deque[Task] = deque()
        self._again: deque[Task] = deque()
        self._changing = threading.Lock()
        self._closed = False

    def put(self, task: Task) -> None:
        """Have a task wait for its turn."""
        with self._changing:
            self._tasks.append(task)
            self._share_out()

    def pass_on(self, turn: Turn) -> None:
        """End the turn of what is done."""
        with self._changing:
            if behind := turn.tasks[1:]:
                behind[0].turns.put(replace(turn, tasks=behind, told=True))
            else:
                self._free.append(turn.place)
                self._share_out()

    def put_back(self, turn: Turn) -> None:
        """Have those wait once more whose process has ended, unless it was the second; the place is free."""
        with self._changing:
            self._free.append(turn.place)
            self._again.extend(() if turn.again else turn.tasks)
            self._share_out()

    def close(self) -> None:
        """Let nothing wait any more: no turn comes."""
        with self._changing:
            self._closed = True
            self._share_out()

    def _share_out(self) -> None:
        """Give turns to what has waited longest, as far as there are places."""
        while self._closed and (left := self._again or self._tasks):
            left.popleft().turns.put(None)
        while self._free and (self._again or self._tasks):
            again = bool(self._again)
            # Each by itself, lest one that ends processes takes others along.
            tasks = [self._again.popleft()] if again else self._share()
            tasks[0].turns.put(Turn(self._free.pop(0), tasks, again=again))

    def _share(self) -> list[Task]:
        """Return what is done together: no more than leaves something for every other process."""
        count = min(TOGETHER, math.ceil(len(self._tasks) / self._places))
        return [self._tasks.popleft() for _ in range(count)]
