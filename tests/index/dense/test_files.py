"""What is written of an index comes back as it was, or is found to be damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.dense.files import check_sum, load_flat, load_inverted, said_of, save
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.inverted_file import InvertedFile
from sstc_chat.index.types import Vectors


def units(seed: int, count: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, 24))
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.mark.parametrize("count", [0, 1, 40])
def test_a_flat_index_that_was_saved_gives_the_same_answers(count: int, tmp_path: Path) -> None:
    vectors, question = units(4, count), units(5, 1)[0]
    index = FlatIndex.of(vectors)
    path = tmp_path / "with é.faiss"
    save(index, path, 7)
    said = said_of(path)
    loaded = load_flat(path, said)
    assert (said.kind, said.state, said.count) == ("Flat", 7, count)
    assert loaded.search(question, 10) == index.search(question, 10)
    for number in range(count):
        assert loaded.vector(number).tolist() == vectors[number].tolist()


@pytest.mark.parametrize("mapped", [True, False])
def test_an_inverted_file_that_was_saved_gives_the_same_answers(mapped: bool, tmp_path: Path) -> None:
    vectors, question = units(6, 200), units(7, 1)[0]
    index = InvertedFile.trained(vectors, 8)
    index.add(range(200), vectors)
    path = tmp_path / "with é.faiss"
    save(index, path, 7)
    said = said_of(path)
    check_sum(path, said)
    loaded = load_inverted(path, said, mapped=mapped)
    assert (said.kind, said.state, said.count) == ("IVF8,SQfp16", 7, 200)
    assert loaded.candidates(question, 10, 2) == index.candidates(question, 10, 2)
    assert loaded.numbers().tolist() == index.numbers().tolist()


def test_a_file_that_is_not_what_was_written_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "one.faiss"
    save(FlatIndex.of(units(6, 5)), path, 1)
    whole = path.read_bytes()
    middle = whole[:60] + bytes([whole[60] ^ 4]) + whole[61:]
    for content in (b"", whole[:60], whole[:-1], middle, b"[]\n", b"{}\nx", whole + b"\n"):
        path.write_bytes(content)
        with pytest.raises(IndexDamagedError, match=r"one\.faiss"):
            load_flat(path, said_of(path))
    path.unlink()
    with pytest.raises(IndexDamagedError, match=r"one\.faiss"):
        said_of(path)


def test_an_inverted_file_is_found_to_be_damaged_in_what_is_parsed_and_by_verifying_everywhere(
    tmp_path: Path,
) -> None:
    path = tmp_path / "one.faiss"
    index = InvertedFile.trained(units(6, 60), 4)
    index.add(range(60), units(6, 60))
    save(index, path, 1)
    whole, said = path.read_bytes(), said_of(path)
    assert said.parsed + index.held == said.size
    for place in (10, said.parsed - 1, said.parsed, said.size - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises(IndexDamagedError, match="its sum is not"):
            check_sum(path, said_of(path))
        if place < said.parsed:
            with pytest.raises(IndexDamagedError, match="its sum is not"):
                load_inverted(path, said_of(path))


def test_a_file_of_another_kind_than_it_says_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "one.faiss"
    save(FlatIndex.of(units(6, 60)), path, 1)
    with pytest.raises(IndexDamagedError, match="another kind"):
        load_inverted(path, replace(said_of(path), kind="IVF8,SQfp16"))
