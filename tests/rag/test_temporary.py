"""Where no temporary file can be written, that is said before anything is begun."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import HomeError
from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.temporary import temporary_folder
from sstc_chat.index.library import open_library
from sstc_chat.rag.doctor.machine import check_machine
from sstc_chat.rag.settings import load_settings


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave only a folder that is not there."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "none")])


def test_the_folder_is_that_of_the_system() -> None:
    assert temporary_folder() == tempfile.gettempdir()


@pytest.mark.usefixtures("nowhere")
def test_a_change_is_not_begun(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with pytest.raises(HomeError, match="TMPDIR"), open_library(home):
        pass
    assert not home.exists()


@pytest.mark.usefixtures("nowhere")
def test_a_file_is_not_read(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>Said.</p>")
    with pytest.raises(HomeError, match="TMPDIR"):
        list(read_file(page))


@pytest.mark.usefixtures("nowhere")
def test_the_doctor_says_so(tmp_path: Path) -> None:
    found = {one.what: one for one in check_machine(load_settings({"home": tmp_path}, {}))}
    assert found["temporary files"].state == "wrong"
    assert "TMPDIR" in found["temporary files"].said
