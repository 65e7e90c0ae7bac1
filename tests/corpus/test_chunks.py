"""Sentences are packed as a naive packer packs them; naive windows are those of the splitter."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_text_splitters import RecursiveCharacterTextSplitter

from sstc_chat.corpus.chunks import chunk_ranges, recursive_ranges

lengths = st.lists(st.integers(1, 300), max_size=60)


def greedy(lengths: list[int], size: int) -> list[tuple[int, int]]:
    """Put each sentence into the last chunk where it still fits, else into a new one."""
    chunks: list[list[int]] = []
    for number, length in enumerate(lengths):
        if chunks and sum(lengths[one] for one in chunks[-1]) + length <= size:
            chunks[-1].append(number)
        else:
            chunks.append([number])
    return [(chunk[0], chunk[-1] + 1) for chunk in chunks]


@given(lengths, st.integers(1, 500))
@settings(max_examples=200)
def test_without_overlap_chunks_equal_those_of_a_greedy_packer(lengths: list[int], size: int) -> None:
    assert chunk_ranges(lengths, size) == greedy(lengths, size)


@given(lengths, st.integers(50, 500), st.data())
@settings(max_examples=100)
def test_with_overlap_chunks_share_no_more_than_was_asked(
    lengths: list[int], size: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(0, size))
    ranges = chunk_ranges(lengths, size, overlap)
    assert sorted({one for low, high in ranges for one in range(low, high)}) == [*range(len(lengths))]
    for low, high in ranges:
        assert sum(lengths[low:high]) <= size or high - low == 1
    for (_, end), (start, _) in pairwise(ranges):
        assert sum(lengths[start:end]) <= overlap


def test_a_sentence_longer_than_a_chunk_is_a_chunk_alone() -> None:
    assert chunk_ranges([10, 900, 10, 10], 100) == [(0, 1), (1, 2), (2, 4)]


def test_sentences_that_fill_a_chunk_to_the_last_character_share_it() -> None:
    assert chunk_ranges([50, 50, 1], 100) == [(0, 2), (2, 3)]


def test_no_sentences_are_no_chunks() -> None:
    assert chunk_ranges([], 100) == []


@given(st.text("ab. \n", max_size=400), st.integers(20, 60), st.integers(0, 20))
@settings(max_examples=200)
def test_naive_windows_are_those_of_the_splitter(text: str, size: int, overlap: int) -> None:
    """Texts of few letters, in which the same window stands at many places."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=overlap)
    ranges = recursive_ranges(text, size, overlap)
    assert [text[start:end] for start, end in ranges] == splitter.split_text(text)
    assert all(first <= second for (first, _), (second, _) in pairwise(ranges))


def test_two_windows_may_begin_at_the_same_word_when_only_white_space_stood_before_it() -> None:
    text = "  aaaaaaaaaaaaaaa aaa"
    assert recursive_ranges(text, 20, 16) == [(2, 17), (2, 21)]


@pytest.mark.parametrize("text", ["", "   ", "\n\n \n" * 30])
def test_white_space_has_no_windows(text: str) -> None:
    assert recursive_ranges(text, 20, 10) == []


def test_a_window_that_stands_twice_is_found_at_both_places() -> None:
    assert recursive_ranges("one two\n\none two", 10, 0) == [(0, 7), (9, 16)]
