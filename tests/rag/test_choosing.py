from __future__ import annotations

import pytest

from sstc_chat.index.types import Line
from sstc_chat.rag.choosing import CLOSE, choose, distinct, rank_sentences
from sstc_chat.rag.composing import in_reading_order
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.question import understand
from sstc_chat.rag.retrieval import query_for, retrieve
from sstc_chat.rag.types import Candidate


def candidate(number: int, score: float, block: int = 0, text: str = "") -> Candidate:
    words = text or f"Sentence {number}."
    line = Line(number, str(number), "d", (), None, block, "paragraph", words, ((0, 1),))
    return Candidate(line, score, score)


def numbers(candidates: list[Candidate]) -> list[int]:
    return [one.line.number for one in candidates]


@pytest.mark.parametrize(
    ("scores", "chosen"),
    [
        pytest.param([1.0, 0.5], [0], id="one says it all"),
        pytest.param([1.0, CLOSE, 0.5], [0, 1], id="nearly as good"),
        pytest.param([1.0, 0.99, 0.98, 0.97], [0, 1, 2], id="three at most"),
        pytest.param([], [], id="nothing to choose from"),
    ],
)
def test_further_sentences_are_chosen_when_they_are_close(scores: list[float], chosen: list[int]) -> None:
    assert numbers(choose([candidate(n, score) for n, score in enumerate(scores)])) == chosen


def test_the_same_words_are_never_quoted_twice() -> None:
    twins = [candidate(0, 1.0, text="Same."), candidate(1, 1.0, text="Same."), candidate(2, 0.9)]
    assert numbers(choose(twins)) == [0, 2]


def test_what_stood_before_is_left_out_and_the_order_kept() -> None:
    texts = ["a", "b", "a", "c", "b"]
    assert numbers(distinct([candidate(n, 1.0, text=text) for n, text in enumerate(texts)])) == [0, 1, 3]


def test_sentences_of_a_paragraph_stand_in_its_order() -> None:
    best_first = [candidate(5, 1.0, block=2), candidate(1, 0.9, block=0), candidate(4, 0.8, block=2)]
    assert numbers(in_reading_order(best_first)) == [4, 5, 1]


def test_a_sentence_scores_for_itself_and_half_for_its_passage(engine: Engine) -> None:
    query = query_for(understand("What is Ejo Heza?"), engine.encoders)
    found = retrieve(query, engine.store, 20)
    ranked = rank_sentences(query, found, engine.store)
    best = ranked[0]
    passage = next(
        hit.passage for hit in found.hits if hit.passage.first <= best.line.number < hit.passage.last
    )
    quotable = engine.store.sentence_cosines(query.role, query.vector, range(200))
    words = dict(engine.store.matching_sentences(query.words, list(quotable)))
    own = quotable[best.line.number] + 0.5 * words[best.line.number] / max(words.values())
    around = found.cosines[passage.number] + 0.5 * found.lexical[passage.number] / max(found.lexical.values())
    assert best.score == pytest.approx(own + 0.5 * around, abs=1e-6)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_headings_are_not_quoted(engine: Engine) -> None:
    query = query_for(understand("Arab States"), engine.encoders)
    ranked = rank_sentences(query, retrieve(query, engine.store, 20), engine.store)
    assert ranked
    assert "heading" not in {one.line.kind for one in ranked}
