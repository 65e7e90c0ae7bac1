"""A library with an inverted file is searched as one with a flat index, whatever it has been through."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.database import NAME, Tables, connect_to_read
from sstc_chat.index.dense import refreshing
from sstc_chat.index.dense.files import said_of
from sstc_chat.index.dense.opening import open_dense
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.keeping.checking import check_library
from sstc_chat.index.library import open_library
from sstc_chat.index.manifest import read_manifest
from sstc_chat.index.store import Store, open_store
from sstc_chat.index.types import no_progress

if TYPE_CHECKING:
    from tests.index.conftest import Make

SETTINGS = {"chunk_size": 120}
WORDS = "fund care forum Geneva Kenya tours money decent work ministers youth rural skills".split()
QUESTIONS = ["the fund in Kenya", "care", "Which forum met?", "decent rural work"]
# Few passages are in so few lists that all of them are searched: what is found is what is nearest.
steps = st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 30), min_size=1, max_size=9)), max_size=6)


def document(number: int) -> Document:
    said = [f"{WORDS[number % 13]} {WORDS[number % 7]} {part}." for part in range(number % 4 + 1)]
    return Document(str(number), f"Report {number % 5}", "\n\n".join(said), "en")


def change(home: Path, encoders: Mapping[str, Encoder], adds: bool, numbers: set[int], dense: str) -> None:
    with open_library(home, dense=dense) as library:
        if adds:
            library.add(document(number) for number in sorted(numbers))
        else:
            for number in numbers:
                library.remove(str(number))
        build_index(home, library, encoders, SETTINGS, no_progress)


def assert_alike(one: Store, other: Store, encoders: Mapping[str, Encoder]) -> None:
    """Both find what is as near; which of several that are equally near is not said."""
    documents = [source.id for source in one.sources()][::2]
    for question in QUESTIONS:
        for role, encoder in encoders.items():
            vector = encoder.encode_question(question)
            for top in (1, 5, 60):
                for within in (None, one.chunks_of(documents)):
                    found, expected = (store.nearest(role, vector, top, within) for store in (one, other))
                    assert [score for _, score in found] == pytest.approx(
                        [score for _, score in expected], abs=1e-6
                    )
                    cosines = other.cosines(role, vector, [number for number, _ in found])
                    assert dict(found) == pytest.approx(cosines, abs=1e-6)
                    assert within is None or {number for number, _ in found} <= set(within)


@pytest.mark.parametrize("fold", [3, 10_000])
@given(steps=steps)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_is_searched_as_a_flat_library_made_from_nothing(
    fold: int, steps: list[tuple[bool, set[int]]], make: Make
) -> None:
    encoders, there = make.encoders(), {1, 2}
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(refreshing, "FOLD", fold)
        lived, new = Path(folder, "lived"), Path(folder, "new")
        change(lived, encoders, True, there, "ivf")
        for adds, numbers in steps:
            change(lived, encoders, adds, numbers, "ivf")
            there = there | numbers if adds else there - numbers
        change(new, encoders, True, there, "flat")
        with (
            closing(open_store(lived, encoders, SETTINGS)) as one,
            closing(open_store(new, encoders, SETTINGS)) as other,
        ):
            assert one.manifest.dense.startswith("IVF" if there else "Flat")
            assert one.chunks == other.chunks
            assert_alike(one, other, encoders)
        assert not [line for line in check_library(lived, encoders, SETTINGS, no_progress) if line.wrong]


def test_the_setting_is_followed_at_the_next_change(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    for dense, kind in (("auto", "Flat"), ("ivf", "IVF8,SQfp16"), ("ivf", "IVF8,SQfp16"), ("flat", "Flat")):
        change(tmp_path, encoders, True, set(range(30)), dense)
        manifest = read_manifest(tmp_path)
        assert manifest.dense == kind
        said = [said_of(tmp_path / manifest.folder / f"{role}.faiss").kind for role in encoders]
        assert said == [kind, kind]


def test_an_inverted_file_that_is_lost_or_damaged_is_made_again(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    change(tmp_path, encoders, True, set(range(30)), "ivf")
    with closing(open_store(tmp_path, encoders, SETTINGS)) as store:
        vector = encoders["english"].encode_question("the fund")
        expected = store.nearest("english", vector, 5)
    path = tmp_path / read_manifest(tmp_path).folder / "english.faiss"
    for content in (None, path.read_bytes()[:300], b"\x00" * 300):
        path.unlink()
        if content:
            path.write_bytes(content)
        with closing(open_store(tmp_path, encoders, SETTINGS)) as store:
            assert store.nearest("english", vector, 5) == expected
        assert said_of(path).kind == "IVF8,SQfp16"


def test_a_list_that_is_damaged_is_found_and_mended_by_verifying(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    change(tmp_path, encoders, True, set(range(30)), "ivf")
    path = tmp_path / read_manifest(tmp_path).folder / "english.faiss"
    whole, place = path.read_bytes(), said_of(path).parsed + 3
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
    with closing(open_store(tmp_path, encoders, SETTINGS)) as store:
        vector = encoders["english"].encode_question("the fund")
        found = store.nearest("english", vector, 5)
        assert dict(found) == store.cosines("english", vector, [number for number, _ in found])
    said = [line.text for line in check_library(tmp_path, encoders, SETTINGS, no_progress)]
    assert any("english.faiss is damaged" in line and "made again" in line for line in said)
    assert path.read_bytes() == whole


def test_a_snapshot_goes_on_with_a_file_that_is_later(make: Make, tmp_path: Path) -> None:
    """The tables are opened, then others change them and write the file, and then the file is opened."""
    encoders = make.encoders()
    change(tmp_path, encoders, True, set(range(20)), "ivf")
    manifest = read_manifest(tmp_path)
    folder = tmp_path / manifest.folder
    with closing(Tables(connect_to_read(folder / NAME))) as tables, pytest.MonkeyPatch.context() as patched:
        patched.setattr(refreshing, "FOLD", 0)
        change(tmp_path, encoders, False, {3, 4, 5}, "ivf")
        change(tmp_path, encoders, True, {25, 26}, "ivf")
        dense = open_dense(tables, folder, "english", encoders["english"].dimension, manifest.dense)
        numbers = [row[0] for row in tables.rows("SELECT number FROM chunks ORDER BY number")]
        assert sorted(dense.numbers()) == numbers
        vector = encoders["english"].encode_question("care")
        assert sorted(number for number, _ in dense.search(vector, 100)) == numbers
