"""What is done to the service while people use it, one thing after the other."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path

from soaking.ledger import Ledger
from soaking.model import Model, Mood
from soaking.service import Service

# The share of the time in which the service is ended and begun again; then it runs on, for its memory.
VIOLENT = 1 / 3
MOST_GAP = 45.0
LONGEST = 20.0
# What a command says where others write just then; it is run again.
TRIES = 5


@dataclass
class Faults:
    """Everything that goes wrong, and how often it did.

    Attributes
    ----------
    ballast
        A file that takes all room of a small file system when it is written; None where there is none.
    gap
        Seconds from the end of one fault to the next.
    began
        When the service began last.
    """

    service: Service
    model: Model
    ledger: Ledger
    ballast: Path | None
    gap: float
    done: Counter[str] = field(default_factory=Counter)
    recoveries: list[float] = field(default_factory=list)
    began: float = 0.0

    def run(self, seconds: float, stopped: threading.Event) -> None:
        """Do all of it in turn until the time is over, and each at least once."""
        violent: list[Callable[[], None]] = [self.kill, self.kill_one_that_answers, self.restart]
        gentle = [
            self.take_model_down,
            self.fill_disk,
            self.build_index,
            self.put_model_in_a_mood,
            self.back_up,
        ]
        begin = time.monotonic()
        turns = cycle([one for pair in zip(cycle(violent), gentle, strict=False) for one in pair])
        calm, first = cycle(gentle), [*violent, *gentle]
        for number in count():
            if time.monotonic() - begin > seconds and number >= len(first):
                return
            late = time.monotonic() - begin > seconds * VIOLENT
            fault = first[number] if number < len(first) else next(calm if late else turns)
            fault()
            self.done[fault.__name__.replace("_", " ")] += 1
            if stopped.wait(self.gap):
                return

    def kill(self) -> None:
        """End the service at once, as when the power goes, and begin it again."""
        with self.ledger.window("down"):
            self.service.kill()
            self._begin()

    def restart(self) -> None:
        """Stop it in good order, and begin it again."""
        with self.ledger.window("down"):
            self.service.stop()
            self._begin()

    def kill_one_that_answers(self) -> None:
        """End one of the processes that answer: nobody is to notice."""
        with self.ledger.window("process"):
            for pid in self.service.answering()[:1]:
                os.kill(pid, signal.SIGKILL)
            time.sleep(self._while())

    def take_model_down(self) -> None:
        """Have no language model."""
        with self.ledger.window("model"):
            self.model.down()
            time.sleep(self._while())
            self.model.up()

    def put_model_in_a_mood(self) -> None:
        """Have one that fails, says nothing, or breaks off."""
        moods: tuple[Mood, ...] = ("broken", "cut", "silent")
        with self.ledger.window("model"):
            self.model.mood = moods[self.done["put model in a mood"] % len(moods)]
            time.sleep(self._while())
            self.model.mood = "well"

    def fill_disk(self) -> None:
        """Have no room on the disk; where there is no small one, no file may grow."""
        with self.ledger.window("full"):
            if self.ballast:
                _fill(self.ballast)
                time.sleep(self._while())
                self.ballast.unlink()
            else:
                self._limit(0)
                time.sleep(self._while())
                self._limit(resource.RLIM_INFINITY)

    def build_index(self) -> None:
        """Have another process build the library anew, and put it in the place of the one in use."""
        self._command("index", "build")

    def back_up(self) -> None:
        """Have another process copy all of it."""
        backup = self.service.home.parent / "backup.zip"
        self._command("backup", str(backup))
        backup.unlink(missing_ok=True)

    def _begin(self) -> None:
        self.recoveries.append(self.service.start())
        self.began = time.monotonic()

    def _while(self) -> float:
        return min(LONGEST, self.gap)

    def _limit(self, most: int) -> None:
        for pid in self.service.pids():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def _command(self, *words: str) -> None:
        for _ in range(TRIES):
            done = self.service.command(*words)
            if not done.returncode:
                return
        self.ledger.find(f"{' '.join(words)}: {done.stderr[-500:]}")


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return
