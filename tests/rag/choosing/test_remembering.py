"""Words that were met before: they mean what they meant, and not all are kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Vectors
from sstc_chat.index.universal import PACKAGED, UniversalEncoder
from sstc_chat.rag.choosing import matching
from sstc_chat.rag.choosing.matching import Matcher
from sstc_chat.rag.engine import Engine


@pytest.fixture
def matcher(engine: Engine, encoders: dict[str, Encoder]) -> Matcher:
    """Return a matcher that has met no word."""
    return Matcher(engine.store.vocabulary, encoders["multilingual"], engine.store.chunks)


@pytest.fixture
def encoded(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is encoded from now on, in order."""
    texts: list[str] = []
    encode = UniversalEncoder.encode_passages

    def noted(encoder: UniversalEncoder, given: Sequence[str]) -> Vectors:
        texts.extend(given)
        return encode(encoder, given)

    assert matcher.encoder.name == PACKAGED
    monkeypatch.setattr(UniversalEncoder, "encode_passages", noted)
    return texts


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


def test_a_word_is_encoded_once(matcher: Matcher, encoded: list[str]) -> None:
    asked(matcher, ["funding", "zebra"])
    asked(matcher, ["zebra", "funding", "oven"])
    # The words of the index have their vectors there.
    assert encoded == ["zebra", "funding zebra", "oven", "zebra funding oven"]


def test_remembering_is_bounded_and_forgetting_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, engine: Engine, encoded: list[str]
) -> None:
    monkeypatch.setattr(matching, "REMEMBERED", 5)
    matcher = Matcher(engine.store.vocabulary, engine.encoders["multilingual"], engine.store.chunks)
    words = ["funding", "zebra", "oven", "kettle", "violin", "harbour", "pencil", "meadow"]
    first = [asked(matcher, [word])[0] for word in words]
    encoded.clear()
    for word, expected in zip([*words, *reversed(words)], [*first, *reversed(first)], strict=True):
        np.testing.assert_allclose(asked(matcher, [word, "Kenya"])[0], expected, atol=1e-5)
    assert encoded.count("zebra") == 2
