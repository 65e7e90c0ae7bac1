"""What an index holds already is not encoded again, and no one can tell from its vectors."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import views_of
from sstc_chat.index.library import open_library
from sstc_chat.index.vocabulary import surface_words

if TYPE_CHECKING:
    from tests.index.conftest import Make, WordHash

GAMMA = Document("gamma", "Gamma", "A third text. It has two sentences in English.", "en")
SIZE = 120


def words_of(documents: list[Document]) -> set[str]:
    """Return the words that have to be encoded of `documents`."""
    readings = [read(document, SIZE) for document in documents]
    headings = [heading for reading in readings for section in reading.sections for heading in section.path]
    lines = [one.text for reading in readings for one in reading.sentences if one.kind != "heading"]
    texts = [*(document.title for document in documents), *headings, *lines]
    return {word for text in texts for word in surface_words(text, list)}


def texts_of(documents: list[Document], window: int) -> list[str]:
    """Return the sentences and chunks that have to be encoded of `documents`, each once, sorted."""
    readings = [read(document, SIZE) for document in documents]
    lines = {one.text for reading in readings for one in reading.sentences if one.kind != "heading"}
    views = [view for text in lines for view in views_of(text, window)]
    chunks = {f"{one.context}. {one.text}" for reading in readings for one in reading.chunks}
    return sorted([*views, *chunks])


def encoded(encoders: dict[str, WordHash]) -> dict[str, list[str]]:
    """Return what was encoded since this was asked last, sorted."""
    texts = {role: sorted(one.encoded) for role, one in encoders.items()}
    for one in encoders.values():
        one.encoded.clear()
    return texts


def test_each_text_is_encoded_once_and_never_again(make: Make, tmp_path: Path) -> None:
    encoders, documents = make.encoders(), make.documents()
    make.built(tmp_path, encoders, documents)
    words = words_of(documents)
    assert encoded(encoders) == {
        "english": texts_of(documents, 0),
        "multilingual": sorted([*texts_of(documents, 3), *words]),
    }
    make.built(tmp_path, encoders, [])
    assert encoded(encoders) == {"english": [], "multilingual": []}
    make.built(tmp_path, encoders, [GAMMA])
    assert encoded(encoders) == {
        "english": texts_of([GAMMA], 0),
        "multilingual": sorted([*texts_of([GAMMA], 3), *(words_of([GAMMA]) - words)]),
    }


def test_of_a_document_that_was_changed_only_what_is_new_is_encoded(make: Make, tmp_path: Path) -> None:
    encoders, (alpha, _) = make.encoders(), make.documents()
    make.built(tmp_path, encoders, [alpha])
    encoded(encoders)
    changed = replace(alpha, text="First of all, hello.\n\n" + alpha.text)
    make.built(tmp_path, encoders, [changed])
    known = texts_of([alpha], 0)
    assert encoded(encoders)["english"] == sorted(set(texts_of([changed], 0)) - set(known))


def test_what_is_brought_back_is_not_encoded_again(make: Make, tmp_path: Path) -> None:
    encoders, documents = make.encoders(), make.documents()
    make.built(tmp_path, encoders, documents)
    encoded(encoders)
    make.changed(tmp_path, encoders, lambda library: library.remove("alpha"))
    make.changed(tmp_path, encoders, lambda library: library.bring_back())
    assert encoded(encoders) == {"english": [], "multilingual": []}
    assert [one.id for one in make.opened(tmp_path, encoders).sources()] == ["alpha", "beta"]


def test_a_document_that_was_removed_leaves_nothing_behind_once_another_is(
    make: Make, tmp_path: Path
) -> None:
    encoders = make.encoders()
    make.built(tmp_path, encoders, [*make.documents(), GAMMA])
    for name in ("alpha", "beta"):
        make.changed(tmp_path, encoders, lambda library, name=name: library.remove(name))  # type: ignore[misc]
    store = make.opened(tmp_path, encoders)
    assert store.matching(["workshops"], 9) == []
    assert store.vocabulary.spelled("workshops") == []
    (file,) = tmp_path.rglob("library.sqlite")
    with closing(sqlite3.connect(file)) as connection:

        def count(query: str) -> int:
            return int(connection.execute(f"SELECT count(*) FROM {query}").fetchone()[0])  # noqa: S608

        assert count("words WHERE word = 'Workshops'") == 0
        assert count("taken_out WHERE id = 'alpha'") == 0
        assert count("taken_out WHERE id = 'beta'") == 1
        kept = len({*texts_of([GAMMA], 0), *texts_of(make.documents()[1:], 0)})
        assert count("contents") == count("vectors WHERE model = 'english'") == kept


@pytest.mark.parametrize("change", ["settings", "model", "damage"])
def test_what_cannot_be_used_again_is_encoded_anew(change: str, make: Make, tmp_path: Path) -> None:
    encoders, documents = make.encoders(), make.documents()
    manifest = make.built(tmp_path, encoders, documents)
    encoded(encoders)
    size = SIZE
    if change == "model":
        encoders["english"].checksum = "2"
    if change == "settings":
        size = 60
    if change == "damage":
        with (
            closing(sqlite3.connect(tmp_path / manifest.folder / "library.sqlite")) as connection,
            connection,
        ):
            connection.execute("UPDATE vectors SET vectors = zeroblob(64) WHERE model = 'english'")
    with open_library(tmp_path) as library:
        build_index(tmp_path, library, encoders, {"chunk_size": size}, lambda *_: None, anew=True)
    again = encoded(encoders)
    if change == "settings":
        new = {one.context + ". " + one.text for document in documents for one in read(document, size).chunks}
        assert set(again["english"]) == new - set(texts_of(documents, 0))
    else:
        assert again == {"english": texts_of(documents, 0), "multilingual": []}
    assert make.opened(tmp_path, encoders, {"chunk_size": size}).chunks
