"""An index holds what was read; a build that fails changes nothing."""

from __future__ import annotations

import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import HomeError
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.store import Store

if TYPE_CHECKING:
    from tests.index.conftest import Make

GAMMA = Document("gamma", "Gamma", "A third text. It has two sentences in English.", "en")
SIZE = 120


def test_an_index_gives_back_what_was_read(make: Make, store: Store) -> None:
    assert [one.id for one in store.sources()] == ["alpha", "beta"]
    chunks = 0
    for document in make.documents():
        reading = read(document, SIZE)
        lines = store.document_lines(document.id)
        first = lines[0].number
        assert [one.number - first for one in lines] == list(range(len(reading.sentences)))
        for line, one in zip(lines, reading.sentences, strict=True):
            assert line.section == reading.sections[one.section].path
            assert (line.id, line.text, line.kind) == (one.id, one.text, one.kind)
            assert (line.block, line.spans, line.document_id) == (one.block, one.spans, document.id)
        passages = store.passages(sorted(store.chunks_of([document.id])))
        for passage, chunk in zip(passages.values(), reading.chunks, strict=True):
            assert passage.section == reading.sections[chunk.section].path
            assert (passage.id, passage.text) == (chunk.id, chunk.text)
            assert (passage.spans, passage.document_id) == (chunk.spans, document.id)
            assert (passage.first - first, passage.last - first) == (chunk.first, chunk.last)
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
    assert (store.vocabulary.words, len(store.vocabulary.vectors)) == ((), 0)
    assert (store.chunks_of(["any"]), len(store.chunk_words([]))) == ([], 0)
    assert len(store.evidence([0], {"english": question}).numbers) == 0


def add_gamma(home: Path, encoders: Mapping[str, Encoder], *, anew: bool) -> None:
    with open_library(home) as library:
        library.add([GAMMA])
        build_index(home, library, encoders, {"chunk_size": SIZE}, lambda *_: None, anew=anew)


@pytest.mark.parametrize("anew", [False, True])
def test_an_encoder_that_fails_leaves_the_old_index_in_use(anew: bool, make: Make, tmp_path: Path) -> None:
    encoders, documents = make.encoders(), make.documents()
    make.built(tmp_path, encoders, documents)
    before = sorted(tmp_path.rglob("*"))
    broken: dict[str, Encoder] = {
        **encoders,
        "multilingual": replace(encoders["multilingual"], fails_after=2, encoded=[]),
    }
    with pytest.raises(RuntimeError, match="broke"):
        add_gamma(tmp_path, broken, anew=anew)
    assert sorted(tmp_path.rglob("*")) == before
    assert [one.id for one in make.opened(tmp_path, encoders).sources()] == ["alpha", "beta"]
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


@pytest.mark.parametrize("anew", [False, True])
@pytest.mark.parametrize("size", [5_000, 200_000])
def test_a_full_disk_is_said_and_leaves_the_old_index_in_use(
    anew: bool, size: int, make: Make, tmp_path: Path
) -> None:
    encoders, documents = make.encoders(), make.documents()
    make.built(tmp_path, encoders, documents)
    with largest_file(size), pytest.raises(HomeError, match=r"[Mm]ake room"):
        add_gamma(tmp_path, encoders, anew=anew)
    assert [path.name for path in tmp_path.glob("generation-*")] == ["generation-1"]
    assert [one.id for one in make.opened(tmp_path, encoders).sources()] == ["alpha", "beta"]


def test_a_change_that_is_made_is_not_said_to_have_failed(make: Make, tmp_path: Path) -> None:
    """Nothing can be written where the FAISS files are, which are made of what is kept already."""
    encoders = make.encoders()
    make.built(tmp_path, encoders, make.documents())
    for path in tmp_path.glob("generation-*/*.faiss"):
        path.unlink()
        (path / "in the way").mkdir(parents=True)
    add_gamma(tmp_path, encoders, anew=False)
    opened = make.opened(tmp_path, encoders)
    assert [one.id for one in opened.sources()] == ["alpha", "beta", "gamma"]
    assert len(opened.nearest("english", encoders["english"].encode_question("a"), 99)) == opened.chunks


def test_a_change_stays_in_its_generation_and_other_settings_make_a_new_one(
    make: Make, tmp_path: Path
) -> None:
    encoders = make.encoders()
    kept = [tmp_path / "generation-next", tmp_path / "settings.toml", tmp_path / "generations"]
    for path in kept:
        path.mkdir()
    (tmp_path / "generation-4").mkdir()  # left behind by a process that was killed
    manifest = make.built(tmp_path, encoders, make.documents())
    old = make.opened(tmp_path, encoders)
    assert (manifest.generation, manifest.folder) == (1, "generation-1")
    assert make.built(tmp_path, encoders, [GAMMA]).generation == 1
    assert make.built(tmp_path, encoders, [], {"chunk_size": SIZE - 1}).generation == 2
    assert {path.name for path in tmp_path.iterdir()} == {
        *(path.name for path in kept),
        *("generation-2", "manifest.json", "writer.lock"),
    }
    # Whoever had the library open reads on.
    assert [one.id for one in old.sources()] == ["alpha", "beta"]
    assert len(old.document_lines("alpha")) == len(read(make.documents()[0], SIZE).sentences)


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
