"""Choose the sentences that answer a question, from the passages that were found.

A text scores its cosine with the question, and half of its BM25 score as a share of the best there. A
sentence scores what it says itself and half of what its passage says: the passage knows what "it" is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sstc_chat.index.store import Store
from sstc_chat.rag.retrieval import Found, Query
from sstc_chat.rag.types import Candidate

WORDS_SHARE = 0.5
PASSAGE_SHARE = 0.5
MOST_QUOTES = 3
# A further sentence is quoted when it scores nearly as well as the best.
CLOSE = 0.75
KEPT = 10


def rank_sentences(query: Query, found: Found, store: Store) -> list[Candidate]:
    """Return the best sentences of the passages found, best first."""
    passage_of = {
        number: hit.passage.number
        for hit in found.hits
        for number in range(hit.passage.first, hit.passage.last)
    }
    cosines = store.sentence_cosines(query.role, query.vector, passage_of)
    # Words that stand in no passage stand in no sentence.
    matching = store.matching_sentences(query.words, list(cosines)) if found.lexical else []
    own = _scores(cosines, dict(matching))
    passages = _scores(found.cosines, found.lexical)
    scores = {number: own[number] + PASSAGE_SHARE * passages[passage_of[number]] for number in cosines}
    best = sorted(scores, key=lambda number: (-scores[number], number))[:KEPT]
    lines = store.lines(best)
    return [Candidate(lines[number], scores[number], cosines[number]) for number in best]


def choose(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the best candidate and those nearly as good, no text twice, best first."""
    close = [one for one in candidates if one.score >= CLOSE * candidates[0].score]
    return distinct(close)[:MOST_QUOTES]


def distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates without those whose text stood before."""
    first: dict[str, Candidate] = {}
    for one in candidates:
        first.setdefault(one.line.text, one)
    return list(first.values())


def _scores(cosines: Mapping[int, float], lexical: Mapping[int, float]) -> dict[int, float]:
    best = max(lexical.values(), default=0.0) or 1.0
    return {
        number: cosine + WORDS_SHARE * lexical.get(number, 0.0) / best for number, cosine in cosines.items()
    }
