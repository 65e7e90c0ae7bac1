"""What holds of the quotes from any ranking, not only from those of the shipped report."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.evidence import Evidence
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.traits import TRAITS
from sstc_chat.rag.choosing.features import Candidates
from sstc_chat.rag.choosing.joining import runs
from sstc_chat.rag.choosing.ranking import Ranking, choose, distinct, nearest

MOST_QUOTES, LONGEST, NEAREST, CLOSE, SAME = 8, 750, 3, 2.5, 0.8


@dataclass(frozen=True)
class Sentence:
    """A sentence that could be quoted, as far as a ranking knows it."""

    score: float
    words: frozenset[int]
    follows: bool
    leaning: bool
    fragment: bool
    contact: bool
    length: int


SENTENCE = st.builds(
    Sentence,
    score=st.floats(-4, 4, width=32),
    words=st.frozensets(st.integers(0, 7), min_size=1, max_size=6),
    length=st.integers(1, 400),
)
TEXT = st.lists(SENTENCE, min_size=1, max_size=25)


def ranking_of(text: list[Sentence]) -> Ranking:
    words = Ragged.of([np.array(sorted(one.words), np.int32).tobytes() for one in text])
    known = [{name: float(getattr(one, name, 0)) for name in TRAITS} for one in text]
    traits = np.array([list(one.values()) for one in known], np.float32)
    follows = np.array([place > 0 and one.follows for place, one in enumerate(text)])
    numbers = np.arange(len(text), dtype=np.int32)
    none = np.zeros((0, len(text)), np.float32)
    lines = np.zeros(len(text), dtype=bool)
    evidence = Evidence(numbers, follows, lines, words, words, words, traits, {})
    candidates = Candidates(evidence, numbers.astype(np.intp), none, none, none, none, none)
    scores = np.array([one.score for one in text], np.float32)
    return Ranking(candidates, scores, np.argsort(-scores, kind="stable"), scores)


def same(one: Sentence, other: Sentence) -> bool:
    return len(one.words & other.words) / len(one.words | other.words) >= SAME - 1e-9


@given(TEXT)
def test_quotes_are_few_short_nearly_as_good_as_the_best_and_in_order(text: list[Sentence]) -> None:
    chosen = choose(ranking_of(text))
    scores = [text[place].score for place in chosen]
    assert scores[0] == max(one.score for one in text)
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= scores[0] - CLOSE - 1e-5
    assert len(chosen) <= MOST_QUOTES
    assert len(chosen) == 1 or sum(text[place].length for place in chosen) <= LONGEST


@given(TEXT, st.integers(1, 9), st.randoms(use_true_random=False))
def test_no_two_say_the_same_and_what_is_left_out_was_said(
    text: list[Sentence], most: int, random: Random
) -> None:
    places = list(range(len(text)))
    random.shuffle(places)
    kept: list[int] = []
    for place in places:
        if len(kept) < most and not any(same(text[place], text[one]) for one in kept):
            kept.append(place)
    assert distinct(ranking_of(text), places, most) == kept


@given(TEXT)
def test_a_refusal_shows_the_best_few_that_differ(text: list[Sentence]) -> None:
    ranking = ranking_of(text)
    assert nearest(ranking, "no question") == []
    for shown in (nearest(ranking, "unsaid"), nearest(ranking, "outside")):
        assert shown[0] == ranking.order[0]
        assert len(shown) <= NEAREST


@given(TEXT, st.data())
def test_runs_hold_each_chosen_once_and_follow_on(text: list[Sentence], drawn: st.DataObject) -> None:
    chosen = drawn.draw(st.lists(st.sampled_from(range(len(text))), min_size=1, unique=True))
    ranking = ranking_of(text)
    found = runs(ranking, chosen)
    places = [place for run in found for place in run]
    assert set(chosen) <= set(places)
    assert chosen[0] in found[0]
    assert all(text[place].follows for run in found for place in run[1:])
    assert all(any(place in run for place in chosen) for run in found)
    assert len(places) == len(set(places))


@given(TEXT, st.data())
def test_only_what_leans_brings_the_sentence_right_before_it(
    text: list[Sentence], drawn: st.DataObject
) -> None:
    place = drawn.draw(st.integers(0, len(text) - 1))
    (run,) = runs(ranking_of(text), [place])
    assert run.start in {place, place - 1}
    if run.start < place:
        assert text[place].leaning
        assert text[place].follows
    if run.stop > place + 1:
        assert text[place].fragment
        assert not text[place].contact
    assert all(later == earlier + 1 for earlier, later in pairwise(run))
