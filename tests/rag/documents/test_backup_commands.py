"""One command makes a backup, one brings it back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sstc_chat.rag.engine import Engine
from sstc_chat.ui.main import main


def test_a_backup_is_made_and_brought_back(
    capsys: pytest.CaptureFixture[str], engine: Engine, home: Path, tmp_path: Path
) -> None:
    assert engine.store.chunks
    own, file = shutil.copytree(home, tmp_path / "own"), tmp_path / "all.backup"

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["--home", str(own), *arguments])
        return status, *capsys.readouterr()

    listed = run("index", "list")[1]
    status, out, error = run("backup", str(file))
    assert (status, out) == (0, "")
    assert f"Wrote {file}" in error.splitlines()[-1]
    assert run("index", "remove", "ilo-south-south-cooperation-2024")[0] == 0
    assert run("index", "list")[1] == ""
    assert run("restore", str(file))[0] == 0
    assert run("index", "list")[1] == listed
    assert run("index", "verify")[0] == 0
    file.write_bytes(b"no backup")
    status, out, error = run("restore", str(file))
    assert (status, out) == (1, "")
    assert "Nothing was changed" in error
    assert run("index", "list")[1] == listed
