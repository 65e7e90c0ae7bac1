"""A text as the check sees it: its words with vectors, its clauses, figures, dates, places, operators."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from sstc_chat.index.types import Vectors
from sstc_chat.rag.prose.checking.calendar import months_of, weekdays_of
from sstc_chat.rag.prose.checking.figure import Figure
from sstc_chat.rag.prose.checking.figures import figures_of
from sstc_chat.rag.prose.checking.money import currencies_of
from sstc_chat.rag.prose.checking.operators import Operator, operators_of
from sstc_chat.rag.prose.checking.places import place_ranges

CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w|(?:https?://|www\.)[^\s)\]>]*[\w/]")
CLAUSE_END = re.compile(r"(?<!\d)[.,](?!\d)|[;:!?()،؛。，；：！？（）—–]|[.,](?=\s)")


@dataclass(frozen=True)
class Word:
    """A word of content and where it stands."""

    text: str
    start: int
    end: int

    @property
    def named(self) -> bool:
        """Whether it has a capital."""
        return any(one.isupper() for one in self.text)

    @property
    def acronym(self) -> bool:
        """Whether it has two capitals or more."""
        return sum(one.isupper() for one in self.text) > 1


@dataclass(frozen=True)
class Reading:
    """What a text says, piece by piece.

    Attributes
    ----------
    text
        In European digits, without Arabic vowel signs.
    words
        Those of content.
    ends
        Where any word begins or ends.
    vectors
        Of its words, shape (words, dimension).
    encoded
        Makes the views. They cost the most by far, and a sentence whose claims are missing needs none.
    """

    text: str
    language: str
    words: tuple[Word, ...]
    ends: frozenset[int]
    vectors: Vectors
    encoded: Callable[[], Mapping[str, Vectors]] = field(repr=False, compare=False)

    @cached_property
    def views(self) -> Mapping[str, Vectors]:
        """The vectors, by the role of an encoder, of the text, its sentences and their windows.

        Shape (views, dimension).
        """
        return self.encoded()

    @cached_property
    def figures(self) -> list[Figure]:
        """Its figures, months of the calendar left out."""
        return figures_of(self.text, self.language)

    @cached_property
    def months(self) -> frozenset[int]:
        """The months it names."""
        return months_of(self.text)

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """The days of the week it names."""
        return weekdays_of(self.text)

    @cached_property
    def currencies(self) -> frozenset[str]:
        """The currencies it names."""
        return currencies_of(self.text)

    @cached_property
    def places(self) -> list[tuple[str, int, int]]:
        """The countries and continents it names, and where."""
        return list(place_ranges(self.text))

    @cached_property
    def contacts(self) -> frozenset[str]:
        """The addresses to write to or to open that stand in it."""
        return frozenset(match[0].lower() for match in CONTACT.finditer(self.text))

    @cached_property
    def operators(self) -> list[Operator]:
        """What turns its sense, and where."""
        return list(operators_of(self.text, self.language, self.ends))

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """The ranges between its punctuation marks."""
        cuts = [0, *(match.end() for match in CLAUSE_END.finditer(self.text)), len(self.text)]
        return [(start, end) for start, end in pairwise(cuts) if end > start]

    def within(self, start: int, end: int) -> list[int]:
        """Return the places of the words that stand between `start` and `end`."""
        return [place for place, word in enumerate(self.words) if start <= word.start < end]
