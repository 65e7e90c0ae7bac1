"""What stands at the end of a line only because the line ends there: white space, and some hyphens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(r"([^\W\d_]+)-$")
GOES_ON = re.compile(r"[^\W\d_]+")
# Chinese and Japanese are written without white space between words.
WITHOUT_SPACE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")

# The share of lines that end in a hyphen where words are broken; compounds alone end fewer.
OFTEN = 0.03


@dataclass(frozen=True)
class Hyphens:
    """How a document writes its words, and whether words of its text are broken at the ends of lines."""

    words: Counter[str]
    breaks: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> Hyphens:
        """Learn it from the lines of a document."""
        words = Counter(word.casefold() for line in lines for word in WORD.findall(line))
        pairs = [pair for one, following in pairwise(lines) if (pair := _broken(one, following))]
        joined = sum(words["".join(pair)] > 0 for pair in pairs)
        hyphenated = sum(words["-".join(pair)] > 0 for pair in pairs)
        often = len(pairs) > OFTEN * len(lines)
        return cls(words, joined > hyphenated or (joined == hyphenated and often))

    def superfluous(self, line: str, following: str) -> int:
        """Return how many characters at the end of `line`, its line break counted, are not read."""
        if not following:
            return 0
        if line and WITHOUT_SPACE.match(line[-1]) and WITHOUT_SPACE.match(following):
            return 1
        pair = _broken(line, following)
        if not pair:
            return 1 if BROKEN.search(line) and GOES_ON.match(following) else 0
        joined, hyphenated = self.words["".join(pair)], self.words["-".join(pair)]
        return 2 if joined > hyphenated or (joined == hyphenated and self.breaks) else 1


def _broken(line: str, following: str) -> tuple[str, str] | None:
    """Return both parts of a word that may be broken: what goes on in a capital is a word of its own."""
    first, second = BROKEN.search(line), GOES_ON.match(following)
    if not first or not second or not second[0].islower():
        return None
    return first[1].casefold(), second[0].casefold()
