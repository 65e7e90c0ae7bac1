from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sstc_chat.rag.choosing.features import Candidates, candidates_of
from sstc_chat.rag.choosing.ranking import Ranking, rank_sentences
from sstc_chat.rag.engine import PASSAGES, Engine
from sstc_chat.rag.question import understand
from sstc_chat.rag.retrieval import Found, Query, query_for, retrieve


@dataclass(frozen=True)
class Asked:
    """A question on its way through the engine."""

    query: Query
    found: Found
    candidates: Candidates
    ranking: Ranking
    texts: list[str]


@pytest.fixture
def ask(engine: Engine) -> Callable[[str], Asked]:
    """Return what asks the shipped report, step by step."""

    def step(question: str) -> Asked:
        query = query_for(understand(question), engine.encoders, engine.matcher)
        found = retrieve(query, engine.store, PASSAGES)
        candidates = candidates_of(query, found, engine.store)
        numbers = candidates.evidence.numbers.tolist()
        lines = engine.store.lines(numbers)
        ranking = rank_sentences(query, found, engine.store)
        return Asked(query, found, candidates, ranking, [lines[number].text for number in numbers])

    return step
