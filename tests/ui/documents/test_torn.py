"""What is read of a library belongs together, also where a document goes between two looks at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.store import open_store
from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.settings import Settings
from sstc_chat.ui.api.serving import Service
from sstc_chat.ui.desk.place import place_html
from sstc_chat.ui.languages.words import words_in
from sstc_chat.ui.reading.report import open_report

TEA = "The teapot of Ruritania holds nine cups."
WORDS = words_in("en")


class Restless(CurrentEngine):
    """An engine whose library changes after each look at it: a document goes in, and out again."""

    def __init__(self, editor: Editor, file: Path) -> None:
        def opened() -> Engine:
            return Engine(open_store(editor.home, editor.encoders, editor.settings), editor.encoders)

        super().__init__(opened(), opened)
        self._editor, self._file, self._there = editor, file, ""
        self.now()

    def now(self) -> Engine:
        """Return the engine as it is now, and change the library before anybody asks again."""
        found = super().now()
        if self._there:
            self._editor.remove([self._there])
            self._there = ""
        else:
            (self._there,) = self._editor.add(self._file, "tea.txt").documents
        return found


@pytest.fixture
def restless(
    engine: Engine, home: Path, encoders: Mapping[str, Encoder], settings: Settings, tmp_path: Path
) -> Iterator[Restless]:
    """Return an engine of which the next look has the report and the teapot, and the one after it has not."""
    assert engine.store.chunks
    shutil.copytree(home, tmp_path / "own")
    (tmp_path / "tea.txt").write_text(TEA)
    found = Restless(Editor(tmp_path / "own", encoders, settings.index_settings()), tmp_path / "tea.txt")
    yield found
    CurrentEngine.now(found).store.close()


def test_the_list_of_documents_is_of_one_moment(restless: Restless) -> None:
    assert len(Service(restless, Path()).documents()) == 2
    assert len(Service(restless, Path()).documents()) == 1


def test_a_document_is_shown_as_it_was_when_it_was_found(restless: Restless) -> None:
    """Its sentences with the characters that stand where they say, and not with those of nothing."""
    held = restless.now()
    restless.now()
    tea = held.sources()[-1].id
    assert open_report(restless, WORDS, tea) == open_report(held, WORDS, tea)


def test_a_quote_is_shown_in_its_place(restless: Restless) -> None:
    (citation,) = restless.now().ask("How many cups does the teapot of Ruritania hold?").citations
    restless.now()
    assert TEA in place_html(citation, restless, WORDS)


def test_an_answer_is_checked_against_the_documents_of_one_moment(restless: Restless) -> None:
    answer = restless.now().ask("How many cups does the teapot of Ruritania hold?")
    restless.now()
    found = Service(restless, Path()).check([record_of(answer)])
    assert found["counts"]["same"] == len(answer.citations) > 0
    assert found["holds"]
