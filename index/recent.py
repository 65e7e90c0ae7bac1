"""What was read lately from something that does not change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Values by number, read where they were not read lately; safe to use from several threads.

    Parameters
    ----------
    read
        Reads the values of some numbers.
    most
        How many are kept; when there would be more, all but the latest go.
    """

    def __init__(self, read: Callable[[list[int]], Mapping[int, Value]], most: int) -> None:
        self._read = read
        self._most = most
        # Replaced and never changed, so that no thread takes from it what another is looking at.
        self._known: dict[int, Value] = {}

    def of(self, numbers: Iterable[int]) -> dict[int, Value]:
        """Return the values of `numbers`, in no order; a number that has none is left out."""
        wanted, known = list(numbers), self._known
        found = {number: known[number] for number in wanted if number in known}
        missing = [number for number in wanted if number not in found]
        if missing:
            new = self._read(missing)
            found.update(new)
            self._known = {**known, **new} if len(known) + len(new) <= self._most else dict(new)
        return found
