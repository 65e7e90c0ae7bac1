"""What is wrong is found and named, with what to do about it; what is right is left alone."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sstc_chat.index.database import NAME
from sstc_chat.index.manifest import read_manifest
from sstc_chat.index.types import Progress
from sstc_chat.rag.doctor.answers import check_answers, check_language_model
from sstc_chat.rag.doctor.diagnosis import Diagnosis
from sstc_chat.rag.doctor.machine import LEAST_FREE, LITTLE_FREE, check_machine
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import Settings, load_settings
from sstc_chat.ui.main import main

Checked = Callable[..., dict[str, Diagnosis]]


@pytest.fixture
def own(engine: Engine, home: Path, tmp_path: Path) -> Path:
    """Return a copy of the built home."""
    assert engine.store.chunks
    shutil.copytree(home, tmp_path / "own")
    return tmp_path / "own"


def machine(settings: Settings) -> dict[str, Diagnosis]:
    return {one.what: one for one in check_machine(settings)}


def answers(settings: Settings, progress: Progress) -> dict[str, Diagnosis]:
    return {one.what: one for one in check_answers(settings, progress)}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_all_is_well(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(own), "doctor", "--json"]) == 0
    found = {one["what"]: one for one in json.loads(capsys.readouterr().out)}
    machine_itself = {"program", "SQLite", "home", "temporary files", "disk"}
    assert machine_itself | {"models", "library", "answers"} <= found.keys()
    assert not [one for one in found.values() if one["state"] == "wrong"]
    assert found["library"]["said"] == "1 documents, each exact"


def test_it_is_read_by_people_too(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "settings.toml").write_text("english_model = '/nowhere/at-all'")
    assert main(["--home", str(own), "doctor"]) == 1
    said = capsys.readouterr()
    assert "wrong models          The model /nowhere/at-all cannot be loaded" in said.out
    assert "Something is wrong with: models." in said.err


def test_a_damaged_library_is_named_with_what_mends_it(own: Path, no_progress: Progress) -> None:
    path = own / read_manifest(own).folder / NAME
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 65536] = b"\xff" * 65536
    path.write_bytes(content)
    library = answers(load_settings({"home": own}, {}), no_progress)["library"]
    assert library.state == "wrong"
    assert "sstc-chat restore" in library.said or "sstc-chat index build" in library.said


def test_a_home_without_an_index_is_no_fault(tmp_path: Path, no_progress: Progress) -> None:
    library = answers(load_settings({"home": tmp_path}, {}), no_progress)["library"]
    assert (library.state, library.remedy) == ("note", "Nothing: the first command builds it.")


def test_a_home_that_cannot_be_written_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = machine(load_settings({"home": tmp_path / "file" / "home"}, {}))
    assert found["home"].state == "wrong"
    assert "--home" in found["home"].remedy


@pytest.mark.parametrize(
    ("free", "state"), [(LEAST_FREE - 1, "wrong"), (LEAST_FREE, "note"), (LITTLE_FREE, "good")]
)
def test_room_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free))
    assert machine(load_settings({"home": tmp_path}, {}))["disk"].state == state


@pytest.mark.skipif(os.name != "posix", reason="It speaks of POSIX permissions.")
def test_a_key_that_others_can_read_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("llm_api_key = 'sesame'")
    file.chmod(0o644)
    secrets = machine(load_settings({"home": tmp_path}, {}))["secrets"]
    assert (secrets.state, secrets.remedy) == ("wrong", f"Run: chmod 600 {file}")
    assert "sesame" not in secrets.said
    file.chmod(0o600)
    assert "secrets" not in machine(load_settings({"home": tmp_path}, {}))


def test_who_can_come_is_said(tmp_path: Path) -> None:
    settings = load_settings({"home": tmp_path}, {})
    assert machine(settings)["reach"].state == "good"
    open_to_all = machine(replace(settings, host="0.0.0.0", documents="edit"))["reach"]  # noqa: S104
    assert open_to_all.state == "note"
    assert "whoever comes may change the library" in open_to_all.said


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        taken = machine(load_settings({"home": tmp_path, "port": port}, {}))["port"]
    assert (taken.state, str(port) in taken.said) == ("note", True)


def test_a_language_model_that_is_not_there_is_wrong(tmp_path: Path) -> None:
    settings = load_settings({"home": tmp_path}, {})
    assert check_language_model(settings).state == "good"
    gone = replace(settings, llm_base_url=f"http://127.0.0.1:{free_port()}/v1", llm_api_key="sesame")
    found = check_language_model(gone)
    assert found.state == "wrong"
    assert "cannot be reached" in found.said
    assert "sesame" not in found.said + found.remedy
    assert check_language_model(replace(settings, llm_base_url="nowhere")).state == "wrong"
