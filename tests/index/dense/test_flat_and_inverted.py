"""FAISS finds what numpy finds, with the same scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.dense.inverted_file import InvertedFile
from sstc_chat.index.types import Vectors

DIMENSION = 24


def units(seed: int, count: int) -> Vectors:
    """Return `count` random vectors of length one, shape (count, DIMENSION)."""
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


@given(seed=st.integers(0, 2**32), count=st.integers(1, 200), top=st.integers(1, 250))
@settings(max_examples=100)
def test_search_equals_sorting_all_inner_products(seed: int, count: int, top: int) -> None:
    vectors, question = units(seed, count), units(seed + 1, 1)[0]
    cosines = vectors.astype(np.float64) @ question.astype(np.float64)
    order = np.argsort(-cosines, kind="stable")[:top]
    found = FlatIndex.of(vectors).search(question, top)
    assert [number for number, _ in found] == order.tolist()
    np.testing.assert_allclose([score for _, score in found], cosines[order], rtol=0, atol=1e-6)


def test_a_vector_finds_itself_first_with_a_cosine_of_one() -> None:
    vectors = units(1, 50)
    [(number, score)] = FlatIndex.of(vectors).search(vectors[17], 1)
    assert number == 17
    assert score == pytest.approx(1, abs=1e-6)


def test_no_more_is_found_than_there_is() -> None:
    vectors = units(2, 3)
    assert len(FlatIndex.of(vectors).search(vectors[0], 100)) == 3


def test_an_empty_index_finds_nothing() -> None:
    assert FlatIndex.of(units(3, 0)).search(units(3, 1)[0], 5) == []


def test_none_asked_for_is_none_found() -> None:
    assert FlatIndex.of(units(3, 4)).search(units(3, 1)[0], 0) == []


Step = tuple[bool, list[int]]
steps = st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 30), unique=True, max_size=12)), max_size=8)


@given(steps=steps, top=st.integers(1, 40))
@settings(max_examples=100)
def test_what_was_added_and_removed_in_any_order_is_found_as_if_it_had_always_been_so(
    steps: list[Step], top: int
) -> None:
    """Many vectors are equal, so that many cosines are."""
    vectors, question = units(7, 5)[np.arange(31) % 5], units(8, 1)[0]
    index, there = FlatIndex.of(units(0, 0)), set[int]()
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


def inverted(vectors: Vectors, lists: int) -> InvertedFile:
    made = InvertedFile.trained(vectors, lists)
    made.add([place << 40 for place in range(len(vectors))], vectors)
    return made


@given(seed=st.integers(0, 2**32), count=st.integers(1, 200), top=st.integers(1, 20))
@settings(max_examples=50)
def test_an_inverted_file_searched_in_all_its_lists_finds_what_is_nearest_as_far_as_sixteen_bits_tell(
    seed: int, count: int, top: int
) -> None:
    vectors, question = units(seed, count), units(seed + 1, 1)[0]
    found = inverted(vectors, min(count, 8)).candidates(question, top, probes=8)
    cosines = vectors @ question
    expected = np.sort(cosines)[::-1][:top]
    np.testing.assert_allclose([score for _, score in found], expected, atol=1e-3)
    np.testing.assert_allclose([cosines[number >> 40] for number, _ in found], expected, atol=1e-3)


def test_an_inverted_file_keeps_to_what_it_is_limited_to() -> None:
    vectors, question = units(11, 300), units(12, 1)[0]
    file = inverted(vectors, 16)
    some = {place << 40 for place in range(0, 300, 7)}
    within = file.candidates(question, 300, probes=16, within=some)
    without = file.candidates(question, 300, probes=16, without=some)
    assert {number for number, _ in within} == some
    assert {number for number, _ in without} == {place << 40 for place in range(300)} - some
    file.remove(some)
    assert sorted(file.numbers().tolist()) == sorted(number for number, _ in without)
    assert len(file) == len(without)


def test_the_same_sample_gives_the_same_lists() -> None:
    vectors, question = units(13, 500), units(14, 1)[0]
    once, again = (inverted(vectors, 16).candidates(question, 50, probes=3) for _ in range(2))
    assert once == again
