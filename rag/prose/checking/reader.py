"""Reads texts with the packaged encoders, and remembers those it read lately."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock

import numpy as np

from sstc_chat.corpus.functionwords import FUNCTION_WORDS, is_function_word
from sstc_chat.corpus.sentences import sentence_ranges
from sstc_chat.index.encoders import Encoder, views_of
from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import folded, surface_words
from sstc_chat.rag.prose.checking.figures import plain
from sstc_chat.rag.prose.checking.reading import Reading, Word

REMEMBERED = 512
REMEMBERED_WORDS = 8192


class Reader:
    """Reads texts; may be shared by threads.

    Parameters
    ----------
    encoders
        By role: `english` and `multilingual`.
    """

    def __init__(self, encoders: Mapping[str, Encoder]) -> None:
        self.encoders = encoders
        self._read: dict[tuple[str, str], Reading] = {}
        self._vectors: dict[str, Vectors] = {}
        self._lock = Lock()

    def read(self, text: str, language: str) -> Reading:
        """Return `text` as the check sees it."""
        known = self._read.get((text, language))
        if known is None:
            known = self._reading(plain(text), language)
            with self._lock:
                if len(self._read) >= REMEMBERED:
                    self._read.clear()
                self._read[text, language] = known
        return known

    def vectors(self, words: Sequence[str]) -> Vectors:
        """Return the vector of each word under the multilingual encoder, shape (words, dimension)."""
        encoder, known = self.encoders["multilingual"], self._vectors
        missing = [word for word in dict.fromkeys(words) if word not in known]
        new = dict(zip(missing, encoder.encode_passages(missing), strict=True))
        rows = [new[word] if word in new else known[word] for word in words]
        with self._lock:
            self._vectors = {**known, **new} if len(known) + len(new) <= REMEMBERED_WORDS else new
        return np.array(rows, dtype=np.float32).reshape(len(words), encoder.dimension)

    def _reading(self, text: str, language: str) -> Reading:
        every = list(self._words(text))
        grammar = language if language in FUNCTION_WORDS else "en"
        words = tuple(one for one in every if folded(one.text) and not _is_grammar(one.text, grammar))
        ends = frozenset(place for one in every for place in (one.start, one.end))
        vectors = self.vectors([word.text for word in words])
        return Reading(text, language, words, ends, vectors, self._views(text, language))

    def _views(self, text: str, language: str) -> dict[str, Vectors]:
        parts = [text[start:end] for start, end in sentence_ranges(text, language)]
        return {
            role: encoder.encode_passages(
                [text, *(view for part in parts for view in views_of(part, encoder.window))]
            )
            for role, encoder in self.encoders.items()
            if role == "multilingual" or language == "en"
        }

    def _words(self, text: str) -> Iterator[Word]:
        end = 0
        for word in surface_words(text, self.encoders["multilingual"].pieces):
            start = text.find(word, end)
            if start >= 0:
                end = start + len(word)
                yield Word(word, start, end)


def _is_grammar(word: str, language: str) -> bool:
    return is_function_word(word.lower(), language)
