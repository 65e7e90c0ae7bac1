"""How often somebody may try to sign in, and how much they may ask for."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from sstc_chat.corpus.errors import ShareError
from sstc_chat.rag.access.accounts import key_of
from sstc_chat.rag.access.storage import digest
from sstc_chat.ui.access.share import Share
from sstc_chat.ui.access.visitors import Visitor

# Few from one address at one account. More from an office behind one address, and at an account from
# everywhere together: who would lock others out must come from many addresses.
ONE_ACCOUNT_FROM_ONE_ADDRESS = parse("10 per 15 minutes")
ONE_ADDRESS = parse("100 per 15 minutes")
ONE_ACCOUNT = parse("100 per hour")
# Who has one address of the sixth version has all that begin like it (RFC 6177).
SHARED_BITS = 64
MINUTE = 60.0


class Attempts:
    """Counts attempts, in memory: a server that starts anew has forgotten them."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def may_try(self, name: str, address: str) -> bool:
        """Count an attempt, unless there were too many; then return False."""
        account, place = digest(key_of(name)), place_of(address)
        limits: list[tuple[RateLimitItem, tuple[str, ...]]] = [
            (ONE_ACCOUNT_FROM_ONE_ADDRESS, (account, place)),
            (ONE_ADDRESS, ("address", place)),
            (ONE_ACCOUNT, ("account", account)),
        ]
        if not all(self._limiter.test(limit, *key) for limit, key in limits):
            return False
        return all(self._limiter.hit(limit, *key) for limit, key in limits)


class Pace:
    """Holds whoever comes to their share of requests, in memory."""

    def __init__(self, share: Share) -> None:
        self._share = share
        self._minute = _Minute(share.a_minute)
        self._under_way: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def taking(self, who: Visitor) -> Iterator[None]:
        """Take a request of somebody, for as long as it is under way.

        Raises
        ------
        ShareError
            If there were too many in the last minute, or as many as may be are under way.
        """
        key = ("person", digest(key_of(who.name))) if who.name else ("address", place_of(who.address))
        if self._under_way[key] >= self._share.at_once:
            raise ShareError(
                f"{self._share.at_once:,} requests are under way from here, and no more are taken at one "
                "time. Wait for an answer, then try again.",
                reason="many",
            )
        if early := self._minute.take(key):
            raise self._too_often(max(1, math.ceil(early)))
        self._under_way[key] += 1
        try:
            yield
        finally:
            self._under_way[key] -= 1
            self._under_way += Counter()  # forgets those of whom nothing is under way

    def _too_often(self, seconds: int) -> ShareError:
        return ShareError(
            f"At most {self._share.a_minute:,} requests are taken from here in a minute. "
            f"Try again in {seconds} seconds.",
            reason="often",
            seconds=seconds,
        )


class _Minute:
    """So many requests of each in any minute. Every request comes by here: no thread and no list is swept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def take(self, key: tuple[str, str]) -> float:
        """Take a request, and return 0; or how many seconds it is too early."""
        now = time.monotonic()
        while self._taken and next(iter(self._taken.values()))[-1] <= now - MINUTE:
            self._taken.popitem(last=False)  # nothing of them counts any more
        taken = self._taken.setdefault(key, deque())
        while taken and taken[0] <= now - MINUTE:
            taken.popleft()
        if len(taken) >= self._most:
            return taken[0] + MINUTE - now
        taken.append(now)
        self._taken.move_to_end(key)
        return 0


def place_of(address: str) -> str:
    """Return what stands for an address when attempts are counted: all that one subscriber is given."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:  # noqa: PLR2004
        return str(known)
    return str(ipaddress.ip_network((known, SHARED_BITS), strict=False))
