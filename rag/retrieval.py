"""Find the passages that may answer a question; the language of the question says how.

For English the lexical index and the English encoder lead. For any other language the multilingual encoder
leads, and the lexical index is asked for names and numbers only: no other word of the question can stand
in an English report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.lexical import WORD, words_of
from sstc_chat.index.store import Store
from sstc_chat.index.types import Hit, Vectors
from sstc_chat.rag.functionwords import is_function_word
from sstc_chat.rag.fusion import reciprocal_rank_fusion
from sstc_chat.rag.types import Question

DEPTH = 50
# A name that happens to be spelled alike says less than the meaning of the whole question.
NAMES_WEIGHT = 0.5


@dataclass(frozen=True)
class Query:
    """A question as the index is asked: its words, and its vector under one encoder."""

    words: tuple[str, ...]
    role: str
    vector: Vectors
    words_weight: float


@dataclass(frozen=True)
class Found:
    """What retrieval found: the hits, and each one's cosine and BM25 score by its number."""

    hits: tuple[Hit, ...]
    cosines: Mapping[int, float]
    lexical: Mapping[int, float]


def query_for(question: Question, encoders: Mapping[str, Encoder]) -> Query:
    """Turn `question` into what its language can be searched by."""
    if question.language == "en":
        words = [
            word for word in words_of(question.standalone) if not is_function_word(word, question.language)
        ]
        vector = encoders["english"].encode_question(question.standalone)
        return Query(tuple(words), "english", vector, 1.0)
    vector = encoders["multilingual"].encode_question(question.standalone)
    names = tuple(names_of(question.standalone))
    return Query(names, "multilingual", vector, NAMES_WEIGHT)


def names_of(text: str) -> list[str]:
    """Return the words with a digit or a capital letter, as `words_of` gives them.

    A first word has its capital from where it stands, so it is none unless it has two.
    """
    words = WORD.findall(text)
    return [
        part
        for place, word in enumerate(words)
        if any(c.isdigit() for c in word) or sum(c.isupper() for c in word) > (place == 0)
        for part in words_of(word)
    ]


def retrieve(query: Query, store: Store, top: int) -> Found:
    """Return the `top` passages by reciprocal rank fusion of dense and lexical search."""
    nearest = store.nearest(query.role, query.vector, max(top, DEPTH))
    matching = store.matching(query.words, max(top, DEPTH))
    rankings = [
        ([number for number, _ in nearest], 1.0),
        ([number for number, _ in matching], query.words_weight),
    ]
    fused = reciprocal_rank_fusion(rankings)[:top]
    numbers = [number for number, _ in fused]
    passages = store.passages(numbers)
    hits = tuple(Hit(passages[number], score, rank) for rank, (number, score) in enumerate(fused, start=1))
    return Found(hits, store.cosines(query.role, query.vector, numbers), dict(matching))
