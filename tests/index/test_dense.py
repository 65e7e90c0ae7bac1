"""FAISS finds what numpy finds, with the same scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.index.dense import DenseIndex
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
    index.save(tmp_path / "with é.faiss")
    loaded = DenseIndex.load(tmp_path / "with é.faiss")
    assert loaded.search(question, 10) == index.search(question, 10)
    for number in range(count):
        assert loaded.vector(number).tolist() == vectors[number].tolist()
