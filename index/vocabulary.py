"""The words of an index, each with a vector of its own.

Alone, without a sentence around it, a word's vector under the multilingual encoder says what the word means
in any of its languages: "financement" lies beside "funding". So a question can be matched with a text word by
word, whatever languages the two are in. Words keep their case, for it tells a name from a noun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from unicodedata import decimal

import numpy as np
from numpy.typing import NDArray

from sstc_chat.index.lexical import WORD, words_of
from sstc_chat.index.types import Vectors

Numbers = NDArray[np.int32]
Pieces = Callable[[str], Sequence[str]]
# Thai, kana, Chinese characters: scripts that set no space between words, nor around "2024" or "Rio".
UNSPACED = "\u0e00-\u0e7f\u3005\u3040-\u30ff\u3400-\u9fff"
RUN = re.compile(f"([{UNSPACED}]+)|[^{UNSPACED}]+")
CHINESE = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Vocabulary:
    """The distinct words of an index, their number being their place.

    Attributes
    ----------
    words
        As they are written.
    spellings
        Of each word, without its case and accents.
    vectors
        Unit vectors, shape (words, dimension).
    chunks
        In how many chunks each word stands, headings counted, shape (words,).
    """

    words: tuple[str, ...]
    spellings: tuple[str, ...]
    vectors: Vectors
    chunks: Numbers
    _spelled: dict[str, list[int]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Note which words are spelled alike but for case and accents."""
        for number, spelling in enumerate(self.spellings):
            self._spelled.setdefault(spelling, []).append(number)

    def spelled(self, word: str) -> list[int]:
        """Return the numbers of the words that differ from `word` in case and accents at most."""
        return self._spelled.get(folded(word), [])

    def vector(self, word: str) -> Vectors | None:
        """Return the vector of `word`, shape (dimension,); None where it is not there just so."""
        same = [number for number in self.spelled(word) if self.words[number] == word]
        return self.vectors[same[0]] if same else None


def folded(word: str) -> str:
    """Return `word` in lower case and without accents; a number in European digits."""
    if word.isdecimal():
        return "".join(str(decimal(digit)) for digit in word).lstrip("0") or "0"
    return "".join(words_of(word))


def surface_words(text: str, pieces: Pieces = list) -> list[str]:
    """Return the words of `text` as they are written.

    Parameters
    ----------
    text
        In any language.
    pieces
        Cuts Japanese or Thai, which set no spaces, as a tokenizer knows their words.
    """
    return [
        word
        for spaced in WORD.findall(text.replace("_", " "))
        for run in RUN.finditer(spaced)
        for word in (_unspaced(run[0], pieces) if run[1] else [run[0]])
    ]


def _unspaced(run: str, pieces: Pieces) -> Sequence[str]:
    """Cut what is written without spaces; Chinese by jieba's dictionary, which knows names as well."""
    if not CHINESE.fullmatch(run):
        return pieces(run)
    from rjieba import cut

    words: Sequence[str] = cut(run)
    return words
