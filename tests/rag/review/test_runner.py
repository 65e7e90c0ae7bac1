"""A round is asked in the background, can be stopped and goes on, and says why it could not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.runner import Runner

Begin = Callable[..., int]
# Long beside any question; a test that waits for it fails.
PATIENCE = 60


@pytest.fixture
def runner(rounds: Rounds, engine: Engine) -> Runner:
    return Runner(rounds, lambda: engine)


def until_it_rests(runner: Runner, number: int) -> None:
    for _ in range(PATIENCE):
        if not runner.is_running(number):
            return
        runner.wait(1)
    pytest.fail("It does not come to an end.")


def test_a_round_is_asked_while_nobody_waits(runner: Runner, begin: Begin) -> None:
    number = begin()
    runner.start(number)
    runner.start(number)
    until_it_rests(runner, number)
    assert runner.rounds.get(number).finished
    assert runner.failure(number) is None


def test_a_round_that_is_stopped_goes_on_where_it_was(
    runner: Runner, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin()
    keep = runner.rounds.keep

    def keep_and_stop(*reply: object) -> None:
        keep(*reply)  # type: ignore[arg-type]
        runner.stop(number)

    monkeypatch.setattr(runner.rounds, "keep", keep_and_stop)
    runner.start(number)
    until_it_rests(runner, number)
    assert runner.rounds.get(number).answered == 1
    monkeypatch.undo()
    runner.start(number)
    until_it_rests(runner, number)
    assert runner.rounds.get(number).answered == 3


def test_why_a_round_could_not_go_on_is_told(
    runner: Runner, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin()
    monkeypatch.setattr(runner.engine(), "fingerprint", {"index": "another"})
    runner.start(number)
    until_it_rests(runner, number)
    assert "began with another index" in str(runner.failure(number))
