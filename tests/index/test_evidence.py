"""What is known of sentences equals plain Python over what was read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sstc_chat.index.encoders import views_of
from sstc_chat.index.store import Store
from sstc_chat.index.traits import TRAITS, counted_words, traits_of
from sstc_chat.index.types import Line, Vectors
from sstc_chat.index.vocabulary import folded, surface_words

if TYPE_CHECKING:
    from tests.index.conftest import Make

QUESTION = "workshops on care in Rio"


@pytest.fixture
def lines(store: Store) -> list[Line]:
    found = [line for one in ("alpha", "beta") for line in store.document_lines(one)]
    return [line for line in found if line.kind != "heading"]


def words_in(text: str) -> set[str]:
    return set(surface_words(text, list))


def test_headings_are_no_evidence_and_the_order_is_that_of_reading(store: Store, lines: list[Line]) -> None:
    numbers = [line.number for line in lines]
    assert store.evidence([*reversed(numbers), 0, 999], {}).numbers.tolist() == numbers
    assert len(store.evidence([], {}).numbers) == 0


def test_a_sentence_follows_the_one_right_before_it_in_its_document(store: Store, lines: list[Line]) -> None:
    expected = [False] + [
        later.number == earlier.number + 1 and later.document_id == earlier.document_id
        for earlier, later in pairwise(lines)
    ]
    assert store.evidence([line.number for line in lines], {}).following.tolist() == expected
    assert True in expected
    assert expected.count(False) > 1


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_among_some_sentences_a_sentence_follows_only_its_neighbour(
    data: st.DataObject, store: Store, lines: list[Line]
) -> None:
    some = data.draw(st.lists(st.sampled_from(lines), unique_by=lambda line: line.number))
    documents = {line.number: line.document_id for line in some}
    evidence = store.evidence([line.number for line in some], {})
    assert evidence.numbers.tolist() == sorted(documents)
    assert evidence.following.tolist() == [
        documents.get(number - 1) == documents[number] for number in sorted(documents)
    ]


def test_the_first_sentence_of_a_document_follows_nothing(store: Store) -> None:
    before, first = store.document_lines("alpha")[-1].number, store.document_lines("beta")[0].number
    assert store.evidence([before, first], {}).following.tolist() == [False, False]


def test_of_no_sentences_nothing_is_known(store: Store, make: Make) -> None:
    vectors = {role: one.encode_question(QUESTION) for role, one in make.encoders().items()}
    for numbers in ([], [0], [999]):  # none, a heading, and one that is not there
        evidence = store.evidence(numbers, vectors)
        assert evidence.traits.shape == (0, len(TRAITS))
        assert [len(one) for one in (evidence.words, evidence.counted, evidence.context)] == [0, 0, 0]
        assert [len(one.whole) + len(one.best) for one in evidence.likeness.values()] == [0, 0]
        assert len(evidence.following) == 0


def test_words_context_and_what_is_counted_are_those_of_the_text(store: Store, lines: list[Line]) -> None:
    evidence = store.evidence([line.number for line in lines], {})
    titles = {source.id: source.title for source in store.sources()}
    spelled = np.array(store.vocabulary.words)
    for place, line in enumerate(lines):
        context = words_in(". ".join([titles[line.document_id], *line.section]))
        for ragged, expected in (
            (evidence.words, words_in(line.text)),
            (evidence.context, context),
            (evidence.counted, set(counted_words(line.text))),
        ):
            assert set(spelled[ragged[place]]) == expected


def test_traits_are_those_of_the_text(store: Store, lines: list[Line]) -> None:
    evidence = store.evidence([line.number for line in lines], {})
    expected = [traits_of(line.text).values() for line in lines]
    assert evidence.traits.tolist() == [[float(value) for value in one] for one in expected]
    assert evidence.trait("length").tolist() == [len(line.text) for line in lines]
    assert evidence.traits.shape == (len(lines), len(TRAITS))


@pytest.mark.parametrize("role", ["english", "multilingual"])
def test_likeness_is_the_inner_product_with_the_whole_and_with_the_nearest_view(
    role: str, store: Store, make: Make, lines: list[Line]
) -> None:
    encoder = make.encoders()[role]
    question = encoder.encode_question(QUESTION)

    def cosines(text: str) -> Vectors:
        products: Vectors = encoder.encode_passages(views_of(text, encoder.window)) @ question
        return products

    likeness = store.evidence([line.number for line in lines], {role: question}).likeness[role]
    assert likeness.whole == pytest.approx([cosines(line.text)[0] for line in lines], abs=1e-6)
    assert likeness.best == pytest.approx([cosines(line.text).max() for line in lines], abs=1e-6)


def test_a_chunk_has_the_words_of_its_sentences_and_of_its_headings(store: Store, lines: list[Line]) -> None:
    titles = {source.id: source.title for source in store.sources()}
    numbers = sorted(store.chunks_of(["alpha", "beta"]), reverse=True)
    found = store.chunk_words(numbers)
    assert len(found) == store.chunks
    for place, number in enumerate(numbers):
        passage = store.passages([number])[number]
        inside = [line.text for line in lines if passage.first <= line.number < passage.last]
        expected = words_in(". ".join([titles[passage.document_id], *passage.section, *inside]))
        words = [store.vocabulary.words[one] for one in found[place]]
        assert sorted(words) == sorted(expected)


def test_a_word_is_held_by_the_chunks_that_have_it_in_any_case(store: Store) -> None:
    vocabulary = store.vocabulary
    words = store.chunk_words(store.chunks_of(["alpha", "beta"]))
    chunks = [{folded(vocabulary.words[one]) for one in words[place]} for place in range(len(words))]
    assert vocabulary.chunks.tolist() == [
        sum(folded(word) in chunk for chunk in chunks) for word in vocabulary.words
    ]


def test_words_have_the_vector_they_have_alone(store: Store, make: Make) -> None:
    vectors = make.encoders()["multilingual"].encode_passages(store.vocabulary.words)
    assert store.vocabulary.vectors == pytest.approx(vectors)
    assert list(store.vocabulary.words) == sorted(set(store.vocabulary.words))
