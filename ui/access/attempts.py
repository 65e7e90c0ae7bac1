"""How often somebody may try to sign in, and how much a program may ask."""

from __future__ import annotations

import ipaddress

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from sstc_chat.rag.access.accounts import key_of
from sstc_chat.rag.access.storage import digest

# Few from one address at one account. More from an office behind one address, and at an account from
# everywhere together: who would lock others out must come from many addresses.
ONE_ACCOUNT_FROM_ONE_ADDRESS = parse("10 per 15 minutes")
ONE_ADDRESS = parse("100 per 15 minutes")
ONE_ACCOUNT = parse("100 per hour")
# Who has one address of the sixth version has all that begin like it (RFC 6177).
SHARED_BITS = 64


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
    """Holds whoever comes to so many requests a minute, in memory."""

    def __init__(self, most: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._most = parse(f"{most} per minute")

    def keeps(self, name: str, address: str) -> bool:
        """Count a request of a person, or of an address where nobody says who they are."""
        key = ("person", digest(key_of(name))) if name else ("address", place_of(address))
        return self._limiter.hit(self._most, *key)


def place_of(address: str) -> str:
    """Return what stands for an address when attempts are counted: all that one subscriber is given."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:  # noqa: PLR2004
        return str(known)
    return str(ipaddress.ip_network((known, SHARED_BITS), strict=False))
