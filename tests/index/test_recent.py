from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.recent import Recent

MOST = 5
QUESTIONS = st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=12)


def squares(numbers: Iterable[int]) -> dict[int, int]:
    """Return the square of each even number; odd ones have none."""
    return {number: number**2 for number in numbers if number % 2 == 0}


@given(QUESTIONS)
def test_what_is_remembered_is_what_would_be_read_and_no_more_than_asked_for(
    questions: list[list[int]],
) -> None:
    recent = Recent(squares, MOST)
    for numbers in questions:
        assert recent.of(numbers) == squares(numbers)
        assert len(recent._known) <= max(MOST, len(set(numbers)))


def test_what_was_read_lately_is_not_read_again() -> None:
    read: list[list[int]] = []

    def reading(numbers: list[int]) -> dict[int, int]:
        read.append(numbers)
        return squares(numbers)

    recent = Recent(reading, MOST)
    for numbers in ([2, 4], [4, 2], [4, 6, 6], [0, 8, 10, 12], [8]):
        assert recent.of(numbers) == squares(numbers)
    assert read == [[2, 4], [6], [0, 8, 10, 12]]


def test_what_is_asked_for_together_stays_together_however_much_it_is() -> None:
    read: list[list[str]] = []

    def lengths(words: list[str]) -> dict[str, int]:
        read.append(words)
        return {word: len(word) for word in words}

    recent = Recent(lengths, 3)
    first, together = ["tea", "pot"], ["pot", "kettle", "oven", "harbour"]
    assert recent.of(first) == {"tea": 3, "pot": 3}
    assert recent.of(together) == recent.of(together) == {"pot": 3, "kettle": 6, "oven": 4, "harbour": 7}
    assert read == [first, together[1:]]
    assert all(word in recent for word in together)
    assert "tea" not in recent


@given(QUESTIONS)
def test_threads_do_not_mix(questions: list[list[int]]) -> None:
    recent = Recent(squares, MOST)
    with ThreadPoolExecutor(4) as pool:
        for numbers, found in zip(questions, pool.map(recent.of, questions), strict=True):
            assert found == squares(numbers)
