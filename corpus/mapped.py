"""Text whose every character knows which characters of the source it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Offsets = NDArray[np.int64]
WHITE_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, eq=False)
class MappedText:
    """A text and, for each of its characters, the range of source characters behind it.

    Attributes
    ----------
    text
        The characters as they are read.
    starts, ends
        Source offsets, one pair for each character of `text`. An escaped character
        stands for two source characters, any other for one.
    """

    text: str
    starts: Offsets
    ends: Offsets

    @classmethod
    def verbatim(cls, text: str, offset: int = 0) -> MappedText:
        """Map `text`, which stands in the source at `offset`, character by character."""
        starts = np.arange(offset, offset + len(text), dtype=np.int64)
        return cls(text, starts, starts + 1)

    @classmethod
    def join(cls, parts: Iterable[MappedText]) -> MappedText:
        """Put `parts` one behind the other."""
        parts = list(parts) or [cls.verbatim("")]
        return cls(
            "".join(part.text for part in parts),
            np.concatenate([part.starts for part in parts]),
            np.concatenate([part.ends for part in parts]),
        )

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> MappedText:
        """Return the characters from `start` to `end`."""
        return MappedText(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def strip(self) -> MappedText:
        """Return the text without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(start, len(self.text.rstrip())))

    def collapse(self) -> MappedText:
        """Return the text with each run of white space as one space, standing for its first."""
        keep = np.ones(len(self.text), dtype=bool)
        for match in WHITE_SPACE.finditer(self.text):
            keep[match.start() + 1 : match.end()] = False
        return MappedText(WHITE_SPACE.sub(" ", self.text), self.starts[keep], self.ends[keep])

    def as_space(self, character: str = " ") -> MappedText:
        """Return the same mapping, read as `character` (for one character of white space)."""
        return MappedText(character * len(self.text), self.starts, self.ends)
