"""Turns come in the order in which people came, and every process has a fair share of what is to be done."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.documents.waiting import TOGETHER, EndedError, Task, Turn, Waiting


def coming(count: int) -> list[Task]:
    return [Task(b"", None) for _ in range(count)]


def turns_of(tasks: list[Task]) -> list[Turn]:
    """Return the turns that have come, in the order of the tasks."""
    turns = [task.turns.get_nowait() for task in tasks if not task.turns.empty()]
    return [turn for turn in turns if turn]


@given(st.integers(1, 5), st.lists(st.integers(0, 12), max_size=6), st.randoms())
def test_everybody_has_one_turn_and_nobody_overtakes(
    places: int, arrivals: list[int], chance: Random
) -> None:
    waiting, tasks, begun = Waiting(places), list[Task](), list[Task]()
    at_work: dict[int, list[Task]] = {}
    for arriving in [*arrivals, *[0] * 200]:
        new = coming(arriving)
        tasks += new
        for task in new:
            waiting.put(task)
        for turn in turns_of(tasks):
            if turn.told:  # the next of those that the process was told of together
                assert list(turn.tasks) == at_work[turn.place][1:]
            else:
                assert turn.place not in at_work
                begun += turn.tasks
            at_work[turn.place] = list(turn.tasks)
        assert begun == tasks[: len(begun)]
        assert len(at_work) == places or len(begun) == len(tasks)
        if at_work:
            place = chance.choice(sorted(at_work))
            done = at_work[place] if len(at_work[place]) > 1 else at_work.pop(place)
            waiting.pass_on(Turn(place, done, told=True))
    assert begun == tasks


def test_a_share_leaves_something_for_every_other_process() -> None:
    waiting = Waiting(2)
    tasks = coming(2 + 5)
    for task in tasks:
        waiting.put(task)
    for first in turns_of(tasks):
        assert len(first.tasks) == 1
        waiting.pass_on(first)
    assert [list(turn.tasks) for turn in turns_of(tasks)] == [tasks[2:5], tasks[5:6]]


def test_no_more_are_done_together_than_brings_something() -> None:
    waiting = Waiting(1)
    tasks = coming(1 + 3 * TOGETHER)
    for task in tasks:
        waiting.put(task)
    waiting.pass_on(tasks[0].turn())
    assert list(tasks[1].turn().tasks) == tasks[1 : 1 + TOGETHER]


def test_what_was_broken_off_is_next_and_each_by_itself_and_only_once() -> None:
    waiting = Waiting(1)
    first, one, two, later = tasks = coming(4)
    for task in tasks[:3]:
        waiting.put(task)
    waiting.pass_on(first.turn())
    waiting.put(later)
    waiting.put_back(one.turn())
    for task in (one, two):
        turn = task.turn()
        assert (list(turn.tasks), turn.told, turn.again) == ([task], False, True)
        waiting.put_back(turn)
    assert not later.turn().again
    assert one.turns.empty()
    assert two.turns.empty()


def test_once_it_is_closed_no_turn_comes() -> None:
    waiting = Waiting(1)
    at_work, waits, late = coming(3)
    waiting.put(at_work)
    waiting.put(waits)
    turn = at_work.turn()
    waiting.close()
    waiting.put(late)
    waiting.put_back(turn)
    for task in (at_work, waits, late):
        with pytest.raises(EndedError):
            task.turn()
