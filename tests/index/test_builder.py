"""An index holds what was read; a build that fails changes nothing."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import HomeError
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.library import open_library
from sstc_chat.index.store import Store

if TYPE_CHECKING:
    from tests.index.conftest import Make

GAMMA = Document("gamma", "Gamma", "A third text. It has two sentences in English.", "en")
SIZE = 120


def test_an_index_gives_back_what_was_read(make: Make, store: Store) -> None:
    sentences = chunks = 0
    assert [one.id for one in store.sources()] == ["alpha", "beta"]
    for document in make.documents():
        reading = read(document, SIZE)
        lines = store.document_lines(document.id)
        assert [one.number - sentences for one in lines] == list(range(len(reading.sentences)))
        for line, one in zip(lines, reading.sentences, strict=True):
            assert line.section == reading.sections[one.section].path
            assert (line.id, line.text, line.kind) == (one.id, one.text, one.kind)
            assert (line.block, line.spans, line.document_id) == (one.block, one.spans, document.id)
        passages = store.passages(range(chunks, chunks + len(reading.chunks)))
        for passage, chunk in zip(passages.values(), reading.chunks, strict=True):
            assert passage.section == reading.sections[chunk.section].path
            assert (passage.id, passage.text) == (chunk.id, chunk.text)
            assert (passage.spans, passage.document_id) == (chunk.spans, document.id)
            assert (passage.first - sentences, passage.last - sentences) == (chunk.first, chunk.last)
        sentences += len(lines)
        chunks += len(passages)
    assert store.chunks == chunks
    assert store.manifest.documents == {one.id: one.sha256 for one in make.documents()}


def test_an_empty_library_makes_an_index_that_finds_nothing(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    make.built(tmp_path, encoders, [])
    store = make.opened(tmp_path, encoders)
    question = encoders["english"].encode_question("anything")
    assert (store.chunks, store.sources(), store.matching(["anything"], 5)) == (0, [], [])
    assert store.nearest("english", question, 5) == []
    assert (store.vocabulary.words, len(store.vocabulary.vectors), store.known_words()) == ((), 0, {})
    assert (store.chunks_of(["any"]), len(store.chunk_words([]))) == ([], 0)
    assert len(store.evidence([0], {"english": question}).numbers) == 0


def test_an_encoder_that_fails_leaves_the_old_index_in_use(make: Make, tmp_path: Path) -> None:
    encoders, documents = make.encoders(), make.documents()
    manifest = make.built(tmp_path, encoders, documents)
    before = sorted(tmp_path.rglob("*"))
    broken = {**encoders, "multilingual": replace(encoders["multilingual"], fails_after=2, encoded=[])}
    with pytest.raises(RuntimeError, match="broke"):
        make.built(tmp_path, broken, [GAMMA])
    assert sorted(tmp_path.rglob("*")) == before
    assert make.opened(tmp_path, encoders).manifest == manifest
    with open_library(tmp_path) as library:
        assert [one.id for one in library] == ["alpha", "beta"]


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file grow larger than `size`, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_and_leaves_the_old_index_in_use(make: Make, tmp_path: Path) -> None:
    encoders, documents = make.encoders(), make.documents()
    manifest = make.built(tmp_path, encoders, documents)
    with open_library(tmp_path) as library:
        library.add([GAMMA])
        with largest_file(20_000), pytest.raises(HomeError, match="Make room"):
            build_index(tmp_path, library, encoders, {"chunk_size": SIZE}, lambda *_: None)
    assert sorted(path.name for path in tmp_path.glob("generation-*")) == [manifest.folder]
    assert make.opened(tmp_path, encoders).manifest == manifest


def test_old_generations_are_swept_and_nothing_else(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    kept = [tmp_path / "generation-next", tmp_path / "settings.toml", tmp_path / "generations"]
    for path in kept:
        path.mkdir()
    (tmp_path / "generation-4").mkdir()  # left behind by a process that was killed
    manifest = make.built(tmp_path, encoders, make.documents())
    old = make.opened(tmp_path, encoders)
    assert (manifest.generation, manifest.folder) == (5, "generation-5")
    assert make.built(tmp_path, encoders, [GAMMA]).generation == 6
    assert {path.name for path in tmp_path.iterdir()} == {
        *(path.name for path in kept),
        *("generation-6", "manifest.json", "library.sqlite"),
    }
    # Whoever had the old generation open reads on.
    assert [one.id for one in old.sources()] == ["alpha", "beta"]


def test_progress_is_told_until_everything_is_done(make: Make, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    encoders = make.encoders()
    make.built(tmp_path, encoders, make.documents(), progress=lambda *stage: told.append(stage))
    stages = {stage: (done, total) for stage, done, total in told}
    assert list(stages) == ["Reading", "Encoding with word-hash", "Encoding with windows"]
    assert all(done == total for done, total in stages.values())
    assert stages["Reading"] == (2, 2)
    # Once for sentences and chunks, once for words.
    totals = {total for stage, _, total in told if stage == "Encoding with windows"}
    assert len(totals) == 2
    assert sum(totals) == len(encoders["multilingual"].encoded)
