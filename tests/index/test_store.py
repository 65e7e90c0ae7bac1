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

QUESTION = "workshops on care in Rio"


@pytest.mark.parametrize("content", [b"", b"damaged", None])
def test_a_faiss_file_that_is_lost_is_made_again_from_the_tables(
    content: bytes | None, make: Make, tmp_path: Path
) -> None:
    encoders = make.encoders()
    path = tmp_path / make.built(tmp_path, encoders, make.documents()).folder / "english.faiss"
    whole = path.read_bytes()
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    question = encoders["english"].encode_question(QUESTION)
    found = make.opened(tmp_path, encoders).nearest("english", question, 3)
    assert len(found) == 3
    assert path.read_bytes() == whole


@pytest.mark.parametrize("lost", ["file", "folder", "header"])
def test_tables_that_are_lost_are_named_with_the_remedy(lost: str, make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    folder = tmp_path / make.built(tmp_path, encoders, make.documents()).folder
    path = folder / "library.sqlite"
    if lost == "folder":
        shutil.rmtree(folder)
    elif lost == "file":
        path.unlink()
    else:
        path.write_bytes(b"x" * 100 + path.read_bytes()[100:])
    with pytest.raises(IndexDamagedError, match="sstc-chat index verify") as caught:
        make.opened(tmp_path, encoders)
    assert str(path) in str(caught.value)


def test_readers_go_on_with_what_was_there_until_they_open_it_again(make: Make, tmp_path: Path) -> None:
    encoders, (alpha, beta) = make.encoders(), make.documents()
    make.built(tmp_path, encoders, [alpha])
    old = make.opened(tmp_path, encoders)
    question = encoders["english"].encode_question(QUESTION)

    def read(store: Store) -> object:
        words = store.matching(["ministers"], 99)
        return store.nearest("english", question, 99), words, store.document_lines("alpha")

    before = read(old)
    make.built(tmp_path, encoders, [beta])
    make.changed(tmp_path, encoders, lambda library: library.remove("alpha"))
    assert read(old) == before
    assert [one.id for one in old.sources()] == ["alpha"]
    new = make.opened(tmp_path, encoders)
    assert [one.id for one in new.sources()] == ["beta"]
    assert new.state > old.state
    assert new.matching(["ministers"], 99) == []


def test_sources_are_the_documents_in_order(store: Store, make: Make) -> None:
    assert [(one.id, one.title, one.language, one.sha256, one.metadata) for one in store.sources()] == [
        (one.id, one.title, one.language, one.sha256, one.metadata) for one in make.documents()
    ]


@given(data=st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_characters_equal_slices(data: st.DataObject, store: Store, make: Make) -> None:
    document = data.draw(st.sampled_from(make.documents()))
    places = st.integers(0, len(document.text))
    drawn = data.draw(st.lists(st.tuples(places, places).map(sorted), max_size=4))
    spans = tuple((start, end) for start, end in drawn)
    expected = "".join(document.text[start:end] for start, end in spans)
    assert store.characters(document.id, spans) == expected


def test_nothing_stands_in_a_document_that_is_not_there(store: Store) -> None:
    """It may have been taken out since an answer quoted it."""
    assert store.characters("gone", ((0, 40), (50, 60))) == ""


@pytest.fixture
def every(store: Store) -> list[int]:
    """Return the numbers of all chunks."""
    return sorted(store.chunks_of(["alpha", "beta"]))


def test_only_what_was_asked_for_comes_back(store: Store, every: list[int]) -> None:
    lines = [line.number for line in store.document_lines("beta")]
    assert list(store.lines([lines[1], lines[0], 999])) == lines[:2]
    assert list(store.passages(iter([every[2], every[0]]))) == [every[0], every[2]]
    assert store.lines([]) == {}
    assert store.passages([]) == {}
    assert store.document_lines("unknown") == []


def test_a_passage_holds_its_lines(store: Store, every: list[int]) -> None:
    for passage in store.passages(every).values():
        lines = store.lines(range(passage.first, passage.last)).values()
        assert passage.text.split() == " ".join(line.text for line in lines).split()
        assert {(line.document_id, line.section) for line in lines} == {
            (passage.document_id, passage.section)
        }


def test_a_word_is_found_where_it_stands_and_under_its_heading(store: Store, every: list[int]) -> None:
    passages = store.passages(every).values()
    under = [one.number for one in passages if "Care" in one.section]
    assert sorted(number for number, _ in store.matching(["care"], 99)) == under
    assert store.matching(["care"], 99, within=[]) == []
    assert [number for number, _ in store.matching(["care"], 99, within=under[:1])] == under[:1]


def test_the_chunks_of_a_document_are_those_that_name_it(store: Store, every: list[int]) -> None:
    passages = store.passages(every).values()
    beta = [one.number for one in passages if one.document_id == "beta"]
    assert store.chunks_of(["beta"]) == beta
    assert sorted(store.chunks_of(["alpha", "beta", "unknown"])) == every
    assert len(every) == store.chunks


def test_a_passage_that_is_remembered_is_the_one_that_was_read(store: Store, every: list[int]) -> None:
    first, third = store.passages(every[:2]), store.passages(every[2:3])
    assert store.passages([every[1], every[0], every[2]]) == {**first, **third}


def in_context(passage: Passage, store: Store) -> str:
    """Return what a chunk is encoded as: its title and headings, each once, and its text."""
    titles = {source.id: source.title for source in store.sources()}
    headings = dict.fromkeys([titles[passage.document_id], *passage.section])
    return f"{'. '.join(headings)}. {passage.text}"


def test_nearest_and_cosines_equal_inner_products(store: Store, every: list[int], make: Make) -> None:
    encoder = make.encoders()["english"]
    question = encoder.encode_question(QUESTION)
    texts = [in_context(one, store) for one in store.passages(every).values()]
    products = encoder.encode_passages(texts) @ question
    order = np.argsort(-products, kind="stable")
    found = store.nearest("english", question, len(texts))
    assert [number for number, _ in found] == [every[place] for place in order]
    assert dict(found) == pytest.approx(dict(zip(every, products, strict=True)), abs=1e-6)
    assert store.cosines("english", question, [every[2], every[0]]) == pytest.approx(
        {every[2]: products[2], every[0]: products[0]}, abs=1e-6
    )


def test_several_threads_get_the_same_answers(store: Store, make: Make) -> None:
    encoder = make.encoders()["english"]
    lines = [line.number for line in store.document_lines("alpha")]

    def ask(word: str) -> object:
        vector = encoder.encode_question(word)
        found = store.matching([word], 9), store.nearest("english", vector, 5)
        evidence = store.evidence(lines, {"english": vector}).words.values.tolist()
        return found, store.lines(lines), evidence, store.characters("beta", ((0, 40),))

    words = ["care", "forum", "kenya", "forum", "pays"] * 20
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, words)) == [ask(word) for word in words]
