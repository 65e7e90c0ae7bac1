"""What was read lately from something that does not change."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by key, read where they were not read lately; safe to use from several threads.

    Parameters
    ----------
    read
        Reads the values of some keys, each given once.
    most
        How many are kept; when there would be more, all go but those that were just asked for.
    """

    def __init__(self, read: Callable[[list[Key]], Mapping[Key, Value]], most: int) -> None:
        self._read = read
        self._most = most
        # Replaced and never changed, so that no thread takes from it what another is looking at.
        self._known: dict[Key, Value] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._known

    def of(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """Return the values of `keys`, in no order; a key that has none is left out."""
        wanted, known = dict.fromkeys(keys), self._known
        found = {key: known[key] for key in wanted if key in known}
        missing = [key for key in wanted if key not in found]
        if missing:
            found.update(self._read(missing))
            both = {**self._known, **found}  # what others have read meanwhile is kept as well
            self._known = both if len(both) <= self._most else dict(found)
        return found
