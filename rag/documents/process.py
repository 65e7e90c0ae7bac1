"""A process that has an engine open, and does with it what it is told, one thing after the other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, cast

from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.engine import Result, open_engine, reopening
from sstc_chat.rag.settings import Settings

# One that is forked may have locks that nobody opens again.
CONTEXT = multiprocessing.get_context("spawn")


class EndedError(RuntimeError):
    """The process has ended, and what it was told is not done."""


class Process:
    """A process with an engine; what is told to it goes over a pipe of its own, and no thread is in between.

    Parameters
    ----------
    settings
        What it opens its engine with.
    """

    def __init__(self, settings: Settings) -> None:
        self._connection, there = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_work, args=(there, settings), daemon=True)
        self._process.start()
        there.close()  # so that the end of the process is the end of what comes from it

    @property
    def pid(self) -> int:
        """By which the system knows it."""
        return cast("int", self._process.pid)

    def do(self, work: Callable[..., Result], given: Sequence[object]) -> Result:
        """Return what `work`, a function of a module, returns of the engine and what else it is given.

        Raises
        ------
        EndedError
            If the process ends before that. Any other error is that of `work`.
        """
        try:
            self._connection.send((work, given))
            result, error, trace = self._connection.recv()
        except (EOFError, OSError) as broken:
            raise EndedError(f"The process {self.pid} has ended.") from broken
        if error is not None:
            raise error from RuntimeError(trace)
        return cast("Result", result)

    def end(self) -> None:
        """End it; what it was told is not done."""
        self._process.terminate()
        self._process.join()


def _work(connection: Connection, settings: Settings) -> None:
    """Do what comes over `connection`, until the process at its other end closes it or is gone."""
    # Each has a processor to itself: threads that wait for one another would take those of the others.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Ctrl-C ends the process that serves, and that one ends these.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    opened = open_engine(settings, lambda *_: None)
    engine = CurrentEngine(opened, reopening(opened, settings))
    del opened  # it would keep the library as it is now
    while True:
        try:
            work, given = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_done(engine, work, given))


def _done(
    engine: CurrentEngine, work: Callable[..., object], given: Sequence[Any]
) -> tuple[object, Exception | None, str]:
    """Return what comes of some work: its result, or the error that it ended with, and where."""
    try:
        return engine.do(work, *given), None, ""
    except Exception as error:
        return None, error, traceback.format_exc()
