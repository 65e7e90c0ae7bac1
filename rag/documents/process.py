"""A process that has an engine open, and does with it what it is told, one thing after the other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import cast

from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.waiting import EndedError, Turn
from sstc_chat.rag.opening import open_engine, reopening
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.types import Asking

# One that is forked may have locks that nobody opens again.
CONTEXT = multiprocessing.get_context("spawn")


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

    def outcome(self, turn: Turn) -> bytes:
        """Return what comes of the task whose turn it is; see `result_of`.

        The process is told of all tasks of the turn at once, if it was not yet. It does one after the other,
        and what comes of the next one comes next.

        Raises
        ------
        EndedError
            If the process ends before that.
        """
        try:
            if not turn.told:
                self._connection.send([(task.work, task.asking) for task in turn.tasks])
            return self._connection.recv_bytes()
        except Exception as broken:  # whatever it is: what comes over the pipe next would be another's
            self.end()
            raise EndedError(f"The process {self.pid} has ended.") from broken

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
            tasks = connection.recv()
        except (EOFError, OSError):
            return
        _prepare(engine, [asking for _, asking in tasks if asking])
        for work, _ in tasks:
            connection.send_bytes(_done(engine, work))


def _prepare(engine: CurrentEngine, asked: Sequence[Asking]) -> None:
    """Encode together what is asked, if it is several questions."""
    if len(asked) > 1:
        with suppress(Exception):  # what is wrong with one of them is said when it is done itself
            engine.prepare(asked)


def _done(engine: CurrentEngine, work: bytes) -> bytes:
    """Return what comes of some work: its result, or the error that it ended with, and where."""
    try:
        function, given = ForkingPickler.loads(work)
        return _pickled((engine.do(function, *given), None, ""))
    except Exception as error:
        return _pickled((None, error, traceback.format_exc()))


def work_of(function: Callable[..., object], given: Sequence[object]) -> bytes:
    """Return the work of calling a function of a module with an engine and what else it is given."""
    return _pickled((function, given))


def result_of(outcome: bytes) -> object:
    """Return the result that an outcome holds, or raise the error."""
    result, error, trace = ForkingPickler.loads(outcome)
    if error is not None:
        raise error from RuntimeError(trace)
    return result


def _pickled(value: object) -> bytes:
    return bytes(ForkingPickler.dumps(value))
