"""Whatever file of a home is damaged, it is mended or named with the command that mends it, which does."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.keeping.backup import back_up
from sstc_chat.index.keeping.checking import check_library
from sstc_chat.index.keeping.restore import finish, lay_out
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.feedback.keeping import all_feedback, send
from sstc_chat.rag.feedback.opinions import Opinion
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.settings import Settings, load_settings

QUESTION = "What is Ejo Heza?"
FILES = ("manifest.json", "records.sqlite", "settings.toml", "writer.lock", "{}/library.sqlite")
DERIVED = ("{}/english.faiss", "{}/multilingual.faiss", "{}/library.sqlite-shm")
REMEDIES = ("sstc-chat restore FILE", "sstc-chat index verify", "sstc-chat index build", "remove it")
NOISE = random.Random(7).randbytes(5000)  # noqa: S311 - chance, not secrets
DAMAGE = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "another": lambda path: path.write_bytes(NOISE),
}


@pytest.fixture
def kept(engine: Engine, home: Path, tmp_path: Path, no_progress: Progress) -> Path:
    """Return a home with a library, feedback and settings, of which there is a backup beside it."""
    kept = Path(shutil.copytree(home, tmp_path / "kept"))
    send(kept, Opinion(good=True, record=record_of(engine.ask(QUESTION))))
    (kept / "settings.toml").write_text("chunk_size = 800\n")
    back_up(kept, tmp_path / "backup", no_progress)
    return kept


class Used:
    """A home as its commands use it."""

    def __init__(self, home: Path, encoders: Mapping[str, Encoder], progress: Progress) -> None:
        self.home = home
        self.encoders = encoders
        self.progress = progress

    def settings(self) -> Settings:
        return load_settings({"home": self.home}, environment={})

    def does(self) -> Iterator[object]:
        """Do all that a home is for; yield what came of it."""
        settings = self.settings().index_settings()
        with closing(open_store(self.home, self.encoders, settings)) as store:
            yield [one.quote for one in Engine(store, self.encoders).ask(QUESTION).citations]
        yield [one.answer.question.text for one in all_feedback(self.home)]
        with open_library(self.home) as library:
            yield [one.sha256 for one in library]
        findings = check_library(self.home, self.encoders, settings, self.progress)
        yield [one.text for one in findings if one.wrong]


def attempted(used: Used) -> tuple[list[object], str]:
    """Return what came of all that a home is for, and what is said where it cannot be done."""
    try:
        return list(used.does()), ""
    except SSTCChatError as error:
        return [], str(error)


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", [*FILES, *DERIVED])
def test_a_damaged_file_is_named_with_what_mends_it(
    name: str,
    damage: str,
    kept: Path,
    engine: Engine,
    encoders: Mapping[str, Encoder],
    no_progress: Progress,
    tmp_path: Path,
) -> None:
    used = Used(kept, encoders, no_progress)
    before = list(used.does())
    path = kept / name.format(engine.store.manifest.folder)
    path.touch()
    DAMAGE[damage](path)
    done, said = attempted(used)
    assert not said or (path.name in said and any(remedy in said for remedy in REMEDIES))
    same = done == before
    # An empty database is one, with nothing in it; nobody can tell that from one that is new.
    assert same or name in FILES
    if same:
        return
    if name == "settings.toml":
        path.unlink(missing_ok=True)
    lay_out(kept, tmp_path / "backup")
    finish(kept)
    assert list(used.does()) == before
