"""FAISS finds what numpy finds, with the same scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.dense import DenseIndex, written
from sstc_chat.index.types import Vectors

DIMENSION = 24


def units(seed: int, count: int) -> Vectors:
    """Return `count` random vectors of length one, shape (count, DIMENSION)."""
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


@given(seed=st.integers(0, 2**32), count=st.integers(1, 200), top=st.integers(1, 250))
@settings(deadline=None, max_examples=100)
def test_search_equals_sorting_all_inner_products(seed: int, count: int, top: int) -> None:
    vectors, question = units(seed, count), units(seed + 1, 1)[0]
    cosines = vectors.astype(np.float64) @ question.astype(np.float64)
    order = np.argsort(-cosines, kind="stable")[:top]
    found = DenseIndex.of(vectors).search(question, top)
    assert [number for number, _ in found] == order.tolist()
    np.testing.assert_allclose([score for _, score in found], cosines[order], rtol=0, atol=1e-6)


def test_a_vector_finds_itself_first_with_a_cosine_of_one() -> None:
    vectors = units(1, 50)
    [(number, score)] = DenseIndex.of(vectors).search(vectors[17], 1)
    assert number == 17
    assert score == pytest.approx(1, abs=1e-6)


def test_no_more_is_found_than_there_is() -> None:
    vectors = units(2, 3)
    assert len(DenseIndex.of(vectors).search(vectors[0], 100)) == 3


def test_an_empty_index_finds_nothing() -> None:
    assert DenseIndex.of(units(3, 0)).search(units(3, 1)[0], 5) == []


def test_none_asked_for_is_none_found() -> None:
    assert DenseIndex.of(units(3, 4)).search(units(3, 1)[0], 0) == []


@pytest.mark.parametrize("count", [0, 1, 40])
def test_an_index_that_was_saved_gives_the_same_answers(count: int, tmp_path: Path) -> None:
    vectors, question = units(4, count), units(5, 1)[0]
    index = DenseIndex.of(vectors)
    path = tmp_path / "with é.faiss"
    index.save(path, 7)
    state, loaded = DenseIndex.load(path)
    assert (state, written(path)) == (7, (7, count))
    assert loaded.search(question, 10) == index.search(question, 10)
    for number in range(count):
        assert loaded.vector(number).tolist() == vectors[number].tolist()


def test_a_file_that_is_not_what_was_written_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "one.faiss"
    DenseIndex.of(units(6, 5)).save(path, 1)
    whole = path.read_bytes()
    for content in (b"", whole[:60], whole[:-1], whole[:-1] + bytes([whole[-1] ^ 4]), b"[]\n", b"{}\nx"):
        path.write_bytes(content)
        with pytest.raises(IndexDamagedError, match=r"one\.faiss"):
            DenseIndex.load(path)
    path.unlink()
    with pytest.raises(IndexDamagedError, match=r"one\.faiss"):
        DenseIndex.load(path)
    assert written(path) == (-1, 0)


Step = tuple[bool, list[int]]
steps = st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 30), unique=True, max_size=12)), max_size=8)


@given(steps=steps, top=st.integers(1, 40))
@settings(deadline=None, max_examples=100)
def test_what_was_added_and_removed_in_any_order_is_found_as_if_it_had_always_been_so(
    steps: list[Step], top: int
) -> None:
    """Many vectors are equal, so that many cosines are."""
    vectors, question = units(7, 5)[np.arange(31) % 5], units(8, 1)[0]
    index, there = DenseIndex.of(units(0, 0)), set[int]()
    for adds, numbers in steps:
        changed = [one for one in numbers if (one in there) != adds]
        if adds:
            index.add([one << 40 for one in changed], vectors[changed])
            there |= set(changed)
        else:
            index.remove([one << 40 for one in changed])
            there -= set(changed)
    assert sorted(index.numbers()) == [one << 40 for one in sorted(there)]
    expected = sorted(there, key=lambda one: (-float(vectors[one] @ question), one))[:top]
    assert [number for number, _ in index.search(question, top)] == [one << 40 for one in expected]
    some = [one for one in sorted(there) if one % 3]
    expected = sorted(some, key=lambda one: (-float(vectors[one] @ question), one))[:top]
    found = index.search(question, top, [one << 40 for one in some])
    assert [number for number, _ in found] == [one << 40 for one in expected]
