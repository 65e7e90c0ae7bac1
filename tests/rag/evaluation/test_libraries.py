"""Which documents are asked: those of the home, those beside the questions, or none, with the remedy."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import EvaluationError
from sstc_chat.corpus.types import Document
from sstc_chat.index.encoders import file_sum
from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.libraries import open_documents
from sstc_chat.rag.evaluation.types import QuestionSet, Task

MakeTask = Callable[..., Task]
ROWS = [
    {"id": "tea", "title": "Tea", "text": "The teapot of Ruritania holds nine cups."},
    {"id": "oars", "title": "Oars", "text": "A boat has eight oars.\nIt has one mast."},
]


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """Return a file for questions, beside which a corpus lies."""
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    return tmp_path / "questions.jsonl"


def noted(stages: list[str], stage: str, _done: int, _total: int) -> None:
    stages.append(stage)


def asking(path: Path, task: Task) -> QuestionSet:
    return QuestionSet("set", path, "f11e", (task,))


def test_a_set_without_gold_documents_is_asked_of_the_home(
    engine: Engine, make_task: MakeTask, beside: Path, no_progress: Progress
) -> None:
    with open_documents(asking(beside, make_task()), engine, beside.parent, no_progress) as (opened, corpus):
        assert opened is engine
    assert (corpus.name, corpus.documents, len(corpus.sha256)) == ("the library", 1, 64)


def test_a_set_about_documents_of_the_home_is_asked_of_the_home(
    engine: Engine, report: Document, make_task: MakeTask, beside: Path, no_progress: Progress
) -> None:
    questions = asking(beside, make_task(gold=(report.id,)))
    with open_documents(questions, engine, beside.parent, no_progress) as (opened, _):
        assert opened is engine


def test_a_set_about_other_documents_is_asked_of_those_beside_it(
    engine: Engine, make_task: MakeTask, beside: Path, tmp_path: Path
) -> None:
    """They are read and encoded once: the second time, nothing is done."""
    questions, home = asking(beside, make_task(gold=("tea",))), tmp_path / "home"
    first: list[str] = []
    second: list[str] = []
    for stages in (first, second):
        progress = partial(noted, stages)
        with open_documents(questions, engine, home, progress) as (opened, corpus):
            assert list(opened.documents) == ["tea", "oars"]
            assert opened.search("How many cups does the teapot hold?", 1)[0].passage.document_id == "tea"
    checksum = file_sum(tmp_path / "corpus.jsonl")
    assert (corpus.name, corpus.documents, corpus.sha256) == ("corpus.jsonl", 2, checksum)
    assert {stage.split()[0] for stage in first} == {"Reading", "Encoding"}
    assert second == []
    assert [path.name for path in (home / "evaluation").iterdir()] == [checksum[:16]]


def test_a_kept_index_whose_vectors_are_damaged_is_mended(
    engine: Engine, make_task: MakeTask, beside: Path, tmp_path: Path, no_progress: Progress
) -> None:
    questions = asking(beside, make_task(gold=("oars",)))
    with open_documents(questions, engine, tmp_path, no_progress):
        (file,) = tmp_path.glob("evaluation/*/generation-1/english.faiss")
    file.write_bytes(b"")
    with open_documents(questions, engine, tmp_path, no_progress) as (opened, _):
        assert list(opened.documents) == ["tea", "oars"]


def test_an_index_that_other_code_made_is_built_again_without_encoding_again(
    engine: Engine, make_task: MakeTask, beside: Path, tmp_path: Path, no_progress: Progress
) -> None:
    questions = asking(beside, make_task(gold=("oars",)))
    with open_documents(questions, engine, tmp_path, no_progress) as (opened, _):
        assert opened.store.manifest.generation == 1
    (stamp,) = tmp_path.glob("evaluation/*/code.sha256")
    stamp.write_text("another sum", "utf-8")
    stages: list[str] = []
    with open_documents(questions, engine, tmp_path, partial(noted, stages)) as (opened, _):
        assert opened.store.manifest.generation == 2
    assert set(stages) == {"Reading"}


def test_missing_documents_are_named_with_the_remedy(
    engine: Engine, make_task: MakeTask, beside: Path, tmp_path: Path, no_progress: Progress
) -> None:
    questions = asking(beside, make_task(gold=("coffee", "milk", "tea")))
    message = r"asks about 'coffee' and 1 others, not in .*corpus\.jsonl\. Add a row"
    with (
        pytest.raises(EvaluationError, match=message),
        open_documents(questions, engine, tmp_path, no_progress),
    ):
        pass
    (tmp_path / "corpus.jsonl").unlink()
    message = r"asks about 'coffee' and 2 others, not in the library of .*Put corpus\.jsonl beside it"
    with (
        pytest.raises(EvaluationError, match=message),
        open_documents(questions, engine, tmp_path, no_progress),
    ):
        pass
