"""Reads texts with the packaged encoders, and remembers those it read lately."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
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
        return self._known(text, language, lambda: self._reading(plain(text), language))

    def encode(self, text: str, language: str) -> Mapping[str, Vectors]:
        """Return the views of `text`; from then on they are known."""
        return self.read(text, language).views

    def together(self, readings: Sequence[Reading]) -> Reading:
        """Return texts as one, in the language of the first; what is known of each is not read again."""
        if len(readings) == 1:
            return readings[0]
        text, language = " ".join(one.text for one in readings), readings[0].language
        return self._known(text, language, lambda: self._joined(text, readings))

    def _known(self, text: str, language: str, read: Callable[[], Reading]) -> Reading:
        known = self._read.get((text, language))
        if known is None:
            known = read()
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
        return Reading(text, language, words, ends, vectors, lambda: self._views(text, language))

    def _joined(self, text: str, readings: Sequence[Reading]) -> Reading:
        starts = list(accumulate((len(one.text) + 1 for one in readings), initial=0))
        words = [
            Word(word.text, start + word.start, start + word.end)
            for one, start in zip(readings, starts, strict=False)
            for word in one.words
        ]
        ends = (start + end for one, start in zip(readings, starts, strict=False) for end in one.ends)
        vectors = np.concatenate([one.vectors for one in readings])
        return Reading(
            text,
            readings[0].language,
            tuple(words),
            frozenset(ends),
            vectors,
            lambda: self._joined_views(text, readings),
        )

    def _views(self, text: str, language: str) -> dict[str, Vectors]:
        parts = [text[start:end] for start, end in sentence_ranges(text, language)]
        return {
            role: _encoded(
                encoder, [text, *(view for part in parts for view in views_of(part, encoder.window))]
            )
            for role, encoder in self.encoders.items()
            if role == "multilingual" or language == "en"
        }

    def _joined_views(self, text: str, readings: Sequence[Reading]) -> dict[str, Vectors]:
        """Return the views of the text as a whole, and of the sentences of each."""
        shared = [role for role in self.encoders if all(role in one.views for one in readings)]
        wholes = {role: self.encoders[role].encode_passages([text]) for role in shared}
        return {
            role: np.concatenate([wholes[role], *(one.views[role][1:] for one in readings)])
            for role in shared
        }

    def _words(self, text: str) -> Iterator[Word]:
        end = 0
        for word in surface_words(text, self.encoders["multilingual"].pieces):
            start = text.find(word, end)
            if start >= 0:
                end = start + len(word)
                yield Word(word, start, end)


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Return the vector of each text, the same text encoded once: many a text is a single sentence."""
    distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    vectors: Vectors = encoder.encode_passages(list(distinct))[[distinct[text] for text in texts]]
    return vectors


def _is_grammar(word: str, language: str) -> bool:
    return is_function_word(word.lower(), language)
