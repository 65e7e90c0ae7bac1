"""Ask rounds in the background, so that whoever started one may look elsewhere, come back, or stop it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import ask_round

logger = logging.getLogger(__name__)


@dataclass
class Runner:
    """Asks one round at a time.

    It ends with the program: what was asked is kept, and the round goes on when it is started again.

    Attributes
    ----------
    rounds
        Where they are kept.
    engine
        Returns the engine as it is now; a round keeps to the one that it is started with.
    writer
        Writes prose on the quotes of answers; None where they are given in quotes.
    """

    rounds: Rounds
    engine: Callable[[], Engine]
    writer: Writer | None = None
    _running: set[int] = field(default_factory=set)
    _threads: set[threading.Thread] = field(default_factory=set)
    _failures: dict[int, Exception] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def start(self, number: int) -> None:
        """Ask the questions of a round that are left; it does no harm if that is going on."""
        with self._changed:
            if number in self._running:
                return
            self._running.add(number)
            self._failures.pop(number, None)
            thread = threading.Thread(target=self._run, args=(number,), daemon=True)
            self._threads.add(thread)
        thread.start()

    def stop(self, number: int) -> None:
        """Stop a round behind the question that is being asked."""
        with self._changed:
            self._running.discard(number)
            self._changed.notify_all()

    def is_running(self, number: int) -> bool:
        """Whether a round is being asked, or waits for its turn."""
        return number in self._running

    def is_busy(self) -> bool:
        """Whether any question is being asked, or about to be; one may be when its round was stopped."""
        return bool(self._threads)

    def failure(self, number: int) -> Exception | None:
        """Return why a round could not go on; None if nothing was wrong."""
        return self._failures.get(number)

    def wait(self, seconds: float) -> None:
        """Return when a question has been asked or a round has stopped, or when the time is over."""
        with self._changed:
            self._changed.wait(seconds)

    def _run(self, number: int) -> None:
        try:
            with self._turn, closing(ask_round(self.rounds, self.engine(), number, self.writer)) as places:
                while self.is_running(number) and next(places, None):
                    self._tell()
        except SSTCChatError as error:
            self._failures[number] = error
        except Exception as error:
            logger.exception("A round could not go on")
            self._failures[number] = error
        finally:
            self._threads.discard(threading.current_thread())
            self.stop(number)

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()
