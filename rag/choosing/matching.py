"""Match the words of questions with the words of an index.

This is late interaction (Khattab and Zaharia, "ColBERT", SIGIR 2020,
https://doi.org/10.1145/3397271.3401075) on whole words: each word of the question looks for the word of the
text that is most like it. As the vectors are multilingual, the two may be in different languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import numpy as np

from sstc_chat.corpus.functionwords import is_function_word
from sstc_chat.index.encoders import Encoder, encodes_alike
from sstc_chat.index.recent import Recent
from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import Vocabulary
from sstc_chat.rag.choosing.terms import Terms, is_name, subject_words

Result = TypeVar("Result")
# Below this, two words are alike by chance.
ALIKE = 0.4
# What a word stands for in the index: the words that are nearly as like it as the likeliest.
SURELY, NEARLY = 0.75, 0.03
# Words that ask for a trait of a sentence; a word that is nearer to one than this asks for it too.
ASKING_FOR = {
    "amount": ("cost", "budget", "price", "money", "salary", "wage", "expenditure"),
    "contact": ("email", "e-mail", "telephone", "phone", "website", "fax", "contact"),
}
ASKS_FROM = 0.6
REMEMBERED = 4096
# Most languages say first what is asked for ("Which hotel …"); these say it last.
ASKED_FOR_LAST = ("zh", "ja", "ko")
# How many questions are matched beside something else at a time.
BESIDE = 4


class Matcher:
    """Matches questions with the vocabulary of one index.

    Parameters
    ----------
    vocabulary
        Of the index.
    encoder
        The one that gave its words their vectors.
    chunks
        How many chunks the index has.
    """

    def __init__(self, vocabulary: Vocabulary, encoder: Encoder, chunks: int) -> None:
        self.vocabulary = vocabulary
        self.encoder = encoder
        self.chunks = chunks
        subject = [not is_function_word(spelling, "en") for spelling in vocabulary.spellings]
        self._subject = np.array(subject, dtype=bool)
        self._known = Recent(partial(_encoded, vocabulary, encoder), REMEMBERED)
        self._beside = ThreadPoolExecutor(BESIDE, "matching")
        self._asking = {trait: encoder.encode_passages(words) for trait, words in ASKING_FOR.items()}

    def begin(self, question: str, work: Callable[[], Result]) -> Future[Result]:
        """Begin `work`, which needs the terms of `question`, in a thread: its asker has more to do meanwhile.

        Where nothing has to be encoded for them, a thread would cost more than it brings.
        """
        if question not in self._known:
            return self._beside.submit(work)
        done: Future[Result] = Future()
        done.set_result(work())
        return done

    def prepare(self, questions: Iterable[tuple[str, str]]) -> None:
        """Encode, in one go, what the terms of several questions, each with its language, will be made of."""
        needed = (self._needed(subject_words(*one, self.encoder), one[0]) for one in questions)
        self._known.of(text for texts in needed for text in texts)

    def terms(self, question: str, language: str) -> Terms:
        """Return the terms of `question`."""
        words = subject_words(question, language, self.encoder)
        vectors, whole = self._vectors(words, question)
        matches = self._matches(words, vectors)
        return Terms(
            question=whole,
            words=tuple(words),
            matches=matches,
            weights=np.array([self._rarity(row) for row in matches], dtype=np.float32),
            names=np.array([is_name(word, question) for word in words], dtype=bool),
            numbers=np.array([any(c.isdigit() for c in word) for word in words], dtype=bool),
            asking={trait: _asks(vectors @ near.T) for trait, near in self._asking.items()},
            vocabulary=self.vocabulary,
            focus=len(words) - 1 if language in ASKED_FOR_LAST else 0,
            subject=self._subject,
        )

    def _vectors(self, words: Sequence[str], question: str) -> tuple[Vectors, Vectors]:
        """Return the vector of each word, shape (words, dimension), and that of the whole question.

        All are encoded in one go, where the model takes a question as it takes a word. What was met lately is
        remembered.
        """
        known = self._known.of(self._needed(words, question))
        rows = np.array([known[word] for word in words], dtype=np.float32)
        whole = known[question] if encodes_alike(self.encoder) else self.encoder.encode_question(question)
        return rows.reshape(len(words), self.encoder.dimension), whole

    def _needed(self, words: Sequence[str], question: str) -> list[str]:
        """Return what is encoded as passages are."""
        return [*words, question] if encodes_alike(self.encoder) else list(words)

    def _matches(self, words: Sequence[str], vectors: Vectors) -> Vectors:
        if not len(words) or not len(self.vocabulary.words):
            return np.zeros((len(words), len(self.vocabulary.words)), dtype=np.float32)
        # Twice as fast this way round: the larger of the two is not copied.
        alike: Vectors = np.minimum((self.vocabulary.vectors @ vectors.T).T, 1, order="C")
        # What a question asks about is never a function word: those are like nothing.
        alike *= (alike >= ALIKE) & self._subject
        for place, word in enumerate(words):
            if word.isdecimal():  # 2023 is not nearly 2024
                alike[place] = 0
            alike[place, self.vocabulary.spelled(word)] = 1
        return alike

    def _rarity(self, row: Vectors) -> float:
        """Return the inverse document frequency of BM25, never negative (Lucene's form)."""
        same = row >= max(SURELY, float(row.max(initial=0.0)) - NEARLY)
        holding = min(self.chunks, int(self.vocabulary.chunks[same].sum()))
        return float(np.log(1 + (self.chunks - holding + 0.5) / (holding + 0.5)))


def _encoded(vocabulary: Vocabulary, encoder: Encoder, texts: list[str]) -> dict[str, Vectors]:
    """Return the vector of each text; words of the index have theirs there."""
    held = {text: vector for text in texts if (vector := vocabulary.vector(text)) is not None}
    missing = [text for text in texts if text not in held]
    vectors = encoder.encode_passages(missing)
    vectors.setflags(write=False)
    return held | dict(zip(missing, vectors, strict=True))


def _asks(alike: Vectors) -> Vectors:
    asks: Vectors = np.clip((alike.max(axis=1, initial=0) - ASKS_FROM) / (1 - ASKS_FROM), 0, 1)
    return asks
