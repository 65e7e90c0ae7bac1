"""The library keeps what was added, in order, and all of a change happens or none of it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import HomeError, IndexDamagedError, IndexStaleError
from sstc_chat.corpus.types import Document, Part
from sstc_chat.index.database import NAME, create_tables
from sstc_chat.index.library import open_library

ONE, TWO, THREE = (
    Document(name, name.title(), f"Text of {name}.\r\n😀", "en", {"pages": [1, 2], "of": name})
    for name in ("one", "two", "three")
)


def kept(home: Path) -> list[Document]:
    with open_library(home) as library:
        assert len(library) == len(list(library))
        return list(library)


def test_the_tables_are_made_all_or_none() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE spellings (spelling)")
        with pytest.raises(sqlite3.OperationalError, match="spellings already exists"):
            create_tables(connection)
        connection.execute("ROLLBACK")
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert tables == [("spellings",)]


def test_what_was_added_is_kept_in_order(tmp_path: Path) -> None:
    home = tmp_path / "not" / "yet" / "there"
    with open_library(home) as library:
        assert library.add([TWO, ONE]) == {"two": "added", "one": "added"}
        assert library.add([THREE, ONE]) == {"three": "added", "one": "unchanged"}
    assert kept(home) == [TWO, ONE, THREE]


def test_a_document_takes_the_place_of_one_with_the_same_id(tmp_path: Path) -> None:
    changed = replace(ONE, title="New", text="New text.", language="fr", metadata={})
    with open_library(tmp_path) as library:
        library.add([ONE, TWO])
        assert library.add([changed]) == {"one": "replaced"}
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
        waiting = open_library(tmp_path, patience=0.1)
        with pytest.raises(HomeError, match=rf"process {os.getpid()} \(.*since .*--wait SECONDS"), waiting:
            pytest.fail("Two were writing.")
        library.add([TWO])
    assert kept(tmp_path) == [ONE, TWO]


def test_who_comes_second_waits_for_its_turn(tmp_path: Path) -> None:
    def second() -> list[str]:
        with open_library(tmp_path, patience=30) as library:
            library.add([TWO])
            return [one.id for one in library]

    with ThreadPoolExecutor(1) as pool:
        with open_library(tmp_path) as first:
            waiting = pool.submit(second)
            time.sleep(0.2)
            assert not waiting.done()
            first.add([ONE])
        assert waiting.result() == ["one", "two"]


READING = """
import filelock, os, sys
from pathlib import Path
from sstc_chat.corpus.errors import HomeError
from sstc_chat.index.database import connect_to_read
from sstc_chat.index.library import open_library
from sstc_chat.index.versions import Versions
os.setuid(65534)
home = Path(sys.argv[1])
rows = connect_to_read(home / "generation-1" / "library.sqlite").execute("SELECT id FROM documents")
print([row[0] for row in rows], Versions(home).now())
try:
    with open_library(home) as library:
        library.add([])
except HomeError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="needs another user to become")
def test_a_folder_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with open_library(home) as library:
        library.add([ONE])
    for path in (*home.rglob("*"), home):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        path.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", READING, str(home)], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[:1] == ["['one'] (1, 1)"], done.stderr
    assert "cannot be written" in done.stdout.splitlines()[1]


@pytest.mark.parametrize("below", ["", "below", "two/below"])
def test_a_home_that_cannot_be_is_named_with_the_remedy(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("This is a file.")
    home = tmp_path / "file" / below
    with pytest.raises(HomeError, match="--home") as caught, open_library(home):
        pytest.fail("A file was taken for a folder.")
    assert str(home) in str(caught.value)


def test_a_library_that_is_none_is_not_overwritten(tmp_path: Path) -> None:
    """Nor one whose tables are damaged from the first byte on."""
    with open_library(tmp_path) as library:
        library.add([ONE])
    (file,) = tmp_path.rglob(NAME)
    file.write_text("Somebody else's file, long enough for a header. " * 50)
    with pytest.raises(IndexDamagedError, match="sstc-chat restore FILE"), open_library(tmp_path):
        pytest.fail("Any file was taken for a library.")
    assert file.read_text().startswith("Somebody else's")


@pytest.mark.parametrize("content", [None, "", "{", '{"schema": 3}'])
def test_a_manifest_that_is_lost_is_made_again_from_the_library(content: str | None, tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        library.add([ONE, TWO])
    before = (tmp_path / "manifest.json").read_text()
    (tmp_path / "manifest.json").unlink()
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    assert kept(tmp_path) == [ONE, TWO]
    assert (tmp_path / "manifest.json").read_text() == before


def test_a_library_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        library.add([ONE])
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"schema": 3', '"schema": 4'))
    with pytest.raises(IndexStaleError, match="schema 4"), open_library(tmp_path):
        pytest.fail("A later version's library was opened.")
    assert len(list(tmp_path.rglob(NAME))) == 1


def test_the_documents_of_a_library_of_schema_2_are_taken_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "library.sqlite")) as connection, connection:
        connection.execute(
            "CREATE TABLE documents (position INTEGER PRIMARY KEY, id, title, text, language, metadata)"
        )
        for one in (TWO, ONE):
            row = (one.id, one.title, one.text, one.language, json.dumps(dict(one.metadata)))
            connection.execute("INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?)", row)
    (tmp_path / "manifest.json").write_text('{"schema": 2, "generation": 7}')
    assert kept(tmp_path) == [TWO, ONE]


def test_what_was_taken_out_last_is_brought_back_where_it_was(tmp_path: Path) -> None:
    changed = replace(TWO, text="Another text.")
    with open_library(tmp_path) as library:
        library.add([ONE, TWO, THREE])
    with open_library(tmp_path) as library:
        assert library.bring_back() == []
        library.remove("one")
        library.keep()
        assert library.add([changed]) == {"two": "replaced"}
    assert kept(tmp_path) == [changed, THREE]
    with open_library(tmp_path) as library:
        assert library.bring_back() == ["one", "two"]
    assert kept(tmp_path) == [ONE, TWO, THREE]
    with open_library(tmp_path) as library:  # what it replaced can be brought back in turn
        assert library.bring_back() == ["two"]
    assert kept(tmp_path) == [ONE, changed, THREE]


def test_a_document_is_given_back_as_it_was_added(tmp_path: Path) -> None:
    part = Part("heading", ((0, 3), (5, 7)), 2)
    whole = replace(
        ONE, original=b"%PDF-\0", media_type="application/pdf", pages=((0, 4), (4, 9)), parts=(part, part)
    )
    with open_library(tmp_path) as library:
        library.add([whole])
    assert kept(tmp_path) == [whole]
