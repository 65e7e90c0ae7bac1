"""Whatever is asked of a store, one in Milvus answers as the one in the home that it was published from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sstc_chat.corpus.types import Document
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.milvus.address import Address
from sstc_chat.index.milvus.publishing import publish
from sstc_chat.index.milvus.server import Server
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.store import Store, open_store
from sstc_chat.index.types import no_progress

if TYPE_CHECKING:
    from tests.index.conftest import Make, WordHash

SETTINGS = {"chunk_size": 120}
QUESTIONS = ["the fund in Kenya", "care", "Which forum met in Genève?", "5 million"]


class Pair:
    """A home, the server that it is published to, and a store on each."""

    def __init__(self, home: Path, address: Address, make: Make, stack: ExitStack) -> None:
        self.home, self.address, self.make, self.stack = home, address, make, stack
        self.encoders: dict[str, WordHash] = make.encoders()

    def publish(self) -> None:
        with open_library(self.home) as library, closing(Server(self.address)) as server:
            publish(library, server, no_progress)

    @property
    def local(self) -> Store:
        return self.stack.enter_context(closing(open_store(self.home, self.encoders, SETTINGS)))

    @property
    def remote(self) -> Store:
        opened = open_store(Path("nowhere"), self.encoders, SETTINGS, self.address)
        return self.stack.enter_context(closing(opened))


@pytest.fixture
def pair(make: Make, tmp_path: Path, empty: Address) -> Iterator[Pair]:
    with ExitStack() as stack:
        pair = Pair(tmp_path, empty, make, stack)
        long = Document("long", "Long", "Ein Satz über Genf 😀. " * 3000, "de", original=b"\x00\xff" * 40_000)
        make.built(tmp_path, pair.encoders, [*make.documents(), long])
        pair.publish()
        yield pair


def lists(ragged: Ragged) -> list[list[int]]:
    return [sorted(ragged[place].tolist()) for place in range(len(ragged))]


def assert_same(remote: Store, local: Store, encoders: Mapping[str, Encoder]) -> None:
    manifest = replace(local.manifest, generation=remote.manifest.generation)
    assert (remote.manifest, remote.state, remote.chunks) == (manifest, local.state, local.chunks)
    assert remote.manifest.fingerprint() == local.manifest.fingerprint()
    assert remote.sources() == local.sources()
    assert remote.counts() == local.counts()
    assert remote.vocabulary.words == local.vocabulary.words
    assert remote.vocabulary.spellings == local.vocabulary.spellings
    assert np.array_equal(remote.vocabulary.vectors, local.vocabulary.vectors)
    assert np.array_equal(remote.vocabulary.chunks, local.vocabulary.chunks)
    names = [source.id for source in local.sources()]
    every = sorted(local.chunks_of(names))
    assert remote.chunks_of(names) == every
    assert remote.passages(every) == local.passages(every)
    assert lists(remote.chunk_words(every)) == lists(local.chunk_words(every))
    assert remote.document("nobody") is local.document("nobody") is None
    for name in names:
        assert remote.document(name) == local.document(name)
        assert remote.document_lines(name) == local.document_lines(name)
        for spans in (((0, 1 << 30),), ((3, 40), (2, 5)), ((14_990, 15_020),)):
            assert remote.characters(name, spans) == local.characters(name, spans)
    lines = [line.number for name in names for line in local.document_lines(name)]
    assert remote.lines(lines) == local.lines(lines)
    for question in QUESTIONS:
        vectors = {role: one.encode_question(question) for role, one in encoders.items()}
        one, other = remote.evidence(lines, vectors), local.evidence(lines, vectors)
        assert one.numbers.tolist() == other.numbers.tolist()
        assert one.following.tolist() == other.following.tolist()
        assert one.lines.tolist() == other.lines.tolist()
        assert one.traits.tolist() == other.traits.tolist()
        for ours, theirs in ((one.words, other.words), (one.counted, other.counted)):
            assert lists(ours) == lists(theirs)
        assert lists(one.context) == lists(other.context)
        for role, vector in vectors.items():
            assert one.likeness[role].whole.tolist() == other.likeness[role].whole.tolist()
            assert one.likeness[role].best.tolist() == other.likeness[role].best.tolist()
            assert remote.cosines(role, vector, every) == pytest.approx(
                local.cosines(role, vector, every), abs=1e-6
            )
            for top, within in ((0, None), (3, None), (len(every), None), (2, every[1:4]), (5, [])):
                scores = [
                    [score for _, score in store.nearest(role, vector, top, within)]
                    for store in (remote, local)
                ]
                assert scores[0] == pytest.approx(scores[1], abs=1e-6)


def test_what_was_published_is_what_is_in_the_home(pair: Pair) -> None:
    assert_same(pair.remote, pair.local, pair.encoders)


def test_words_are_found_as_far_as_their_stems_go(pair: Pair) -> None:
    for store in (pair.local, pair.remote):
        found = {number for number, _ in store.matching(["workshop", "forums"], 10)}
        texts = [passage.text for passage in store.passages(found).values()]
        assert any("Workshops" in text for text in texts)
        assert any("forum" in text for text in texts)
        assert all("orkshop" in text or "orum" in text for text in texts)
        scores = [score for _, score in store.matching(["workshop", "forums"], 10)]
        assert scores == sorted(scores, reverse=True)
        assert min(scores) > 0
        some = sorted(found)[:1]
        assert [number for number, _ in store.matching(["workshop", "forums"], 10, some)] == some
        assert store.matching(["or", "nothing"], 10) == []
        assert store.matching([], 10) == []


def test_milvus_follows_what_is_added_replaced_and_taken_out(pair: Pair) -> None:
    store = pair.remote
    before = store.latest()
    more = Document("delta", 'Delta\'s "own" \\ title', "The forum met in Lima. It dealt with CARE.", "en")
    pair.make.changed(pair.home, pair.encoders, lambda library: library.add([more]))
    pair.publish()
    assert_same(pair.remote, pair.local, pair.encoders)
    other = Document("alpha", "Alpha", "# Alpha\n\nThe fund has nothing. It pays for no tours.", "en")
    pair.make.changed(pair.home, pair.encoders, lambda library: library.add([other]))
    pair.make.changed(pair.home, pair.encoders, lambda library: library.remove("beta"))
    pair.publish()
    assert_same(pair.remote, pair.local, pair.encoders)
    pair.make.changed(pair.home, pair.encoders, lambda library: library.bring_back())
    pair.publish()
    assert_same(pair.remote, pair.local, pair.encoders)
    after = store.latest()
    assert before
    assert after
    assert after[0] == before[0]
    assert after[1] > before[1]
    assert pair.remote.state == after[1]


def test_a_store_that_is_open_goes_on_while_documents_come(pair: Pair) -> None:
    store = pair.remote
    more = Document("delta", "Delta", "The forum met in Lima and in Ouagadougou.", "en")
    pair.make.changed(pair.home, pair.encoders, lambda library: library.add([more]))
    pair.publish()
    vector = pair.encoders["english"].encode_question("The forum met in Lima and in Ouagadougou.")
    (best, _), *_ = store.nearest("english", vector, 1)
    words = [store.vocabulary.words[place] for place in store.chunk_words([best]).values.tolist()]
    assert "Ouagadougou" not in words
    assert {"forum", "Geneva"} <= set(store.vocabulary.words)
