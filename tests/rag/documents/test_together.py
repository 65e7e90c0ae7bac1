"""A process that is given several things at once: each told when it is done, and none harms another."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from pickle import PicklingError
from types import ModuleType
from typing import Any

import pytest

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.rag.documents.spread import SpreadEngine
from sstc_chat.rag.documents.waiting import TOGETHER, EndedError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import reopened
from sstc_chat.rag.settings import Settings

QUESTIONS = ("What is Ejo Heza?", "Which countries take part?", "Who wrote the report, and for whom?")
# What is done in the process; it must find it, and does not find this file.
WORKS = '''
import os
import time
from pathlib import Path

from sstc_chat.index.exported.encoder import ExportedEncoder

RUNS = []


class OddError(Exception):
    """One that is pickled and then cannot be made again."""

    def __init__(self, one, two):
        super().__init__(one + two)


def wait(engine, gate):
    """Say that it has begun, and wait until the gate is there."""
    Path(f"{gate}.begun").touch()
    while not gate.exists():
        time.sleep(0.01)
    return os.getpid()


def note(engine, file):
    with Path(file).open("a") as opened:
        opened.write("done\\n")


def end(engine):
    os._exit(1)


def fail_oddly(engine):
    raise OddError("a", "b")


def count_runs(engine):
    """Note from now on how many questions the English model is run with."""
    run = ExportedEncoder._vectors

    def noted(encoder, tokens):
        RUNS.append(len(tokens))
        return run(encoder, tokens)

    ExportedEncoder._vectors = noted


def runs(engine):
    return RUNS
'''


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("works")
    (folder / "works_of_a_process.py").write_text(WORKS)
    sys.path.insert(0, str(folder))
    yield importlib.import_module("works_of_a_process")
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def opened(engine: Engine, home: Path, settings: Settings, works: ModuleType) -> Callable[[], SpreadEngine]:
    assert engine.store.chunks
    assert works
    own = replace(settings, home=home, processes=1)
    return lambda: SpreadEngine(reopened(engine, own), lambda: reopened(engine, own), own)


@pytest.fixture(scope="module")
def one(opened: Callable[[], SpreadEngine]) -> Iterator[SpreadEngine]:
    """Return an engine that answers in one other process."""
    spread = opened()
    yield spread
    spread.close()


@pytest.fixture
def people(tmp_path: Path) -> Iterator[ThreadPoolExecutor]:
    """Return people who ask; what they wait for happens at the latest when the test ends."""
    pool = ThreadPoolExecutor(TOGETHER + 2)
    yield pool
    for gate in ("first", "second"):
        (tmp_path / gate).touch()
    pool.shutdown()


@dataclass
class Crowd:
    """People who come while the process has something else to do, so that they wait together."""

    spread: SpreadEngine
    works: ModuleType
    people: ThreadPoolExecutor
    folder: Path

    def come(self, *wanted: Callable[[], Any]) -> list[Future[Any]]:
        """Return what becomes of what they want, who come in this order; all wait for the process."""
        first = self.people.submit(self.spread.do, self.works.wait, self.folder / "first")
        until((self.folder / "first.begun").exists)
        coming = []
        for number, want in enumerate(wanted, start=1):
            coming.append(self.people.submit(want))
            until(lambda: len(self.spread._waiting._tasks) == number)  # noqa: B023 - it is called here
        (self.folder / "first").touch()
        first.result()
        return coming

    def ask(self, question: str) -> Callable[[], Any]:
        return partial(self.spread.ask, question)

    def do(self, work: str, *given: object) -> Callable[[], Any]:
        return partial(self.spread.do, getattr(self.works, work), *given)


@pytest.fixture
def crowd(one: SpreadEngine, works: ModuleType, people: ThreadPoolExecutor, tmp_path: Path) -> Crowd:
    return Crowd(one, works, people, tmp_path)


def until(holds: Callable[[], bool]) -> None:
    while not holds():
        time.sleep(0.005)


def test_each_is_told_when_it_is_done_and_not_when_all_are(
    crowd: Crowd, engine: Engine, tmp_path: Path
) -> None:
    asked, waits, last = crowd.come(
        crowd.ask(QUESTIONS[0]), crowd.do("wait", tmp_path / "second"), crowd.ask(QUESTIONS[1])
    )
    assert asked.result().text == engine.ask(QUESTIONS[0]).text
    assert not last.done()
    (tmp_path / "second").touch()
    assert waits.result() == crowd.spread._processes[0].pid
    assert last.result().text == engine.ask(QUESTIONS[1]).text


def test_questions_that_wait_are_encoded_together(crowd: Crowd, one: SpreadEngine, works: ModuleType) -> None:
    one.do(works.count_runs)
    questions = [f"Who visited the study centre in {city}?" for city in ("Lima", "Accra", "Hanoi", "Turin")]
    answers = [answer.result() for answer in crowd.come(*map(crowd.ask, questions))]
    assert [answer.question.text for answer in answers] == questions
    assert one.do(works.runs) == [TOGETHER]


def test_a_bad_question_spoils_no_other(crowd: Crowd, engine: Engine) -> None:
    bad, good, odd, other = crowd.come(
        crowd.ask(""), crowd.ask(QUESTIONS[0]), crowd.do("fail_oddly"), crowd.ask(QUESTIONS[1])
    )
    with pytest.raises(QuestionError, match="empty"):
        bad.result()
    with pytest.raises(TypeError):  # as it was raised it cannot be made again here
        odd.result()
    answers = [good.result().text, other.result().text]
    assert answers == [engine.ask(question).text for question in QUESTIONS[:2]]


def test_what_cannot_be_sent_is_told_to_who_wants_it(one: SpreadEngine, engine: Engine) -> None:
    with pytest.raises((AttributeError, PicklingError)):
        one.do(lambda _: None)
    assert one.ask(QUESTIONS[0]).text == engine.ask(QUESTIONS[0]).text


def test_what_a_killed_process_has_not_done_is_done_once_more(
    crowd: Crowd, engine: Engine, tmp_path: Path
) -> None:
    noted, waits, *asked = crowd.come(
        crowd.do("note", tmp_path / "noted"),
        crowd.do("wait", tmp_path / "second"),
        *map(crowd.ask, QUESTIONS[:2]),
    )
    until((tmp_path / "second.begun").exists)
    killed = crowd.spread._processes[0].pid
    os.kill(killed, signal.SIGKILL)
    (tmp_path / "second").touch()
    noted.result()
    assert waits.result() != killed
    assert [one.result().text for one in asked] == [engine.ask(question).text for question in QUESTIONS[:2]]
    assert (tmp_path / "noted").read_text() == "done\n"


def test_what_ends_every_process_takes_nothing_else_along(crowd: Crowd, engine: Engine) -> None:
    ends, *asked = crowd.come(crowd.do("end"), *map(crowd.ask, QUESTIONS))
    with pytest.raises(EndedError):
        ends.result()
    assert [one.result().text for one in asked] == [engine.ask(question).text for question in QUESTIONS]


def test_where_no_process_can_be_begun_the_next_who_asks_has_it_tried_again(
    one: SpreadEngine, engine: Engine
) -> None:
    resource = pytest.importorskip("resource")
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    os.kill(one._processes[0].pid, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, most))  # so that there is no pipe to another process
    try:
        with pytest.raises(EndedError):
            one.ask(QUESTIONS[0])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))
    assert one.ask(QUESTIONS[0]).text == engine.ask(QUESTIONS[0]).text


def test_closing_ends_what_is_done_and_what_waits(
    opened: Callable[[], SpreadEngine],
    works: ModuleType,
    people: ThreadPoolExecutor,
    tmp_path: Path,
) -> None:
    spread = opened()
    at_work = people.submit(spread.do, works.wait, tmp_path / "never")
    until((tmp_path / "never.begun").exists)
    waits = people.submit(spread.ask, QUESTIONS[0])
    until(lambda: len(spread._waiting._tasks) == 1)
    spread.close()
    for broken in (at_work, waits, people.submit(spread.ask, QUESTIONS[0])):
        with pytest.raises(EndedError):
            broken.result()
    with pytest.raises(ProcessLookupError):
        os.kill(spread._processes[0].pid, 0)
