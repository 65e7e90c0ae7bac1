"""The manifest is whole or it is said to be damaged; what made an index is compared with what is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
    SSTCChatError,
)
from sstc_chat.index.manifest import NAME, SCHEMA, Manifest, describe, read_manifest
from sstc_chat.index.store import open_store

if TYPE_CHECKING:
    from tests.index.conftest import Make, WordHash

COMMAND = "sstc-chat index build"
SETTINGS = {"chunk_size": 120}


@pytest.fixture
def manifest(make: Make) -> Manifest:
    return Manifest(SCHEMA, 3, describe(make.encoders()), SETTINGS)


def test_what_was_written_is_read(manifest: Manifest, tmp_path: Path) -> None:
    manifest.write(tmp_path)
    assert read_manifest(tmp_path) == manifest
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_where_there_is_none_the_command_that_makes_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=COMMAND) as caught:
        read_manifest(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_home_that_is_a_file_has_no_index(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("No folder.")
    with pytest.raises(SSTCChatError, match="file"):
        read_manifest(tmp_path / "file")


def test_half_a_manifest_is_damaged(manifest: Manifest, tmp_path: Path) -> None:
    manifest.write(tmp_path)
    whole = (tmp_path / NAME).read_bytes()
    for size in range(0, len(whole), 20):
        (tmp_path / NAME).write_bytes(whole[:size])
        with pytest.raises(IndexDamagedError, match=COMMAND) as caught:
            read_manifest(tmp_path)
        assert str(tmp_path / NAME) in str(caught.value)


@pytest.mark.parametrize("content", ["[]", "5", "null", "{}", '{"schema": 3}', "[" * 100_000, "\udcff"])
def test_what_is_no_manifest_is_damaged(content: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(IndexDamagedError, match=COMMAND):
        read_manifest(tmp_path)


def test_a_flipped_bit_is_never_more_than_an_error_of_ours(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    make.built(tmp_path, encoders, make.documents())
    whole = (tmp_path / NAME).read_bytes()
    for place in range(0, len(whole), 5):
        flipped = bytes([whole[place] ^ (1 << place % 7)])
        (tmp_path / NAME).write_bytes(whole[:place] + flipped + whole[place + 1 :])
        try:
            open_store(tmp_path, encoders, SETTINGS).close()
        except SSTCChatError as error:
            assert "sstc-chat index " in str(error)  # noqa: PT017 - either it opens, or this


@pytest.mark.parametrize(("change", "remedy"), [(1, "update sstc-chat"), (-1, COMMAND)])
def test_another_version_of_the_tables_is_stale(
    change: int, remedy: str, manifest: Manifest, tmp_path: Path
) -> None:
    schema = SCHEMA + change
    replace(manifest, schema=schema).write(tmp_path)
    with pytest.raises(IndexStaleError, match=f"schema {schema}; this version reads {SCHEMA}.*{remedy}"):
        read_manifest(tmp_path)


Change = Callable[["WordHash"], "WordHash"]


@pytest.mark.parametrize(
    ("change", "made", "now"),
    [
        pytest.param(lambda one: replace(one, name="other"), "word-hash", "other", id="name"),
        pytest.param(lambda one: replace(one, checksum="9f"), "'1'", "'9f'", id="checksum"),
        pytest.param(lambda one: replace(one, dimension=12), "16", "12", id="dimension"),
        pytest.param(lambda one: replace(one, window=7), "'window': 0", "'window': 7", id="window"),
    ],
)
def test_another_model_is_named(change: Change, made: str, now: str, manifest: Manifest, make: Make) -> None:
    encoders = make.encoders()
    manifest.check_made_by(encoders, SETTINGS)
    encoders["english"] = change(encoders["english"])
    with pytest.raises(IndexStaleError, match=COMMAND) as caught:
        manifest.check_made_by(encoders, SETTINGS)
    before, after = str(caught.value).split(", now ")
    assert "another english:" in before
    assert made in before
    assert now in after


def test_other_settings_and_missing_models_are_named(manifest: Manifest, make: Make) -> None:
    encoders = make.encoders()
    del encoders["multilingual"]
    with pytest.raises(IndexStaleError, match=r"another chunk_size and multilingual: .*120.*now.*500"):
        manifest.check_made_by(encoders, {"chunk_size": 500})


def test_whoever_reads_while_it_is_written_sees_the_old_or_the_new(
    manifest: Manifest, tmp_path: Path
) -> None:
    manifests = [manifest, replace(manifest, generation=4)]
    manifest.write(tmp_path)

    def write() -> None:
        for number in range(100):
            manifests[number % 2].write(tmp_path)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not writing.done():
            assert read_manifest(tmp_path) in manifests
        writing.result()


def test_the_fingerprint_changes_with_whatever_an_answer_depends_on(manifest: Manifest) -> None:
    manifest = replace(manifest, documents={"ü": "5a"})
    changed = [
        replace(manifest, documents={"ü": "5b"}),
        replace(manifest, settings={"chunk_size": 121}),
        replace(manifest, schema=SCHEMA + 1),
        replace(manifest, models={"english": {**manifest.models["english"], "checksum": "2"}}),
    ]
    prints = {json.dumps(one.fingerprint()) for one in (manifest, *changed)}
    assert len(prints) == 5
    assert replace(manifest, generation=9).fingerprint() == manifest.fingerprint()
