"""What changed between rounds, against scipy and a bootstrap that is written as a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.review.comparing import compare
from sstc_chat.rag.review.differences import mcnemar

if TYPE_CHECKING:
    from tests.rag.review.conftest import Make


def test_each_question_is_told_by_what_changed(make: Make) -> None:
    before = [
        make.reply("Better?", "Wrong.", right=False),
        make.reply("Worse?", "Right."),
        make.reply("Quotes?", "Right."),
        make.reply("Surer?", "Right."),
        make.reply("Same?", "Right."),
        make.reply("Gone?", "Right."),
    ]
    after = [
        make.reply("Same?", "Right.", confidence=0.901),
        make.reply("Better?", "Right."),
        make.reply("Worse?", right=False),
        make.reply("Quotes?", "Right.", "And more."),
        make.reply("Surer?", "Right.", confidence=0.95),
        make.reply("New?", "Right."),
        make.reply("Newer?", "Right."),
    ]
    found = compare(before, after)
    assert {one.after.task.question: one.change for one in found.pairings} == {
        "Better?": "better",
        "Worse?": "worse",
        "Quotes?": "quotes",
        "Surer?": "confidence",
        "Same?": "same",
    }
    assert (found.only_before, found.only_after) == (1, 2)
    assert (found.count("better"), found.count("worse"), found.chance) == (1, 1, 1.0)
    right = found.figures["right"]
    assert (right.before, right.after, right.difference.value) == pytest.approx((0.8, 0.8, 0.0))


def test_the_same_words_after_another_question_are_another_question(make: Make) -> None:
    alone = make.reply("And there?", "Yes.")
    followed = make.reply("And there?", "Yes.")
    followed = type(followed)(make.task("And there?", history=("Here?",)), followed.outcome, followed.answer)
    with pytest.raises(ReviewError, match="no question in common"):
        compare([alone], [followed])


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_the_binomial_test_on_what_changed(better: int, worse: int) -> None:
    expected = binomtest(better, better + worse).pvalue if better + worse else 1.0
    assert mcnemar(better, worse) == pytest.approx(expected)


def test_a_difference_is_drawn_in_pairs(make: Make) -> None:
    """Answers that are right and wrong together differ by little, however widely each varies."""
    random = np.random.default_rng(1)
    first = random.random(150) < 0.5
    second = first | (random.random(150) < 0.1)
    names = [f"Question {number}?" for number in range(150)]
    before, after = (
        [make.reply(name, "A.", right=bool(right)) for name, right in zip(names, rights, strict=True)]
        for rights in (first, second)
    )
    found = compare(before, after).figures["right"].difference
    change = second.astype(float) - first
    drawn = [change[random.integers(0, 150, 150)].mean() for _ in range(4000)]
    assert found.value == pytest.approx(change.mean())
    assert [found.low, found.high] == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.01)
    assert (found.low > 0, found.over) == (True, 150)
