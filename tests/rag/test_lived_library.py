"""A library that documents went in and out of answers as one that was made of the same from nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.questions import read_questions
from sstc_chat.rag.evaluation.types import Task
from sstc_chat.rag.output import Json, answer_object
from sstc_chat.rag.settings import Settings

ROOT = Path(__file__).parents[2]
# The development questions are not part of this project.
ASKED = [
    ROOT / "docs" / "example-questions.jsonl",
    *(ROOT.parent / "shared" / "eval" / "report").glob("questions.jsonl"),
]
TEXTS = {
    "care": "Care work is informal in many countries. A fund pays for study tours to Kenya and Madagascar.",
    "forum": "A forum met in Turin, and ministers from nine countries spoke of savings schemes.",
    "tea": "The teapot of Ruritania holds nine cups. It is shown at the Future Leaders course.",
}
Engines = tuple[Engine, Engine]


@pytest.fixture(scope="module")
def engines(
    tmp_path_factory: pytest.TempPathFactory,
    encoders: Mapping[str, Encoder],
    settings: Settings,
    report: Document,
    no_progress: Progress,
) -> Engines:
    """Return engines on a library with a history, and on one without."""

    def changed(home: Path, *changes: Callable[[Library], object]) -> Engine:
        for change in changes:
            with open_library(home) as library:
                change(library)
                build_index(home, library, encoders, settings.index_settings(), no_progress)
        return Engine(open_store(home, encoders, settings.index_settings()), encoders)

    care, forum, tea = (Document(name, name.title(), text, "en") for name, text in TEXTS.items())
    edited = replace(report, text=report.text.replace("Turin", "Trieste").replace("2024", "2023"))
    lived = changed(
        tmp_path_factory.mktemp("lived"),
        lambda library: library.add([care, edited]),
        lambda library: library.add([forum, replace(tea, text=care.text)]),
        lambda library: (library.remove("care"), library.remove(report.id)),
        lambda library: library.bring_back(),
        lambda library: library.add([tea, report]),
        lambda library: library.remove("forum"),
        lambda library: library.add([forum]),
    )
    new = changed(tmp_path_factory.mktemp("new"), lambda library: library.add([tea, report, forum, care]))
    return lived, new


def answered(engine: Engine, task: Task) -> tuple[Json | str, float]:
    """Return what is answered, and the confidence, which depends on vectors in its last bits.

    These depend on what else was encoded with a text.
    """
    try:
        answer = engine.ask(task.question, task.history)
    except QuestionError as error:
        return str(error), 0.0
    return {**answer_object(answer), "milliseconds": None, "confidence": None}, answer.confidence


@pytest.mark.parametrize("path", ASKED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_question_is_answered_the_same(engines: Engines, path: Path) -> None:
    lived, new = engines
    asked = read_questions(path).tasks
    assert asked
    assert list(lived.documents) != list(new.documents)
    for task in asked:
        said, confidence = answered(lived, task)
        expected, near = answered(new, task)
        assert said == expected
        assert confidence == pytest.approx(near, abs=1e-4)
