"""An engine that answers in processes of their own, so that many people share all processors."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait

from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.engine import Engine, open_engine, reopened
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
        self._replacing = threading.Lock()
        self._pool = self._begun()

    @property
    def at_a_time(self) -> int:
        """How many questions it takes at a time: one that is ready waits for each process."""
        return 2 * self._settings.processes

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question; see `Engine.ask`.

        Where a process was killed, others take the place of all, and the question is asked once more.
        """
        pool, asked = self._pool, (text, tuple(history), tuple(documents))
        try:
            return pool.submit(_answer, *asked).result()
        except BrokenProcessPool:
            return self._replaced(pool).submit(_answer, *asked).result()

    def close(self) -> None:
        """End the processes; what waits is not answered."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _begun(self) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(
            self._settings.processes, multiprocessing.get_context("spawn"), _open, (self._settings,)
        )
        begun: list[Future[None]] = [pool.submit(_begin) for _ in range(self._settings.processes)]
        logger.debug("%d processes begin", len(begun))
        return pool

    def _replaced(self, broken: ProcessPoolExecutor) -> ProcessPoolExecutor:
        """Return the pool that takes the place of a broken one; the first who finds it broken makes it."""
        with self._replacing:
            if self._pool is broken:
                logger.warning("A process that answers has ended; others take its place.")
                self._pool = self._begun()
            return self._pool


class _Process:
    """What a process that answers has open."""

    engine: CurrentEngine


def _open(settings: Settings) -> None:
    # Each has a processor to itself: threads that wait for one another would take those of the others.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Ctrl-C ends the process that serves, and that one ends these.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    engine = open_engine(settings, lambda *_: None)
    _Process.engine = CurrentEngine(engine, lambda: reopened(engine, settings))


def _end_with_parent() -> None:
    """End this process when the one that began it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(0)


def _begin() -> None:
    """Do nothing: what is submitted has a process begin that was not needed before."""


def _answer(text: str, history: Sequence[str], documents: Collection[str]) -> Answer:
    return _Process.engine.ask(text, history, documents)
