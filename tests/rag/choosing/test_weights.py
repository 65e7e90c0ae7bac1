"""How alike words are and how much each weighs: hand-worked on a compass, and counted in the report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.lexical import words_of
from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import Vocabulary, folded
from sstc_chat.rag.choosing.matching import Matcher
from sstc_chat.rag.engine import Engine

# The degrees at which words lie; any other word lies straight down, away from all of these.
DEGREES = {"fund": 0, "funding": 10, "fonds": 5, "care": 60, "the": 3, "2023": 90, "2024": 91, "nile": 30}
WORDS = ("2023", "care", "fund", "funding", "the")
CHUNKS = (1, 4, 2, 3, 9)


@dataclass(frozen=True)
class Compass:
    """An encoder whose words are directions, so that every cosine is known."""

    name: str = "compass"
    checksum: str = "1"
    dimension: int = 2
    window: int = 0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        angles = [math.radians(DEGREES.get(text.lower(), 210)) for text in texts]
        rows = [(math.cos(angle), math.sin(angle)) for angle in angles]
        return np.array(rows, np.float32).reshape(len(texts), 2)

    def encode_question(self, text: str) -> Vectors:
        row: Vectors = self.encode_passages([text])[0]
        return row

    def pieces(self, text: str) -> list[str]:
        return [text]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """Return a matcher with the words above, in an index of ten chunks."""
    vectors = Compass().encode_passages(WORDS)
    spellings = tuple(map(folded, WORDS))
    return Matcher(Vocabulary(WORDS, spellings, vectors, np.array(CHUNKS, np.int32)), Compass(), 10)


def cosine(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def rarity(holding: int, chunks: int) -> float:
    return math.log((chunks + 1) / (holding + 0.5))


@pytest.mark.parametrize(
    ("word", "matches"),
    [
        pytest.param("fonds", [0, cosine(55), cosine(5), cosine(5), 0], id="another language"),
        pytest.param("Fund", [0, cosine(60), 1, cosine(10), 0], id="spelled alike"),
        pytest.param("2024", [0, 0, 0, 0, 0], id="a number is nothing else, however near"),
        pytest.param("2023", [1, 0, 0, 0, 0], id="a number is itself"),
        pytest.param("٢٠٢٣", [1, 0, 0, 0, 0], id="in whatever digits"),
        pytest.param("zebra", [0, 0, 0, 0, 0], id="a word like none"),
    ],
)
def test_how_alike_a_word_is_to_each_of_the_index(matcher: Matcher, word: str, matches: list[float]) -> None:
    terms = matcher.terms(word, "fr")
    assert terms.words == (word,)
    assert terms.matches[0].tolist() == pytest.approx(matches, abs=1e-5)


@pytest.mark.parametrize(
    ("word", "holding"),
    [
        pytest.param("fonds", 2 + 3, id="it may be either of two words"),
        pytest.param("fund", 2 + 3, id="a form of it is nearly itself"),
        pytest.param("care", 4, id="one word"),
        pytest.param("nile", 3, id="the likelier of two, if it is so clearly"),
        pytest.param("zebra", 0, id="none holds it"),
        pytest.param("2024", 0, id="nor this number"),
    ],
)
def test_a_word_weighs_by_the_chunks_that_hold_what_it_stands_for(
    matcher: Matcher, word: str, holding: int
) -> None:
    assert matcher.terms(word, "en").weights.tolist() == pytest.approx([rarity(holding, 10)], rel=1e-5)


def test_what_a_word_stands_for_is_looked_for_the_likeliest_first(matcher: Matcher) -> None:
    assert set(matcher.terms("fonds", "fr").translations()) == {"fund", "funding"}
    assert matcher.terms("fund", "fr").translations() == ("fund", "funding")
    assert matcher.terms("zebra", "fr").translations() == ()


@given(st.lists(st.sampled_from([*DEGREES, "zebra", "What", "is"]), max_size=8))
def test_terms_are_each_word_of_the_subject_once(matcher: Matcher, words: list[str]) -> None:
    terms = matcher.terms(" ".join(words), "en")
    subject = [word for word in words if word not in {"the", "What", "is"}]
    assert terms.words == tuple(dict.fromkeys(subject))
    assert terms.matches.shape == (len(terms.words), len(WORDS))
    assert len(terms.weights) == len(terms.names) == len(terms.numbers) == len(terms.words)
    assert ((terms.matches >= 0) & (terms.matches <= 1)).all()
    assert (terms.weights > 0).all()


@pytest.mark.parametrize("word", ["MIRTI", "Belgrade", "Rungis", "horticulture", "Kenya", "pesticide"])
def test_a_weight_is_that_of_a_count_in_the_report(engine: Engine, word: str) -> None:
    passages = engine.store.passages(engine.store.chunks_of(engine.documents)).values()
    holding = sum(words_of(word)[0] in words_of(" ".join((*one.section, one.text))) for one in passages)
    assert len(passages) == engine.store.chunks
    assert holding > 0
    weights = engine.matcher.terms(word, "en").weights
    assert weights.tolist() == pytest.approx([rarity(holding, engine.store.chunks)], rel=1e-4)
