"""What tells a question that the reports answer from one that they do not.

Each signal is a plain number that is computed alike on any report, so a calibration that was learned
elsewhere holds here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from sstc_chat.index.store import Store
from sstc_chat.rag.retrieval import Found, Query
from sstc_chat.rag.types import Candidate


@dataclass(frozen=True)
class Signals:
    """The signals of one answer.

    Attributes
    ----------
    cosine
        The highest among the candidates, with the question.
    passage_cosine
        The highest among the passages found.
    margin
        How far the best sentence's score stands above the average of the others kept.
    sentence_coverage, passage_coverage
        The share of the question's words, weighted by how rare they are, that stand in the sentences
        chosen, or in the passages around them. Zero where no word of the question can stand there.
    number_missing
        1 if a number of the question stands in none of those passages.
    """

    cosine: float
    passage_cosine: float
    margin: float
    sentence_coverage: float
    passage_coverage: float
    number_missing: float

    def values(self) -> tuple[float, ...]:
        """Return the signals in the order of their names."""
        return astuple(self)


def signals_of(
    query: Query,
    found: Found,
    candidates: Sequence[Candidate],
    chosen: Sequence[Candidate],
    store: Store,
) -> Signals:
    """Return the signals of `chosen`, taken from `candidates`, as an answer to `query`."""
    sentences = {candidate.line.number for candidate in chosen}
    passages = {
        hit.passage.number
        for hit in found.hits
        if any(hit.passage.first <= number < hit.passage.last for number in sentences)
    }
    others = [candidate.score for candidate in candidates if candidate not in chosen]
    in_sentences = {word: store.sentences_with(word) for word in query.words}
    in_passages = {word: store.chunks_with(word) for word in query.words}
    weights = {word: _rarity(len(in_passages[word]), store.chunks) for word in query.words}
    return Signals(
        cosine=max(candidate.cosine for candidate in candidates),
        passage_cosine=max(found.cosines.values()),
        margin=candidates[0].score - sum(others) / max(1, len(others)),
        sentence_coverage=_share(weights, (w for w in weights if in_sentences[w] & sentences)),
        passage_coverage=_share(weights, (w for w in weights if in_passages[w] & passages)),
        number_missing=float(
            any(word.isdecimal() and not in_passages[word] & passages for word in query.words)
        ),
    )


def _rarity(rows: int, total: int) -> float:
    """Return the inverse document frequency of BM25, never negative (Lucene's form)."""
    return math.log(1 + (total - rows + 0.5) / (rows + 0.5))


def _share(weights: dict[str, float], covered: Iterable[str]) -> float:
    total = sum(weights.values())
    return sum(weights[word] for word in covered) / total if total else 0.0
