"""The words of a sentence beside those of its quotes, by their vectors and by their spelling.

This is greedy matching as in BERTScore (Zhang et al., ICLR 2020, https://arxiv.org/abs/1904.09675), on whole
words in one space for all languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import folded
from sstc_chat.rag.prose.checking.counts import counted
from sstc_chat.rag.prose.checking.figure import Figure
from sstc_chat.rag.prose.checking.reading import Reading

ALIKE, SAME = 0.55, 0.8
SHORTEST_STEM, LONGEST_ENDING = 4, 3


@dataclass(frozen=True)
class Alignment:
    """How alike words are, from 0 to 1, shape (sentence words, quote words)."""

    sentence: Reading
    quote: Reading
    alike: Vectors

    @cached_property
    def forward(self) -> Vectors:
        """How well each word of the sentence is matched, shape (sentence words,)."""
        best: Vectors = self.alike.max(axis=1, initial=0)
        return best

    @cached_property
    def backward(self) -> Vectors:
        """How well each word of the quote is matched, shape (quote words,)."""
        best: Vectors = self.alike.max(axis=0, initial=0)
        return best

    @cached_property
    def places(self) -> NDArray[np.int_]:
        """Which word of the quote each word of the sentence is most like, shape (sentence words,)."""
        if not self.alike.size:
            return np.zeros(len(self.alike), dtype=int)
        places: NDArray[np.int_] = self.alike.argmax(axis=1)
        return places

    @cached_property
    def told(self) -> list[tuple[int, int, float]]:
        """The clauses of the quote, each with how much of it the sentence tells."""
        rows = ((start, end, self.quote.within(start, end)) for start, end in self.quote.clauses)
        return [(start, end, float(self.backward[words].mean())) for start, end, words in rows if words]

    def counts(self, figure: Figure) -> tuple[list[int], list[int]]:
        """Return the words that count a list of the quote, figure and thing, and those of the list."""
        for thing, leading, (start, end) in counted(figure, self.sentence, self.quote):
            row = self.sentence.words.index(thing)
            if leading is None or self.alike[row, self.quote.words.index(leading)] >= SAME:
                return [*self.sentence.within(figure.start, figure.end), row], self.quote.within(start, end)
        return [], []

    def part(self, columns: Vectors) -> Alignment:
        """Return this alignment with some words of the quote only; the others are like nothing."""
        return Alignment(self.sentence, self.quote, self.alike * columns)


def aligned(sentence: Reading, quote: Reading) -> Alignment:
    """Return the words of both beside one another; those that are spelled alike are the same."""
    alike = np.clip(sentence.vectors @ quote.vectors.T, 0, 1)
    own, other = ([folded(word.text) for word in reading.words] for reading in (sentence, quote))
    alike[[_has_digit(word) for word in own], :] = 0
    alike[:, [_has_digit(word) for word in other]] = 0
    for row, word in enumerate(own):
        for column, quoted in enumerate(other):
            if same_stem(word, quoted):
                alike[row, column] = 1
    for rows, columns in _same_figures(sentence, quote):
        alike[np.ix_(rows, columns)] = 1
    alignment = Alignment(sentence, quote, alike)
    for figure in sentence.figures:
        alike[np.ix_(*alignment.counts(figure))] = 1
    return alignment


def _same_figures(sentence: Reading, quote: Reading) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the words of figures that are the same, however they are written."""
    for figure in sentence.figures:
        for other in quote.figures:
            if figure.agrees(other):
                yield sentence.within(figure.start, figure.end), quote.within(other.start, other.end)


def _has_digit(word: str) -> bool:
    return any(one.isdigit() for one in word)


def same_stem(one: str, other: str) -> bool:
    """Whether two words are spelled alike, but for an ending."""
    shared = max(SHORTEST_STEM, len(one) - LONGEST_ENDING, len(other) - LONGEST_ENDING)
    return one == other or (min(len(one), len(other)) >= shared and one[:shared] == other[:shared])
