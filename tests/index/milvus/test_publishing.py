"""A rebuild swaps at once, what was broken off is done again, and what goes wrong is said with its remedy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import IndexMissingError, IndexStaleError, StoreError
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.library import open_library
from sstc_chat.index.milvus import reading
from sstc_chat.index.milvus.address import Address
from sstc_chat.index.milvus.packing import packed, pieces, to_bytes, unpacked
from sstc_chat.index.milvus.publishing import publish
from sstc_chat.index.milvus.server import Server
from sstc_chat.index.store import Store, open_store
from sstc_chat.index.types import no_progress

if TYPE_CHECKING:
    from tests.index.conftest import Make, WordHash

SETTINGS = {"chunk_size": 120}


def send(home: Path, address: Address, *, replace: bool = False) -> None:
    with open_library(home) as library, closing(Server(address)) as server:
        publish(library, server, no_progress, replace=replace)


def ids(store: Store) -> list[str]:
    return [source.id for source in store.sources()]


def test_a_rebuild_is_put_in_use_at_once_and_the_one_before_stays_for_those_who_read_it(
    make: Make, tmp_path: Path, empty: Address
) -> None:
    encoders = make.encoders()
    make.built(tmp_path, encoders, make.documents())
    send(tmp_path, empty)
    with closing(open_store(tmp_path, encoders, SETTINGS, empty)) as before:
        for times in (1, 2):
            with open_library(tmp_path) as library:
                build_index(tmp_path, library, encoders, SETTINGS, no_progress, anew=True)
            send(tmp_path, empty)
            if times == 1:
                vector = encoders["english"].encode_question("care")
                numbers = [number for number, _ in before.nearest("english", vector, 3)]
                assert len(before.passages(numbers)) == 3
            latest = before.latest()
            assert latest
            assert latest[0] == before.manifest.generation + times
    with closing(Server(empty)) as server:
        assert len(server.generations()) == 2


def test_what_was_broken_off_is_done_again(
    make: Make, tmp_path: Path, empty: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoders = make.encoders()
    make.built(tmp_path, encoders, make.documents())
    send(tmp_path, empty)
    more = [Document(f"m{n}", f"More {n}", f"Care is number {n}. It went well.", "en") for n in range(4)]
    make.changed(tmp_path, encoders, lambda library: library.add(more))
    done: list[int] = []
    row = reading.document_row

    def break_off(*values: object) -> object:
        done.append(1)
        if len(done) == 3:
            raise StoreError("The server is gone.")
        return row(*values)  # type: ignore[arg-type]

    monkeypatch.setattr("sstc_chat.index.milvus.publishing.document_row", break_off)
    with pytest.raises(StoreError, match="gone"):
        send(tmp_path, empty)
    monkeypatch.undo()
    send(tmp_path, empty)
    with (
        closing(open_store(tmp_path, encoders, SETTINGS, empty)) as remote,
        closing(open_store(tmp_path, encoders, SETTINGS)) as local,
    ):
        assert ids(remote) == ids(local)
        assert remote.chunks_of(ids(local)) == sorted(local.chunks_of(ids(local)))
        assert remote.vocabulary.words == local.vocabulary.words
        assert remote.vocabulary.chunks.tolist() == local.vocabulary.chunks.tolist()


def test_the_library_of_another_home_is_not_overwritten_unasked(
    make: Make, tmp_path: Path, empty: Address
) -> None:
    encoders = make.encoders()
    one, other = tmp_path / "one", tmp_path / "other"
    make.built(one, encoders, make.documents())
    make.built(other, encoders, make.documents()[:1])
    send(one, empty)
    with pytest.raises(StoreError, match=r"another home.*--replace"):
        send(other, empty)
    with closing(open_store(other, encoders, SETTINGS, empty)) as store:
        assert ids(store) == ["alpha", "beta"]
    send(other, empty, replace=True)
    with closing(open_store(other, encoders, SETTINGS, empty)) as store:
        assert ids(store) == ["alpha"]
    make.changed(other, encoders, lambda library: library.add(make.documents()))
    send(other, empty)
    with closing(open_store(other, encoders, SETTINGS, empty)) as store:
        assert sorted(ids(store)) == ["alpha", "beta"]


def test_a_library_that_was_published_further_than_it_is_now_must_be_built_anew(
    make: Make, tmp_path: Path, empty: Address
) -> None:
    encoders = make.encoders()
    make.built(tmp_path, encoders, make.documents())
    send(tmp_path, empty)
    (file,) = tmp_path.glob("generation-*/library.sqlite")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE facts SET value = value - 1 WHERE name = 'state'")
    with pytest.raises(StoreError, match=r"later state.*index build"):
        send(tmp_path, empty)
    with open_library(tmp_path) as library:
        build_index(tmp_path, library, encoders, SETTINGS, no_progress, anew=True)
    send(tmp_path, empty)


def test_a_server_that_is_not_there_is_named_with_the_remedy(make: Make, tmp_path: Path) -> None:
    address = Address("http://127.0.0.1:9", "root:sesame")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9 .*milvus_uri") as caught:
        open_store(tmp_path, make.encoders(), SETTINGS, address)
    assert "sesame" not in f"{caught.value} {caught.value.__cause__} {address}"
    with pytest.raises(StoreError, match=r"illegal.*milvus_uri"):
        open_store(tmp_path, make.encoders(), SETTINGS, Address("not an address"))
    assert Address("https://me:sesame@milvus:19530/reports").shown == "https://milvus:19530/reports"


def test_a_server_that_holds_no_library_says_so(make: Make, tmp_path: Path, empty: Address) -> None:
    with pytest.raises(IndexMissingError, match="index publish"):
        open_store(tmp_path, make.encoders(), SETTINGS, empty)


def test_an_index_of_other_models_is_stale(make: Make, tmp_path: Path, empty: Address) -> None:
    encoders: dict[str, WordHash] = make.encoders()
    make.built(tmp_path, encoders, make.documents())
    send(tmp_path, empty)
    encoders["english"].checksum = "2"
    with pytest.raises(IndexStaleError, match="english"):
        open_store(tmp_path, encoders, SETTINGS, empty)


def test_what_is_packed_comes_back_and_what_is_too_long_is_refused() -> None:
    value = ["é😀", None, 1 << 62, {"a": [1.5]}]
    assert unpacked(packed(value)) == value
    content = bytes(range(256)) * 1000
    assert b"".join(map(to_bytes, pieces(content))) == content
    with pytest.raises(StoreError, match="more than Milvus takes"):
        packed([str(hash((n, "x"))) for n in range(20_000)])
