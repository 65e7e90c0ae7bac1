"""What is quoted together, and how much: rankings of a few sentences that are written out here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.evidence import Evidence
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.traits import TRAITS, traits_of
from sstc_chat.rag.choosing.features import Candidates
from sstc_chat.rag.choosing.joining import runs
from sstc_chat.rag.choosing.ranking import CLOSE, LONGEST, MOST_QUOTES, SAME, Ranking, choose

WHOLE, BACK, CAPTION, LEAD = "The fund pays.", "It pays well.", "Photo Credit : ILO", "It pays for:"
LINE, ADDRESS = "- a bridge", "E: someone@ilo.org"


def ranking_of(
    texts: Sequence[str],
    scores: Sequence[float] | None = None,
    breaks: Sequence[int] = (),
    *,
    lines: bool = False,
) -> Ranking:
    """Rank sentences that follow on one another, but for those at `breaks`, with scores that fall."""
    vocabulary = sorted({word for text in texts for word in text.split()})
    lists = [[vocabulary.index(word) for word in sorted(set(text.split()))] for text in texts]
    lengths = np.array([len(one) for one in lists], np.int32)
    words = Ragged(np.array([number for one in lists for number in one], np.int32), lengths)
    places = np.arange(len(texts), dtype=np.int32)
    evidence = Evidence(
        numbers=places,
        following=np.array([place > 0 and place not in breaks for place in places], bool),
        lines=np.full(len(texts), lines),
        words=words,
        counted=words,
        context=words,
        traits=np.array([traits_of(text).values() for text in texts], np.float32).reshape(-1, len(TRAITS)),
        likeness={},
    )
    none = np.zeros((0, len(texts)), np.float32)
    candidates = Candidates(evidence, places.astype(np.intp), none, none, none, none, none)
    given_scores = np.array(scores if scores is not None else -places, np.float32)
    return Ranking(candidates, given_scores, np.argsort(-given_scores, kind="stable"), given_scores)


@pytest.mark.parametrize(
    ("texts", "chosen", "expected"),
    [
        pytest.param([WHOLE, WHOLE], [1, 0], [[1], [0]], id="sentences that stand alone"),
        pytest.param([WHOLE, BACK], [1], [[0, 1]], id="one that points back"),
        pytest.param([WHOLE, BACK], [1, 0], [[0, 1]], id="and the one before it"),
        pytest.param([WHOLE, BACK], [0, 1], [[0, 1]], id="the one before it, and then itself"),
        pytest.param([WHOLE, BACK, BACK], [0, 1, 2], [[0, 1, 2]], id="one points back to the other"),
        pytest.param([WHOLE, BACK, BACK], [2, 1], [[1, 2]], id="one step back and no more"),
        pytest.param([BACK, WHOLE], [0], [[0]], id="nothing stands before"),
        pytest.param([CAPTION, BACK], [1], [[1]], id="a caption says nothing that could be meant"),
        pytest.param([LEAD, LINE, LINE], [0], [[0, 1, 2]], id="what leads up to a list"),
        pytest.param([LEAD, LINE, LINE], [2, 0], [[0, 1, 2]], id="a line, and what leads up to it"),
        pytest.param([WHOLE, LEAD, LINE], [1], [[0, 1, 2]], id="a list that points back"),
        pytest.param([LEAD, *[LINE] * 9], [0], [[0, 1, 2, 3, 4]], id="four lines at most"),
        pytest.param([ADDRESS, ADDRESS], [1, 0], [[1], [0]], id="addresses are complete"),
        pytest.param([], [], [], id="nothing"),
    ],
)
def test_what_is_quoted_together(texts: list[str], chosen: list[int], expected: list[list[int]]) -> None:
    assert [list(run) for run in runs(ranking_of(texts), chosen)] == expected


def test_runs_end_where_the_document_does() -> None:
    assert [list(run) for run in runs(ranking_of([WHOLE, BACK], breaks=[1]), [1])] == [[1]]
    assert [list(run) for run in runs(ranking_of([LEAD, LINE, LINE], breaks=[2]), [0])] == [[0, 1]]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param([2, 1, 3], [[1, 2, 3]], id="those that follow on one another"),
        pytest.param([4, 0, 1], [[4], [0, 1]], id="and not those that do not"),
        pytest.param([1], [[1]], id="what ends like no sentence brings no more than was chosen"),
        pytest.param([4, 3], [[2, 3, 4]], id="one that points back, and the one before it"),
    ],
)
def test_lines_are_quoted_together_if_they_are_chosen(chosen: list[int], expected: list[list[int]]) -> None:
    ranking = ranking_of([LINE, LEAD, WHOLE, BACK, LINE], lines=True)
    assert [list(run) for run in runs(ranking, chosen)] == expected


sentences = st.lists(st.sampled_from([WHOLE, BACK, CAPTION, LEAD, LINE, ADDRESS]), min_size=1, max_size=12)


@given(sentences, st.data())
def test_no_sentence_is_in_two_runs_and_none_that_was_chosen_is_left_out(
    texts: list[str], data: st.DataObject
) -> None:
    breaks = data.draw(st.lists(st.integers(1, 12)))
    places = st.integers(0, len(texts) - 1)
    chosen = data.draw(st.lists(places, min_size=1, max_size=MOST_QUOTES, unique=True))
    found = runs(ranking_of(texts, breaks=breaks), chosen)
    quoted = [place for run in found for place in run]
    assert len(set(quoted)) == len(quoted)
    assert set(chosen) <= set(quoted)
    assert chosen[0] in found[0]
    assert not any(place in breaks for run in found for place in run[1:])


def choose_plainly(texts: Sequence[str], scores: Sequence[float]) -> list[int]:
    """Take the best, one after another, until one is too far behind, or there are enough."""
    order = sorted(range(len(texts)), key=lambda place: -scores[place])
    kept: list[int] = []
    for place in order:
        own = set(texts[place].split())
        others = [set(texts[one].split()) for one in kept]
        again = any(len(own & other) / len(own | other) >= SAME for other in others)
        if scores[place] >= scores[order[0]] - CLOSE and not again and len(kept) < MOST_QUOTES:
            kept.append(place)
    total = 0
    short: list[int] = []
    for place in kept:
        total += len(texts[place])
        if total <= LONGEST or not short:
            short.append(place)
    return short


words = st.lists(st.sampled_from(["aid", "care", "fund", "x" * 120]), min_size=1, max_size=4)
scored = st.lists(st.tuples(words.map(" ".join), st.integers(-20, 0)), min_size=1, max_size=14)


@given(scored)
def test_what_is_chosen_is_what_a_plain_reading_of_the_rules_chooses(rows: list[tuple[str, int]]) -> None:
    texts, quarters = zip(*rows, strict=True)
    scores = [quarter / 4 for quarter in quarters]
    assert choose(ranking_of(texts, scores)) == choose_plainly(texts, scores)


@pytest.mark.parametrize(
    ("scores", "chosen"),
    [
        pytest.param([1.0, -1.6], [0], id="one says it all"),
        pytest.param([-1.5, 1.0], [1, 0], id="just close enough"),
        pytest.param([0.3, 0.2, 0.1], [0, 1, 2], id="three that are as good"),
        pytest.param([0.0] * 20, list(range(MOST_QUOTES)), id="so many and no more"),
        pytest.param([], [], id="nothing to choose from"),
    ],
)
def test_further_sentences_are_chosen_when_they_are_close(scores: list[float], chosen: list[int]) -> None:
    texts = [f"w{place}" for place in range(len(scores))]
    assert choose(ranking_of(texts, scores)) == chosen


def test_a_long_sentence_is_quoted_alone_however_long_it_is() -> None:
    assert choose(ranking_of(["a" * (LONGEST + 1), "b"], [1, 1])) == [0]
