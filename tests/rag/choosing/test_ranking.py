from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from sstc_chat.rag.choosing.features import FEATURES, features_of
from sstc_chat.rag.choosing.joining import MOST_LINES, runs
from sstc_chat.rag.choosing.learned import learned
from sstc_chat.rag.choosing.ranking import CLOSE, LONGEST, MOST_QUOTES, choose, distinct, nearest

if TYPE_CHECKING:
    from tests.rag.choosing.conftest import Asked

ADDRESS = "What e-mail address can I write to?"
QUESTIONS = [
    "Which countries take part in the projects?",
    "What were the key milestones of 2024?",
    ADDRESS,
    "Quels sont les thèmes ?",
    "哪些阿拉伯国家参与？",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_score_is_the_weighted_sum_of_the_features(ask: Callable[[str], Asked], question: str) -> None:
    asked = ask(question)
    weights = learned()[asked.query.role].sentence.weights
    rows = features_of(asked.query, asked.found, asked.candidates).tolist()
    expected = [sum(weights[n] * v for n, v in zip(FEATURES, row, strict=True)) for row in rows]
    assert asked.ranking.scores.tolist() == pytest.approx(expected, rel=1e-3, abs=1e-3)
    ordered = [asked.ranking.scores[place] for place in asked.ranking.order]
    assert ordered == sorted(ordered, reverse=True)


@pytest.mark.parametrize("question", [one for one in QUESTIONS if one != ADDRESS])
def test_what_is_chosen_is_close_to_the_best_short_and_said_once(
    ask: Callable[[str], Asked], question: str
) -> None:
    asked = ask(question)
    chosen = choose(asked.ranking)
    scores = [float(asked.ranking.scores[place]) for place in chosen]
    assert chosen[0] == asked.ranking.order[0]
    assert not asked.candidates.evidence.lines[chosen[0]]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] >= scores[0] - CLOSE
    assert 1 <= len(chosen) <= MOST_QUOTES
    assert len(chosen) == 1 or sum(len(asked.texts[place]) for place in chosen) <= LONGEST
    words = [frozenset(asked.texts[place].split()) for place in chosen]
    assert len(set(words)) == len(words)


def test_a_line_is_chosen_with_lines_around_it(ask: Callable[[str], Asked]) -> None:
    asked = ask(ADDRESS)
    chosen = choose(asked.ranking)
    assert chosen[0] == asked.ranking.order[0]
    assert "@" in asked.texts[chosen[0]]
    assert sorted(chosen) == list(range(min(chosen), max(chosen) + 1))
    assert all(asked.candidates.evidence.lines[place] for place in chosen)


def test_the_same_words_are_quoted_once(ask: Callable[[str], Asked]) -> None:
    ranking = ask(QUESTIONS[0]).ranking
    assert distinct(ranking, [3, 0, 3, 1], 9) == [3, 0, 1]
    assert distinct(ranking, [3, 0, 3, 1], 2) == [3, 0]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_run_holds_what_was_chosen_and_what_follows_on(ask: Callable[[str], Asked], question: str) -> None:
    asked = ask(question)
    evidence = asked.candidates.evidence
    for place in range(len(asked.texts)):
        (run,) = runs(asked.ranking, [place])
        assert place in run
        assert len(run) <= MOST_LINES + 2
        assert all(evidence.following[one] for one in run[1:])
        if len(run) > 1:
            leaning = evidence.trait("leaning")[run[1]]
            assert leaning or not asked.texts[place].endswith(".")


def test_a_refusal_shows_what_came_nearest_unless_nothing_was_asked(ask: Callable[[str], Asked]) -> None:
    ranking = ask(QUESTIONS[0]).ranking
    assert nearest(ranking, "unsaid")[0] == ranking.order[0]
    assert len(nearest(ranking, "outside")) == 3
    assert nearest(ranking, "no question") == []
