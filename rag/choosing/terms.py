"""The words of a question that say what it is about, and how each is matched by the words of the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sstc_chat.corpus.functionwords import is_function_word
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import Vocabulary, folded, surface_words

# As a translation to look for, a word may be somewhat less sure.
TRANSLATION, CLOSE, MOST_TRANSLATIONS = 0.7, 0.1, 4
# Names that are less alike than this are different names; from the second on, they are the same.
OTHER_NAME, SAME_NAME = 0.5, 0.85


@dataclass(frozen=True)
class Terms:
    """The words of a question that say what it is about.

    Attributes
    ----------
    question
        The vector of the whole question under the encoder of words, shape (dimension,).
    words
        As they are written.
    matches
        How alike each is to each word of the vocabulary, from 0 to 1, shape (terms, vocabulary).
    weights
        How rare what each stands for is among the chunks, shape (terms,).
    names, numbers
        Whether each is a name, or holds a digit; shape (terms,).
    asking
        For each trait of `matching.ASKING_FOR`, how much each word asks for it, from 0 to 1, shape (terms,).
    vocabulary
        What they were matched with.
    focus
        The place of the word for what is asked for.
    subject
        Which words of the vocabulary are not function words, shape (vocabulary,).
    """

    question: Vectors
    words: tuple[str, ...]
    matches: Vectors
    weights: Vectors
    names: NDArray[np.bool_]
    numbers: NDArray[np.bool_]
    asking: Mapping[str, Vectors]
    vocabulary: Vocabulary
    focus: int
    subject: NDArray[np.bool_]

    def share(self, values: Vectors) -> Vectors:
        """Return the mean of `values`, shape (terms, n), weighted by rarity, shape (n,); 0 without terms."""
        mean: Vectors = self._shares @ values
        return mean

    @cached_property
    def _shares(self) -> Vectors:
        """How much each term counts among all, shape (terms,)."""
        shares: Vectors = self.weights / (self.weights.sum() or 1)
        return shares

    def translations(self) -> tuple[str, ...]:
        """Return words of the index to look for in place of the question's own."""
        return tuple(dict.fromkeys(one for row in self.matches for one in self._translations(row)))

    def _translations(self, row: Vectors) -> list[str]:
        least = max(TRANSLATION, float(row.max(initial=0.0)) - CLOSE)
        near = np.flatnonzero(row >= least)
        best = near[np.argsort(-row[near], kind="stable")][:MOST_TRANSLATIONS]
        return [folded(self.vocabulary.words[number]) for number in best]


def subject_words(question: str, language: str, encoder: Encoder) -> list[str]:
    """Return the distinct words of `question` that are not function words, as they are written."""
    words = surface_words(question, encoder.pieces)
    own = (word for word in words if not is_function_word(word.lower(), language))
    return list(dict.fromkeys(own))


def is_name(word: str, question: str) -> bool:
    """Whether `word` looks like a name or number; a first word has its capital from where it stands."""
    first = question.lstrip("¿¡\"'“«( ").startswith(word)
    return any(c.isdigit() for c in word) or sum(c.isupper() for c in word) > first


def named_alike(matches: Vectors) -> Vectors:
    """Return `matches` as for names, where half alike is another name: "Kenya" is not "Senegal"."""
    scaled: Vectors = np.clip((matches - OTHER_NAME) / (SAME_NAME - OTHER_NAME), 0, 1)
    return scaled
