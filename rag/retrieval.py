"""Find the passages that may answer a question; the language of the question says how.

For English the lexical index and the English encoder lead. For any other language the multilingual encoder
leads, and the lexical index is asked for the question's names and numbers, and for what its words mean in the
languages of the reports.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.lexical import words_of
from sstc_chat.index.remembering import Remembering
from sstc_chat.index.store import Store
from sstc_chat.index.types import Hit, Vectors
from sstc_chat.rag.choosing.asked import Asked, asked_by
from sstc_chat.rag.choosing.learned import learned
from sstc_chat.rag.choosing.matching import Matcher
from sstc_chat.rag.choosing.terms import Terms
from sstc_chat.rag.types import Question

# How many passages each search brings to be scored.
DEPTH = 50
# So many passages are all scored, where a question is limited to them.
FEW = 1000
POWER = 3
PASSAGE_FEATURES = ("cosine", "bm25", "translated", "coverage")


@dataclass(frozen=True)
class Query:
    """A question as the index is asked.

    Attributes
    ----------
    role
        The encoder that leads.
    vectors
        The question's vector under each encoder that is asked.
    words, translations
        What the lexical index is asked for: the question's own words, and what stands for them there.
    """

    role: str
    vectors: Mapping[str, Vectors]
    terms: Terms
    asked: Asked
    words: tuple[str, ...]
    translations: tuple[str, ...]


@dataclass(frozen=True)
class Pool:
    """Passages by number.

    Attributes
    ----------
    features
        What is known of each, shape (passages, len(PASSAGE_FEATURES)).
    matches
        The best match of each of the question's terms in each, shape (terms, passages).
    """

    numbers: list[int]
    features: Vectors
    matches: Vectors


@dataclass(frozen=True)
class Found:
    """What retrieval found, best first.

    Attributes
    ----------
    matches
        The best match of each of the question's terms in each passage, shape (terms, hits).
    """

    hits: tuple[Hit, ...]
    matches: Vectors


def query_for(question: Question, encoders: Mapping[str, Encoder], matcher: Matcher) -> Query:
    """Turn `question` into what its language can be searched by."""
    if question.language != "en":
        return _by_words(question, matcher)
    # Its two encoders work side by side.
    begun = matcher.begin(question.standalone, partial(_by_words, question, matcher))
    vector = encoders["english"].encode_question(question.standalone)
    query = begun.result()
    return replace(query, vectors={"english": vector, **query.vectors})


def _by_words(question: Question, matcher: Matcher) -> Query:
    """Return `question` as the index is asked, but for the vector that only one in English has."""
    text, english = question.standalone, question.language == "en"
    terms = matcher.terms(text, question.language)
    asked = (word for word, name in zip(terms.words, terms.names, strict=True) if english or name)
    return Query(
        role="english" if english else "multilingual",
        vectors={"multilingual": terms.question},
        terms=terms,
        asked=asked_by(text),
        words=tuple(part for word in asked for part in words_of(word)),
        translations=() if english else terms.translations(),
    )


def prepare(questions: Sequence[Question], encoders: Mapping[str, Encoder], matcher: Matcher) -> None:
    """Encode what `query_for` will want of several questions, in one go of each encoder.

    It goes by what the encoders and the matcher remember; an encoder that does not is left alone.
    """
    english = encoders["english"]
    if isinstance(english, Remembering):
        english.prepare(one.standalone for one in questions if one.language == "en")
    matcher.prepare((one.standalone, one.language) for one in questions)


def retrieve(query: Query, store: Store, top: int, documents: Collection[str] = ()) -> Found:
    """Return the `top` passages, best first, of all documents or of some."""
    pool = passage_pool(query, store, max(top, DEPTH), documents)
    scores = learned()[query.role].passage.of(PASSAGE_FEATURES, pool.features)
    best = np.argsort(-scores, kind="stable")[:top].tolist()
    passages = store.passages(pool.numbers[place] for place in best)
    hits = tuple(
        Hit(passages[pool.numbers[place]], float(scores[place]), rank)
        for rank, place in enumerate(best, start=1)
    )
    return Found(hits, pool.matches[:, best])


def passage_pool(query: Query, store: Store, depth: int, documents: Collection[str] = ()) -> Pool:
    """Return the passages that any search brings among its first `depth`, with what is known of each."""
    within = store.chunks_of(documents) if documents else None
    vector = query.vectors[query.role]
    lexical = dict(store.matching(query.words, depth, within))
    translated = dict(store.matching(query.translations, depth, within))
    if within is not None and len(within) <= FEW:
        nearest = within
    else:
        nearest = [one for one, _ in store.nearest(query.role, vector, depth, within)]
    numbers = sorted({*nearest, *lexical, *translated})
    cosines = store.cosines(query.role, vector, numbers)
    highest = max(translated.values(), default=0.0) or 1.0
    matches = store.chunk_words(numbers).highest(query.terms.matches)
    coverage = query.terms.share(matches**POWER)
    rows = [
        (cosines[one], lexical.get(one, 0.0), translated.get(one, 0.0) / highest, coverage[place])
        for place, one in enumerate(numbers)
    ]
    return Pool(numbers, np.array(rows, dtype=np.float32).reshape(-1, len(PASSAGE_FEATURES)), matches)
