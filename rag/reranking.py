"""Put the passages found in the order of a cross-encoder, which reads question and passage together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from sstc_chat.index.types import Vectors
from sstc_chat.rag.retrieval import Found


class Reranker(Protocol):
    """What scores texts against a question."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def checksum(self) -> str:
        """What tells this model's weights from any other's."""

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return how well each text answers, higher is better, shape (len(texts),)."""


def rerank(question: str, found: Found, reranker: Reranker) -> Found:
    """Return the hits in the order of `reranker`.

    A place keeps its score, whoever comes to stand there: what was learned knows the scores of retrieval, not
    those of this model.
    """
    scores = reranker.scores(question, [hit.passage.text for hit in found.hits])
    order = np.argsort(-scores, kind="stable").tolist()
    hits = tuple(
        replace(found.hits[place], score=there.score, rank=there.rank)
        for place, there in zip(order, found.hits, strict=True)
    )
    return Found(hits, found.matches[:, order])
