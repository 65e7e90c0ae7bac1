"""What is restored is its owner's alone where secrets may stand in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sstc_chat.index.keeping.backup import back_up
from sstc_chat.index.keeping.restore import finish, lay_out

if TYPE_CHECKING:
    from tests.index.conftest import Make

pytestmark = pytest.mark.skipif(os.name != "posix", reason="It speaks of POSIX permissions.")
SETTINGS = b'llm_api_key = "secret"\n'


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """Let new files be readable by all, unless they are made otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def backup(make: Make, tmp_path: Path) -> Path:
    """Return a backup of a home whose settings all can read."""
    home = tmp_path / "backed up"
    make.built(home, make.encoders(), make.documents())
    (home / "settings.toml").write_bytes(SETTINGS)
    back_up(home, tmp_path / "file", lambda *_: None)
    return tmp_path / "file"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("before", [None, 0o644, 0o600])
def test_restored_settings_are_for_nobody_else(before: int | None, backup: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    settings = home / "settings.toml"
    if before is not None:
        settings.write_bytes(b"port = 1\n")
        settings.chmod(before)
    lay_out(home, backup)
    finish(home)
    assert settings.read_bytes() == SETTINGS
    assert mode(settings) == 0o600


def test_what_is_laid_out_is_for_nobody_else(backup: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    lay_out(home, backup)
    assert mode(home / "restoring") == 0o700
    finish(home)
    assert not (home / "restoring").exists()
    # The library itself is as one that was built: others may be let read it.
    (generation,) = home.glob("generation-*")
    (built,) = (tmp_path / "backed up").glob("generation-*")
    assert mode(generation) == mode(built)
