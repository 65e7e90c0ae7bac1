"""The library keeps what was added, in order, and all of a change happens or none of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import HomeError
from sstc_chat.corpus.types import Document
from sstc_chat.index.library import NAME, open_library

ONE, TWO, THREE = (
    Document(name, name.title(), f"Text of {name}.\r\n😀", "en", {"pages": [1, 2], "of": name})
    for name in ("one", "two", "three")
)


def kept(home: Path) -> list[Document]:
    with open_library(home) as library:
        assert len(library) == len(list(library))
        return list(library)


def test_what_was_added_is_kept_in_order(tmp_path: Path) -> None:
    home = tmp_path / "not" / "yet" / "there"
    with open_library(home) as library:
        assert library.add([TWO, ONE]) == ["two", "one"]
        assert library.add([THREE]) == ["three"]
    assert kept(home) == [TWO, ONE, THREE]


def test_a_document_takes_the_place_of_one_with_the_same_id(tmp_path: Path) -> None:
    changed = replace(ONE, title="New", text="New text.", language="fr", metadata={})
    with open_library(tmp_path) as library:
        library.add([ONE, TWO])
        assert library.add([changed]) == ["one"]
    assert kept(tmp_path) == [changed, TWO]


def test_what_was_removed_is_gone_and_comes_back_last(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        library.add([ONE, TWO, THREE])
        assert library.remove("one")
        assert not library.remove("one")
        assert not library.remove("never there")
    assert kept(tmp_path) == [TWO, THREE]
    with open_library(tmp_path) as library:
        library.add([ONE])
    assert kept(tmp_path) == [TWO, THREE, ONE]


def test_an_exception_undoes_everything(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        library.add([ONE])

    def fail() -> None:
        with open_library(tmp_path) as library:
            library.add([TWO, replace(ONE, text="Changed.")])
            library.remove("one")
            assert [one.id for one in library] == ["two"]
            raise RuntimeError("No.")

    with pytest.raises(RuntimeError, match="No"):
        fail()
    assert kept(tmp_path) == [ONE]


def test_only_one_may_write_at_a_time(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        library.add([ONE])
        with pytest.raises(HomeError, match="wait until the other"), open_library(tmp_path):
            pytest.fail("Two were writing.")
        library.add([TWO])
    assert kept(tmp_path) == [ONE, TWO]


@pytest.mark.parametrize("below", ["", "below", "two/below"])
def test_a_home_that_cannot_be_is_named_with_the_remedy(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("This is a file.")
    home = tmp_path / "file" / below
    with pytest.raises(HomeError, match="--home") as caught, open_library(home):
        pytest.fail("A file was taken for a folder.")
    assert str(home) in str(caught.value)


def test_a_library_that_is_none_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("Somebody else's file, long enough for a header. " * 50)
    with pytest.raises(HomeError, match="file is not a database"), open_library(tmp_path):
        pytest.fail("Any file was taken for a library.")
    assert (tmp_path / NAME).read_text().startswith("Somebody else's")
