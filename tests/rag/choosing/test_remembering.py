"""Words that were met before: they mean what they meant, and not all are kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.choosing import terms
from sstc_chat.rag.choosing.terms import Matcher
from sstc_chat.rag.engine import Engine


@pytest.fixture
def matcher(engine: Engine, encoders: dict[str, Encoder]) -> Matcher:
    """Return a matcher that has met no word."""
    return Matcher(engine.store.vocabulary, encoders["multilingual"], engine.store.chunks)


def asked(matcher: Matcher, words: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return matcher.terms(" ".join(words), "en").matches


def test_a_word_means_the_same_alone_and_among_others_met_first_or_again(
    matcher: Matcher, engine: Engine
) -> None:
    together = asked(matcher, ["funding", "zebra", "Kenya"])
    for place, word in enumerate(["funding", "zebra", "Kenya"]):
        np.testing.assert_allclose(asked(matcher, [word])[0], together[place], atol=1e-5)
        fresh = Matcher(engine.store.vocabulary, matcher.encoder, engine.store.chunks)
        np.testing.assert_allclose(asked(fresh, [word])[0], together[place], atol=1e-5)
    np.testing.assert_array_equal(asked(matcher, ["Kenya", "oven", "funding"])[[0, 2]], together[[2, 0]])


def test_a_word_is_encoded_once(matcher: Matcher) -> None:
    asked(matcher, ["funding", "zebra"])
    before = dict(matcher._known)
    asked(matcher, ["zebra", "funding", "oven"])
    questions = {"funding zebra", "zebra funding oven"}
    assert set(matcher._known) == {"funding", "zebra", "oven"} | questions
    assert all(matcher._known[word] is vector for word, vector in before.items())


def test_remembering_is_bounded_and_forgetting_changes_nothing(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "REMEMBERED", 5)
    words = ["funding", "zebra", "oven", "kettle", "violin", "harbour", "pencil", "meadow"]
    first = [asked(matcher, [word])[0] for word in words]
    for word, expected in zip([*words, *reversed(words)], [*first, *reversed(first)], strict=True):
        np.testing.assert_allclose(asked(matcher, [word, "Kenya"])[0], expected, atol=1e-5)
        assert len(matcher._known) <= 5
