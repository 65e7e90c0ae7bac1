"""So many at a time; what is stopped takes nobody's place, and what waits is never begun."""

from __future__ import annotations

import asyncio
import threading

from sstc_chat.ui.page import working
from sstc_chat.ui.page.working import Workers


async def until(condition: threading.Event) -> None:
    while not condition.is_set():
        await asyncio.sleep(0.01)


def test_what_is_done_comes_back() -> None:
    assert asyncio.run(Workers(1).run("one", lambda: 7, 0)) == 7


def test_no_more_at_a_time_than_there_are_workers() -> None:
    lock, most, now = threading.Lock(), [0], [0]

    def work() -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.02)
        with lock:
            now[0] -= 1

    async def many() -> None:
        workers = Workers(3)
        await asyncio.gather(*(workers.run(str(number), work, None) for number in range(12)))

    asyncio.run(many())
    assert most == [3]


def test_what_is_stopped_makes_room() -> None:
    begun, may_end, ended, done = threading.Event(), threading.Event(), threading.Event(), list[str]()

    def work(name: str) -> str:
        begun.set()
        may_end.wait(20)
        done.append(name)
        ended.set()
        return name

    async def stop_two() -> tuple[str, str, str]:
        workers = Workers(1)
        first = asyncio.create_task(workers.run("first", lambda: work("first"), "stopped"))
        await until(begun)
        second = asyncio.create_task(workers.run("second", lambda: work("second"), "stopped"))
        await asyncio.sleep(0)
        workers.stop("second")
        workers.stop("first")
        workers.stop("nobody")
        third = await workers.run("third", lambda: "third", "stopped")
        may_end.set()
        return await first, await second, third

    assert asyncio.run(stop_two()) == ("stopped", "stopped", "third")
    ended.wait(20)
    assert done == ["first"]


def test_where_too_many_wait_nobody_else_does() -> None:
    may_end = threading.Event()

    async def crowd() -> list[int]:
        workers = Workers(1)
        tasks = [
            asyncio.create_task(workers.run(str(number), lambda: 1 if may_end.wait(20) else 0, -1))
            for number in range(working.MOST_WAITING + 2)
        ]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        may_end.set()
        return await asyncio.gather(*tasks)

    assert asyncio.run(crowd()) == [1] * (working.MOST_WAITING + 1) + [-1]
