"""Whatever is damaged is found, and named with the command that mends it; the command does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.index.builder import build_index
from sstc_chat.index.keeping.checking import check_library
from sstc_chat.index.keeping.findings import Finding
from sstc_chat.index.library import open_library

if TYPE_CHECKING:
    from tests.index.conftest import Make, WordHash

SETTINGS = {"chunk_size": 120}


def findings(home: Path, encoders: dict[str, WordHash]) -> list[Finding]:
    return list(check_library(home, encoders, SETTINGS, lambda *_: None))


def test_of_a_library_that_is_whole_each_document_is_told(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    make.built(tmp_path, encoders, make.documents())
    store = make.opened(tmp_path, encoders)
    assert findings(tmp_path, encoders) == [
        Finding(f"{name}: {len(store.document_lines(name))} sentences, each exact")
        for name in ("alpha", "beta")
    ]


DAMAGE = {
    "a section": "UPDATE sections SET path = '[]' WHERE path LIKE '%Care%'",
    "a sentence": "UPDATE sentences SET text = text || '!' WHERE text LIKE 'Le forum%'",
    "a span": "UPDATE sentences SET spans = '[[0, 5]]' WHERE text LIKE 'Le forum%'",
    "a passage": "UPDATE chunks SET first = first + 1 WHERE text LIKE '%Le forum%'",
    "a passage that is gone": "DELETE FROM chunks WHERE text LIKE '%Le forum%'",
    "words": "UPDATE sentence_terms SET words = x'00000000'",
    "a trait": "UPDATE sentence_terms SET traits = zeroblob(44)",
    "words of a chunk": "DELETE FROM chunk_terms",
    "a use": "UPDATE words SET uses = uses + 1 WHERE word = 'Geneva'",
    "a spelling": "UPDATE spellings SET chunks = chunks + 1 WHERE spelling = 'geneva'",
    "the vector of a word": "UPDATE words SET vector = zeroblob(32) WHERE word = 'Geneva'",
    "a content": "UPDATE contents SET sum = x'00' WHERE number = 3",
    "vectors that are gone": "DELETE FROM vectors WHERE content = 2 AND model = 'english'",
    "a vector": "UPDATE vectors SET vectors = zeroblob(64) WHERE content = 2 AND model = 'english'",
    "words in FTS5": "INSERT INTO chunk_words (rowid, text, heading) VALUES (7, 'nobody', 'said this')",
    "what is pending": "INSERT INTO pending SELECT slot FROM documents",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_in_the_tables_is_found_and_built_again(
    damage: str, make: Make, tmp_path: Path
) -> None:
    encoders = make.encoders()
    manifest = make.built(tmp_path, encoders, make.documents())
    with closing(sqlite3.connect(tmp_path / manifest.folder / "library.sqlite")) as connection, connection:
        assert connection.execute(damage).rowcount
    wrong = [one.text for one in findings(tmp_path, encoders) if one.wrong]
    assert wrong
    assert all("Mend it: sstc-chat index build" in text for text in wrong)
    with open_library(tmp_path) as library:
        build_index(tmp_path, library, encoders, SETTINGS, lambda *_: None, anew=True)
    assert [one for one in findings(tmp_path, encoders) if one.wrong] == []


def test_a_vector_of_the_wrong_length_is_found_whatever_its_sum(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    encoders["english"].scale = 1.01
    make.built(tmp_path, encoders, make.documents())
    [wrong] = [one.text for one in findings(tmp_path, encoders) if one.wrong]
    assert wrong.startswith("The vectors of word-hash: damaged")


def test_a_text_that_is_damaged_is_named_and_not_built_again(make: Make, tmp_path: Path) -> None:
    """Nothing can make it again, so that the index that there is stays in use."""
    encoders = make.encoders()
    manifest = make.built(tmp_path, encoders, make.documents())
    with closing(sqlite3.connect(tmp_path / manifest.folder / "library.sqlite")) as connection, connection:
        connection.execute("UPDATE documents SET text = replace(text, 'Brazil', 'Brasil') WHERE id = 'alpha'")
    wrong = [one.text for one in findings(tmp_path, encoders) if one.wrong]
    [said] = wrong
    assert said.startswith("alpha: damaged; it is not what was added. Add it again, or bring back a backup")
    with pytest.raises(IndexDamagedError, match="alpha"):
        make.built(tmp_path, encoders, [], {"chunk_size": 90})
    assert make.opened(tmp_path, encoders).manifest.generation == 1
    make.built(tmp_path, encoders, make.documents()[:1])
    assert [one for one in findings(tmp_path, encoders) if one.wrong] == []


@pytest.mark.parametrize("damage", ["lost", "cut", "of other passages"])
def test_a_faiss_file_is_made_again_from_the_tables(damage: str, make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    path = tmp_path / make.built(tmp_path, encoders, make.documents()).folder / "multilingual.faiss"
    whole = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(whole[:-9])
    if damage == "of other passages":
        make.built(tmp_path / "other", encoders, make.documents()[1:])
        (other,) = (tmp_path / "other").rglob("multilingual.faiss")
        path.write_bytes(other.read_bytes())
    [told] = [one for one in findings(tmp_path, encoders) if "faiss" in one.text]
    assert (told.wrong, "made again from the tables" in told.text) == (False, True)
    assert path.read_bytes() == whole


def test_what_people_made_is_checked_too(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    make.built(tmp_path, encoders, make.documents())
    path = tmp_path / "records.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE notes (text)")
    assert [one for one in findings(tmp_path, encoders) if one.wrong] == []
    path.write_bytes(b"no database" * 1000)
    (wrong,) = [one.text for one in findings(tmp_path, encoders) if one.wrong]
    assert wrong.startswith(f"{path}: damaged; ")
    assert wrong.endswith("Bring back a backup: sstc-chat restore FILE")


def test_pages_that_are_damaged_are_found(make: Make, tmp_path: Path) -> None:
    encoders = make.encoders()
    path = tmp_path / make.built(tmp_path, encoders, make.documents()).folder / "library.sqlite"
    content = bytearray(path.read_bytes())
    content[65536 * 3 : 65536 * 4] = bytes(65536)
    path.write_bytes(content)
    assert any("sstc-chat restore FILE" in one.text for one in findings(tmp_path, encoders) if one.wrong)
