"""Words that turn the sense of what they stand beside: not, all, only, may, at least, unless, because, first.

They are closed classes of grammar, with the tenses, in seven languages; `operators.json` lists them. A `*`
stands for the rest of a word; what begins with a `!` looks like an operator and is none: "not only". A
sentence that has one where its quote has none, or the other way round, says something else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sstc_chat.rag.prose.checking.data import data_of

ARABIC = re.compile("[\u0600-\u06ff]")
ANY_ENDING = re.escape("*")
UNSPACED = ("zh",)
IDLE = "!"
NOTHING = r"(?!)"


@dataclass(frozen=True)
class Operator:
    """An operator as it stands in a text: its class and its range."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=1)
def classes() -> dict[str, dict[str, str]]:
    """Return what each class is made of, by language."""
    listed: dict[str, dict[str, str]] = data_of("operators.json")
    return listed


def operators_of(text: str, language: str, ends: Collection[int]) -> Iterator[Operator]:
    """Yield the operators in `text`, class by class, in its order.

    Parameters
    ----------
    ends
        In a text that sets no spaces between words, where words begin or end.
    """
    plain = text.lower().replace("’", "'")
    for name, pattern in _patterns(language):
        for match in pattern.finditer(plain):
            whole = language not in UNSPACED or (match.start() in ends and match.end() in ends)
            if whole and match[1] is None:
                yield Operator(name, match.start(), match.end())


@lru_cache(maxsize=16)
def _patterns(language: str) -> list[tuple[str, re.Pattern[str]]]:
    known = ((name, listed.get(language, listed["en"])) for name, listed in classes().items())
    return [(name, _pattern([one.strip() for one in words.split("|")])) for name, words in known]


def _pattern(words: Collection[str]) -> re.Pattern[str]:
    """Return a pattern whose first group is what only looks like an operator; longest words first."""
    longest_first = sorted(words, key=len, reverse=True)
    idle = "|".join(_one(word.removeprefix(IDLE)) for word in longest_first if word.startswith(IDLE))
    others = "|".join(_one(word) for word in longest_first if not word.startswith(IDLE))
    return re.compile(f"({idle or NOTHING})|{others}")


def _one(word: str) -> str:
    if "\u3400" <= word[0] <= "\u9fff":
        return re.escape(word)
    prefix = r"\b[وف]?" if ARABIC.search(word) else r"\b"
    ending = "" if word.endswith("'") else r"\b"
    return prefix + re.escape(word).replace(ANY_ENDING, r"\w*") + ending
