"""Questions answered in other processes: the same answers, whatever becomes of a process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.documents.spread import SpreadEngine
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import reopened
from sstc_chat.rag.settings import Settings

QUESTIONS = (
    "What is Ejo Heza?",
    "Combien de pays participent aux initiatives ?",
    "How much does a litre of milk cost?",
    "كم عدد البلدان المشاركة في المبادرات؟",
)
BEGIN_TO_ASK = """
import sys, time
from pathlib import Path
from sstc_chat.rag.documents.spread import SpreadEngine
from sstc_chat.rag.opening import open_engine
from sstc_chat.rag.settings import load_settings

if __name__ == "__main__":
    settings = load_settings({"home": sys.argv[1], "processes": 2})
    engine = open_engine(settings, lambda *_: None)
    spread = SpreadEngine(engine, lambda: engine, settings)
    spread.ask("What is Ejo Heza?")
    print(*(one.pid for one in spread._processes), flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def spread_home(engine: Engine, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the built home."""
    assert engine.store.chunks
    copy = tmp_path_factory.mktemp("spread") / "home"
    shutil.copytree(home, copy)
    return copy


@pytest.fixture(scope="module")
def spread(engine: Engine, spread_home: Path, settings: Settings) -> Iterator[SpreadEngine]:
    own = replace(settings, home=spread_home, processes=2)
    begun = SpreadEngine(reopened(engine, own), lambda: reopened(engine, own), own)
    yield begun
    begun.close()


def test_many_at_once_get_what_each_would_get_alone(spread: SpreadEngine, engine: Engine) -> None:
    asked = QUESTIONS * 4
    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(spread.ask, asked))
    alone = {question: engine.ask(question) for question in QUESTIONS}
    for question, answer in zip(asked, answers, strict=True):
        expected = alone[question]
        # How many threads share a product changes its last digits.
        assert answer.confidence == pytest.approx(expected.confidence, abs=1e-5)
        same = replace(answer, milliseconds={}, confidence=expected.confidence)
        assert same == replace(expected, milliseconds={})


def test_what_cannot_be_asked_is_the_same_error(spread: SpreadEngine, engine: Engine) -> None:
    with pytest.raises(QuestionError) as here:
        engine.ask("")
    with pytest.raises(QuestionError) as there:
        spread.ask("")
    assert str(there.value) == str(here.value)
    assert "understand" in str(there.value.__cause__)  # where it was raised


def test_anything_can_be_done_with_an_engine_there(spread: SpreadEngine, engine: Engine) -> None:
    there, here = spread.do(Engine.search, QUESTIONS[0], 3), engine.search(QUESTIONS[0], 3)
    assert [(hit.rank, hit.passage) for hit in there] == [(hit.rank, hit.passage) for hit in here]
    # What was encoded together changes its last digits.
    assert [hit.score for hit in there] == pytest.approx([hit.score for hit in here], abs=1e-4)


def test_a_process_that_is_killed_costs_nobody_an_answer(spread: SpreadEngine, engine: Engine) -> None:
    expected = engine.ask(QUESTIONS[0]).text
    with ThreadPoolExecutor(4) as people:
        waiting = [people.submit(spread.ask, QUESTIONS[0]) for _ in range(12)]
        os.kill(spread._processes[0].pid, signal.SIGKILL)
        assert {one.result().text for one in waiting} == {expected}
    assert spread.ask(QUESTIONS[0]).text == expected


def test_every_process_sees_a_change_of_the_library(
    spread: SpreadEngine, encoders: Mapping[str, Encoder], settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "tea.txt"
    file.write_text("The teapot of Ruritania holds nine cups.")
    editor = Editor(spread._settings.home, encoders, settings.index_settings())
    (identity,) = editor.add(file, "tea.txt").documents
    question = "How many cups does the teapot of Ruritania hold?"
    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(spread.ask, [question] * 8))
    assert all("nine cups" in answer.text for answer in answers)
    editor.remove([identity])
    assert spread.ask(question).refused


@pytest.mark.skipif(sys.platform == "win32", reason="It kills as POSIX does.")
def test_no_process_outlives_the_one_that_serves(spread_home: Path, tmp_path: Path) -> None:
    script = tmp_path / "begin.py"
    script.write_text(BEGIN_TO_ASK)
    with subprocess.Popen([sys.executable, script, spread_home], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        children = [int(one) for one in parent.stdout.readline().split()]
        assert len(children) == 2
        parent.kill()
    deadline = time.monotonic() + 30
    while any(map(is_there, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_there, children))


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
