"""A store is sound or it does not open; what it gives equals plain Python over what was read."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.store import Store
from sstc_chat.index.types import Passage

if TYPE_CHECKING:
    from tests.index.conftest import Make

COMMAND = "sstc-chat index build"
FILES = ["english.faiss", "index.sqlite", "multilingual.faiss"]
QUESTION = "workshops on care in Rio"


def test_a_generation_has_exactly_the_files_of_its_manifest(store: Store) -> None:
    assert sorted(store.manifest.files) == FILES


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0, 50, -1])
def test_a_flipped_bit_is_found(name: str, place: int, make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    path = tmp_path / make.built(tmp_path, encoders, make.documents()).folder / name
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)
    with pytest.raises(IndexDamagedError, match=COMMAND) as caught:
        make.opened(tmp_path, encoders)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("name", ["", *FILES])
def test_what_is_missing_is_named(name: str, make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    folder = tmp_path / make.built(tmp_path, encoders, make.documents()).folder
    if name:
        (folder / name).unlink()
    else:
        shutil.rmtree(folder)
    with pytest.raises(IndexDamagedError, match=f"missing.*{COMMAND}") as caught:
        make.opened(tmp_path, encoders)
    assert str(folder / name) in str(caught.value)


def test_sources_are_the_documents_in_order(store: Store, make: Make) -> None:
    assert [(one.id, one.title, one.language, one.sha256, one.metadata) for one in store.sources()] == [
        (one.id, one.title, one.language, one.sha256, one.metadata) for one in make.documents()
    ]


@given(data=st.data())
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_characters_equal_slices(data: st.DataObject, store: Store, make: Make) -> None:
    document = data.draw(st.sampled_from(make.documents()))
    places = st.integers(0, len(document.text))
    drawn = data.draw(st.lists(st.tuples(places, places).map(sorted), max_size=4))
    spans = tuple((start, end) for start, end in drawn)
    expected = "".join(document.text[start:end] for start, end in spans)
    assert store.characters(document.id, spans) == expected


def test_only_what_was_asked_for_comes_back(store: Store) -> None:
    assert list(store.lines([3, 1, 999])) == [1, 3]
    assert list(store.passages(iter([2, 0]))) == [0, 2]
    assert store.lines([]) == {}
    assert store.passages([]) == {}
    assert store.document_lines("unknown") == []


def test_a_passage_holds_its_lines(store: Store) -> None:
    for passage in store.passages(range(store.chunks)).values():
        lines = store.lines(range(passage.first, passage.last)).values()
        assert passage.text.split() == " ".join(line.text for line in lines).split()
        assert {(line.document_id, line.section) for line in lines} == {
            (passage.document_id, passage.section)
        }


def test_a_word_is_found_where_it_stands_and_under_its_heading(store: Store) -> None:
    passages = store.passages(range(store.chunks)).values()
    under = [one.number for one in passages if "Care" in one.section]
    assert sorted(number for number, _ in store.matching(["care"], 99)) == under
    assert store.matching(["care"], 99, within=[]) == []
    assert [number for number, _ in store.matching(["care"], 99, within=under[:1])] == under[:1]


def test_the_chunks_of_a_document_are_those_that_name_it(store: Store) -> None:
    passages = store.passages(range(store.chunks)).values()
    beta = [one.number for one in passages if one.document_id == "beta"]
    assert store.chunks_of(["beta"]) == beta
    assert sorted(store.chunks_of(["alpha", "beta", "unknown"])) == list(range(store.chunks))


def test_a_passage_that_is_remembered_is_the_one_that_was_read(store: Store) -> None:
    first = store.passages([0, 1])
    assert store.passages([1, 0, 2]) == {**first, 2: store.passages([2])[2]}


def in_context(passage: Passage, store: Store) -> str:
    """Return what a chunk is encoded as: its title and headings, each once, and its text."""
    titles = {source.id: source.title for source in store.sources()}
    headings = dict.fromkeys([titles[passage.document_id], *passage.section])
    return f"{'. '.join(headings)}. {passage.text}"


def test_nearest_and_cosines_equal_inner_products(store: Store, make: Make) -> None:
    encoder = make.encoders()["english"]
    question = encoder.encode_question(QUESTION)
    texts = [in_context(one, store) for one in store.passages(range(store.chunks)).values()]
    products = encoder.encode_passages(texts) @ question
    order = np.argsort(-products, kind="stable")
    found = store.nearest("english", question, len(texts))
    assert [number for number, _ in found] == order.tolist()
    assert dict(found) == pytest.approx(dict(enumerate(products)), abs=1e-6)
    assert store.cosines("english", question, [2, 0]) == pytest.approx(
        {2: products[2], 0: products[0]}, abs=1e-6
    )


def test_several_threads_get_the_same_answers(store: Store, make: Make) -> None:
    encoder = make.encoders()["english"]

    def ask(word: str) -> object:
        vector = encoder.encode_question(word)
        found = store.matching([word], 9), store.nearest("english", vector, 5)
        evidence = store.evidence(range(9), {"english": vector}).words.values.tolist()
        return found, store.lines(range(9)), evidence, store.characters("beta", ((0, 40),))

    words = ["care", "forum", "kenya", "forum", "pays"] * 20
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, words)) == [ask(word) for word in words]
