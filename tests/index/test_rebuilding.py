"""What an index holds already is not encoded again, and no one can tell from its vectors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import views_of
from sstc_chat.index.library import open_library
from sstc_chat.index.store import Store
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
    """Return the sentences and chunks that have to be encoded of `documents`, sorted."""
    readings = [read(document, SIZE) for document in documents]
    lines = [one for reading in readings for one in reading.sentences if one.kind != "heading"]
    views = [view for one in lines for view in views_of(one.text, window)]
    chunks = [f"{one.context}. {one.text}" for reading in readings for one in reading.chunks]
    return sorted([*views, *chunks])


def encoded(encoders: dict[str, WordHash]) -> dict[str, list[str]]:
    """Return what was encoded since this was asked last, sorted."""
    texts = {role: sorted(one.encoded) for role, one in encoders.items()}
    for one in encoders.values():
        one.encoded.clear()
    return texts


def assert_same_vectors(one: Store, other: Store) -> None:
    assert one.vocabulary.words == other.vocabulary.words
    np.testing.assert_array_equal(one.vocabulary.vectors, other.vocabulary.vectors)
    np.testing.assert_array_equal(one.vocabulary.chunks, other.vocabulary.chunks)
    for role in one.manifest.models:
        first, second = one.known_vectors(role), other.known_vectors(role)
        assert first.keys() == second.keys()
        for identity, vectors in first.items():
            np.testing.assert_array_equal(vectors, second[identity])


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


def test_an_index_that_grew_equals_one_built_from_nothing(make: Make, tmp_path: Path) -> None:
    encoders, documents = make.encoders(), make.documents()
    for document in (*documents, GAMMA):
        make.built(tmp_path / "grew", encoders, [document])
    make.built(tmp_path / "new", encoders, [*documents, GAMMA])
    grew, new = (make.opened(tmp_path / name, encoders) for name in ("grew", "new"))
    assert_same_vectors(grew, new)
    assert grew.manifest.fingerprint() == new.manifest.fingerprint()
    question = encoders["english"].encode_question("study tours in Kenya")
    assert grew.nearest("english", question, 9) == new.nearest("english", question, 9)
    assert grew.matching(["tours", "third"], 9) == new.matching(["tours", "third"], 9)


def test_a_document_that_was_removed_leaves_nothing_behind(make: Make, tmp_path: Path) -> None:
    encoders, documents = make.encoders(), make.documents()
    make.built(tmp_path, encoders, documents)
    with open_library(tmp_path) as library:
        library.remove("alpha")
        build_index(tmp_path, library, encoders, {"chunk_size": SIZE}, lambda *_: None)
    make.built(tmp_path / "new", encoders, documents[1:])
    store, new = make.opened(tmp_path, encoders), make.opened(tmp_path / "new", encoders)
    assert [one.id for one in store.sources()] == ["beta"]
    assert_same_vectors(store, new)
    assert store.matching(["workshops"], 9) == []
    assert store.vocabulary.spelled("workshops") == []


@pytest.mark.parametrize("change", ["settings", "model", "damage"])
def test_what_cannot_be_used_again_is_encoded_anew(change: str, make: Make, tmp_path: Path) -> None:
    encoders, documents = make.encoders(), make.documents()
    manifest = make.built(tmp_path, encoders, documents)
    encoded(encoders)
    if change == "model":
        encoders["english"].checksum = "2"
    if change == "damage":
        (tmp_path / manifest.folder / "english.faiss").write_bytes(b"damaged")
    size = SIZE - (change == "settings")
    make.built(tmp_path, encoders, [], {"chunk_size": size})
    assert encoded(encoders)["english"] == texts_of(documents, 0)
    assert make.opened(tmp_path, encoders, {"chunk_size": size}).chunks
