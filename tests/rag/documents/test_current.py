"""While documents go in and out, questions are answered from what was there; then from what is there."""

from __future__ import annotations

import gc
import shutil
import weakref
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.types import Document
from sstc_chat.index import log
from sstc_chat.index.database import NAME
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import Settings

QUESTION = "How many cups does the teapot of Ruritania hold?"


@pytest.fixture
def editor(
    engine: Engine, home: Path, encoders: Mapping[str, Encoder], settings: Settings, tmp_path: Path
) -> Editor:
    """Return what changes a copy of the built home."""
    assert engine.store.chunks
    shutil.copytree(home, tmp_path / "own")
    return Editor(tmp_path / "own", encoders, settings.index_settings())


@pytest.fixture
def current(editor: Editor) -> Iterator[CurrentEngine]:
    def opened() -> Engine:
        return Engine(open_store(editor.home, editor.encoders, editor.settings), editor.encoders)

    engine = CurrentEngine(opened(), opened)
    yield engine
    engine.now().store.close()


def tea(tmp_path: Path) -> Path:
    file = tmp_path / "tea.txt"
    file.write_text("The teapot of Ruritania holds nine cups.")
    return file


def test_the_next_question_sees_what_has_changed(
    current: CurrentEngine, editor: Editor, tmp_path: Path
) -> None:
    assert current.ask(QUESTION).refused
    before = current.now()
    assert current.now() is before
    (identity,) = editor.add(tea(tmp_path), "tea.txt").documents
    assert current.ask(QUESTION).citations[0].quote == "The teapot of Ruritania holds nine cups."
    assert before.ask(QUESTION).refused  # whoever still has the old one reads on
    assert identity in current.documents
    editor.remove([identity])
    assert current.ask(QUESTION).refused
    assert editor.undo(identity) == [identity]
    assert [one.id for one in current.sources()][-1] == identity


def test_only_the_last_change_is_undone_and_not_another_one_in_its_place(
    editor: Editor, report: Document, tmp_path: Path
) -> None:
    (identity,) = editor.add(tea(tmp_path), "tea.txt").documents
    editor.remove([identity])
    editor.remove([report.id])  # somebody else
    with pytest.raises(DocumentError, match="Add its file again"):
        editor.undo(identity)
    assert editor.undo(report.id) == [report.id]


def test_an_engine_that_cannot_be_opened_leaves_the_one_before(
    current: CurrentEngine, editor: Editor, tmp_path: Path
) -> None:
    other = replace(editor, settings={"chunk_size": 500})
    with open_library(other.home) as library:
        library.add([])
    other.add(tea(tmp_path), "tea.txt")
    assert current.ask(QUESTION).refused
    assert len(current.sources()) == 1


def test_questions_that_come_while_it_changes_are_all_answered(
    current: CurrentEngine, editor: Editor, tmp_path: Path
) -> None:
    file = tea(tmp_path)

    def change() -> None:
        for _ in range(3):
            (identity,) = editor.add(file, "tea.txt").documents
            editor.remove([identity])

    with ThreadPoolExecutor(4) as pool:
        changing = pool.submit(change)
        answers = [pool.submit(current.ask, QUESTION) for _ in range(30)]
        said = {one.result().refused for one in answers}
        changing.result()
    assert said <= {True, False}
    assert current.ask(QUESTION).refused


def test_what_nobody_has_any_more_is_gone_at_once(
    current: CurrentEngine, editor: Editor, tmp_path: Path
) -> None:
    """With its files and its memory, and not when garbage happens to be collected."""
    gone = weakref.ref(current.now().store)
    connection = weakref.ref(current.now().store._tables)  # type: ignore[attr-defined]
    gc.disable()
    try:
        editor.add(tea(tmp_path), "tea.txt")
        assert not current.ask(QUESTION).refused
        assert (gone(), connection()) == (None, None)
    finally:
        gc.enable()


@pytest.mark.parametrize("held", [False, True])
def test_the_log_of_the_tables_does_not_grow_with_every_change(
    current: CurrentEngine, editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, held: bool
) -> None:
    """Unless somebody still reads what was there in the beginning."""
    monkeypatch.setattr(log, "LONG", 1)
    monkeypatch.setattr(log, "PAUSE", 0.0)
    before, sizes = current.now() if held else None, []
    file = tea(tmp_path)
    for _ in range(6):
        (identity,) = editor.add(file, "tea.txt").documents
        assert not current.ask(QUESTION).refused
        editor.remove([identity])
        assert current.ask(QUESTION).refused
        current.now()
        sizes.append(max(path.stat().st_size for path in editor.home.rglob(f"{NAME}-wal")))
    assert (sizes[-1] > sizes[1]) == held
    assert before is None or before.ask(QUESTION).refused
