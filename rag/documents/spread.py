"""An engine that answers in processes of their own, so that many people share all processors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from queue import SimpleQueue

from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.process import EndedError, Process
from sstc_chat.rag.engine import Engine, Result
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.types import Answer

logger = logging.getLogger(__name__)


class SpreadEngine(CurrentEngine):
    """Answers from the library of a home in several processes; all but answering is done in this one.

    A process of Python keeps one processor busy. Each opens the models and the library for itself.

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
        self._free: SimpleQueue[Process] = SimpleQueue()
        self._processes = [Process(settings) for _ in range(settings.processes)]
        for process in self._processes:
            self._free.put(process)

    @property
    def at_a_time(self) -> int:
        """How many questions it takes at a time: one that is ready waits for each process."""
        return 2 * self._settings.processes

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question; see `Engine.ask`."""
        return self.do(Engine.ask, text, tuple(history), tuple(documents))

    def do(self, work: Callable[..., Result], *given: object) -> Result:
        """Return what `work`, a function of a module, returns of an engine and what it is given.

        It is done in the process that is free first. Where that was killed, another takes its place, and the
        work is done once more.
        """
        process = self._free.get()
        try:
            return process.do(work, given)
        except EndedError:
            process = self._in_place_of(process)
            return process.do(work, given)
        finally:
            self._free.put(process)

    def close(self) -> None:
        """End the processes; what waits is not answered."""
        ended, self._processes = self._processes, []
        for process in ended:
            process.end()

    def _in_place_of(self, ended: Process) -> Process:
        if ended not in self._processes:
            raise EndedError("No process answers any more.")
        logger.warning("A process that answers has ended; another takes its place.")
        process = Process(self._settings)
        self._processes[self._processes.index(ended)] = process
        return process
