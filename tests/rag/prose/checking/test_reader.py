"""What is read and encoded for a check, and what is not read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Vectors
from sstc_chat.rag.prose.checking.alignment import same_stem
from sstc_chat.rag.prose.checking.reader import Reader
from sstc_chat.rag.prose.checking.support import Quoted, Support

QUOTES = (
    "The second project has a budget of 5 million $. It was launched in July 2024 with 100 participants.",
    "The ILO assists Kenya, Rwanda and Cabo Verde (and, from 2025, Togo) in extending social protection.",
    "Why not?",
)


@dataclass
class Recorded:
    """An encoder that keeps what it was asked for."""

    encoder: Encoder
    asked: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> object:
        return getattr(self.encoder, name)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self.encoder.encode_passages(texts)


@pytest.fixture
def recorded(encoders: dict[str, Encoder]) -> dict[str, Recorded]:
    return {role: Recorded(encoder) for role, encoder in encoders.items()}


@pytest.mark.parametrize("texts", [QUOTES[:2], QUOTES[1:], QUOTES, QUOTES[::-1]])
def test_texts_together_are_read_as_their_text_would_be(
    encoders: dict[str, Encoder], texts: tuple[str, ...]
) -> None:
    reader, anew = Reader(encoders), Reader(encoders)
    together = reader.together([reader.read(text, "en") for text in texts])
    whole = anew.read(" ".join(texts), "en")
    assert (together.text, together.language) == (whole.text, whole.language)
    assert (together.words, together.ends) == (whole.words, whole.ends)
    assert np.allclose(together.vectors, whole.vectors, atol=1e-5)
    assert together.views.keys() == whole.views.keys()
    for role, views in whole.views.items():
        assert np.allclose(together.views[role], views, atol=1e-5)


def test_one_text_is_itself(encoders: dict[str, Encoder]) -> None:
    reading = Reader(encoders).read(QUOTES[0], "en")
    assert Reader(encoders).together([reading]) is reading


def test_quotes_are_encoded_once_and_a_missing_claim_costs_no_vector_of_the_sentence(
    recorded: dict[str, Recorded],
) -> None:
    support = Support(recorded)  # type: ignore[arg-type]
    quotes = [Quoted(text, "en") for text in QUOTES]
    support.prepare(quotes)
    before = {role: list(one.asked) for role, one in recorded.items()}
    assert len(set(before["english"])) == len(before["english"])
    lie = "The second project has a budget of 7 million $."
    assert support.check(lie, "en", quotes).reason == "figure"
    assert recorded["english"].asked == before["english"]
    assert lie not in recorded["multilingual"].asked
    true = "The second project has a budget of 5 million $."
    support.check(true, "en", quotes[:1])
    assert recorded["english"].asked == [*before["english"], true]


words = st.text(alphabet="abé1ж", max_size=9)


@given(words, words)
def test_a_stem_is_what_both_words_begin_with_but_for_an_ending(one: str, other: str) -> None:
    least, most = sorted((len(one), len(other)))
    shared = next((place for place in range(least) if one[place] != other[place]), least)
    assert same_stem(one, other) == (one == other or (shared >= 4 and most - shared <= 3))
