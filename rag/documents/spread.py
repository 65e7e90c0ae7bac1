"""An engine that answers in processes of their own, so that many people share all processors."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from typing import cast

from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.process import Process, result_of, work_of
from sstc_chat.rag.documents.waiting import TOGETHER, EndedError, Task, Waiting
from sstc_chat.rag.engine import Engine, Result
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.types import Answer, Asking

logger = logging.getLogger(__name__)


class SpreadEngine(CurrentEngine):
    """Answers from the library of a home in several processes; all but answering is done in this one.

    A process of Python keeps one processor busy. Each opens the models and the library for itself, and takes
    what has waited longest when it is free: several questions where many wait, which it encodes together.

    Parameters
    ----------
    engine, reopen
        As for `CurrentEngine`.
    settings
        What each process opens its engine with.
    """

    def __init__(self, engine: Engine, reopen: Callable[[], Engine], settings: Settings) -> None:
        super().__init__(engine, reopen)
        self._settings = settings
        self._waiting = Waiting(settings.processes)
        self._processes = [Process(settings) for _ in range(settings.processes)]
        self._replacing = threading.Lock()
        self._closed = False

    @property
    def at_a_time(self) -> int:
        """How many questions it takes at a time: so many are at work, and as many are ready to be next."""
        return 2 * TOGETHER * self._settings.processes

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question; see `Engine.ask`."""
        asking = text, tuple(history)
        return self.do(Engine.ask, *asking, tuple(documents), asking=asking)

    def do(self, work: Callable[..., Result], *given: object, asking: Asking | None = None) -> Result:
        """Return what `work`, a function of a module, returns of an engine and what it is given.

        Where the process that does it is killed, another takes its place, and the work is done once more.

        Raises
        ------
        EndedError
            If that is killed as well, or it is closed. Any other error is that of `work`.
        """
        task = Task(work_of(work, given), asking)
        self._waiting.put(task)
        return cast("Result", result_of(self._outcome(task)))

    def close(self) -> None:
        """End the processes; what waits is not answered."""
        self._waiting.close()
        with self._replacing:
            self._closed = True
            for process in self._processes:
                process.end()

    def _outcome(self, task: Task) -> bytes:
        while True:
            turn = task.turn()
            try:
                outcome = self._processes[turn.place].outcome(turn)
            except EndedError:
                self._replace(turn.place)
                self._waiting.put_back(turn)
                if turn.again:
                    raise
            else:
                self._waiting.pass_on(turn)
                return outcome

    def _replace(self, place: int) -> None:
        with self._replacing:
            if self._closed:
                return
            logger.warning("A process that answers has ended; another takes its place.")
            try:
                self._processes[place] = Process(self._settings)
            except OSError as error:  # it is tried again with what comes next
                logger.warning("No process can be begun: %s", error)
