"""A text as the check sees it: its words with their vectors, its figures, dates, places and operators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sstc_chat.corpus.functionwords import FUNCTION_WORDS, is_function_word
from sstc_chat.corpus.sentences import sentence_ranges
from sstc_chat.index.encoders import Encoder, views_of
from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import folded, surface_words
from sstc_chat.rag.prose.calendar import months_of, weekdays_of
from sstc_chat.rag.prose.figures import Figure, figures_of
from sstc_chat.rag.prose.money import currencies_of
from sstc_chat.rag.prose.operators import Operator, operators_of
from sstc_chat.rag.prose.places import place_ranges

REMEMBERED = 512
CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w|(?:https?://|www\.)[^\s)\]>]*[\w/]")


@dataclass(frozen=True)
class Word:
    """A word of content and where it stands."""

    text: str
    start: int
    end: int

    @property
    def acronym(self) -> bool:
        """Whether it has two capitals or more."""
        return sum(one.isupper() for one in self.text) > 1


@dataclass(frozen=True)
class Reading:
    """What a text says, piece by piece.

    Attributes
    ----------
    vectors
        Of its words, shape (words, dimension).
    views
        By the role of an encoder: of the text, its sentences and their windows, shape (views, dimension).
    """

    text: str
    language: str
    words: tuple[Word, ...]
    vectors: Vectors
    views: Mapping[str, Vectors]

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
        """The words that turn the sense of what they stand beside."""
        return operators_of(self.text)


class Reader:
    """Reads texts with the packaged encoders, and remembers those it read lately.

    Parameters
    ----------
    encoders
        By role: `english` and `multilingual`.
    """

    def __init__(self, encoders: Mapping[str, Encoder]) -> None:
        self.encoders = encoders
        self._read: dict[tuple[str, str], Reading] = {}
        self._vectors: dict[str, Vectors] = {}

    def read(self, text: str, language: str) -> Reading:
        """Return `text` as the check sees it."""
        key = (text, language)
        known = self._read.get(key)
        if known is None:
            known = self._reading(text, language)
            if len(self._read) >= REMEMBERED:
                self._read = {}
            self._read[key] = known
        return known

    def vectors(self, words: list[str]) -> Vectors:
        """Return the vector of each word, shape (words, dimension)."""
        missing = [word for word in dict.fromkeys(words) if word not in self._vectors]
        encoder = self.encoders["multilingual"]
        new = dict(zip(missing, encoder.encode_passages(missing), strict=True))
        self._vectors = {**self._vectors, **new} if len(self._vectors) < 8 * REMEMBERED else {**new}
        rows = [self._vectors[word] if word in self._vectors else encoder.encode_question(word) for word in words]
        return np.array(rows, dtype=np.float32).reshape(len(words), encoder.dimension)

    def _reading(self, text: str, language: str) -> Reading:
        words = tuple(self._words(text, language))
        parts = [text[start:end] for start, end in sentence_ranges(text, language)]
        views = {
            role: encoder.encode_passages(
                [text, *(view for part in parts for view in views_of(part, encoder.window))]
            )
            for role, encoder in self.encoders.items()
            if role == "multilingual" or language == "en"
        }
        return Reading(text, language, words, self.vectors([word.text for word in words]), views)

    def _words(self, text: str, language: str) -> list[Word]:
        found, end = [], 0
        for word in surface_words(text, self.encoders["multilingual"].pieces):
            start = text.find(word, end)
            if start < 0:
                continue
            end = start + len(word)
            known = language if language in FUNCTION_WORDS else "en"
            if folded(word) and not is_function_word(word.lower(), known):
                found.append(Word(word, start, end))
        return found
