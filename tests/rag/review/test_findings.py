"""Right by language, confidence against what was right, and the share that people found supported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from sstc_chat.rag.review.findings import STEPS, calibration_of, findings_of, support_of
from sstc_chat.rag.review.items import items_of

if TYPE_CHECKING:
    from tests.rag.review.conftest import Make


def test_what_is_right_is_told_by_language(make: Make) -> None:
    replies = [
        make.reply("One?", "Yes.", language="en"),
        make.reply("Two?", "No.", language="en", right=False),
        make.reply("Trois ?", "Oui.", language="fr"),
    ]
    found = findings_of(replies)
    assert {name: (one.value, one.over) for name, one in found.languages.items()} == {
        "en": (0.5, 2),
        "fr": (1.0, 1),
    }
    assert found.groups[0].figures["right"].value == pytest.approx(2 / 3)
    assert found.curve[-1].coverage == 1


def test_calibration_is_that_of_scikit_learn(make: Make) -> None:
    random = np.random.default_rng(1)
    confidence = random.random(300)
    right = random.random(300) < confidence
    outcomes = [
        make.reply("Who?", "She.", confidence=float(sure), right_if_shown=bool(holds)).outcome
        for sure, holds in zip(confidence, right, strict=True)
    ]
    found = calibration_of(outcomes)
    shares, means = calibration_curve(right, confidence, n_bins=STEPS)
    assert [one.right.value for one in found] == pytest.approx(shares)
    assert [one.confidence for one in found] == pytest.approx(means)
    assert sum(one.right.over for one in found) == 300


def test_the_surest_are_in_the_last_step_and_empty_steps_are_left_out(make: Make) -> None:
    outcomes = [make.reply("Who?", "She.", confidence=value).outcome for value in (0.0, 1.0)]
    assert [(one.low, one.high) for one in calibration_of(outcomes)] == [(0.0, 0.2), (0.8, 1.0)]


def test_support_is_the_share_of_what_was_judged(make: Make) -> None:
    items = items_of({1: make.reply("Who?", "She.", "He.", "They.")})
    found = support_of(items, {"1.1.1": "supported", "1.2.2": "partly"})
    assert {name: one.value for name, one in found.items()} == {"supported": 0.5, "partly": 0.5, "not": 0.0}
    assert support_of(items, {}) == {}
