"""What lands in the wheel: the four rooms under their import names, their data, and no more."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("corpus", "index", "rag", "ui")
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "build", "*.egg-info")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Return the names in a wheel that is built from a copy, with the setuptools that is here.

    From a copy, since setuptools leaves a `build/` behind, and a stale one brings deleted modules
    back to life.
    """
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room, ignore=NOT_SHIPPED)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    offline = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", str(out), str(source)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(out.glob("*.whl"))) as archive:
        return frozenset(archive.namelist())


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_of_a_room_is_in_the_wheel(wheel: frozenset[str], room: str) -> None:
    files = {path.relative_to(ROOT) for path in (ROOT / room).rglob("*") if path.is_file()}
    written = {path for path in files if "__pycache__" not in path.parts}
    assert {f"sstc_chat/{path.as_posix()}" for path in written} - wheel == set()


@pytest.mark.parametrize(
    "pattern",
    [
        "sstc_chat/corpus/report/*.txt",
        "sstc_chat/corpus/report/*.json",
        "sstc_chat/corpus/report/README.md",
        "sstc_chat/index/schema.sql",
        "sstc_chat/rag/choosing/learned.json",
        "sstc_chat/ui/static/*.css",
        "sstc_chat/ui/languages/*.json",
        *(f"sstc_chat/{room}/py.typed" for room in ROOMS),
    ],
)
def test_the_data_is_in_the_wheel(wheel: frozenset[str], pattern: str) -> None:
    assert any(Path(name).match(pattern) for name in wheel)


def test_nothing_else_is_installed(wheel: frozenset[str]) -> None:
    """A bare `rag` or `index` in site-packages would be in everybody's way."""
    metadata = {name for name in wheel if name.split("/")[0].endswith(".dist-info")}
    strangers = {name for name in wheel - metadata if name.split("/")[:2][-1] not in ROOMS}
    assert strangers == set()
    assert {name.split("/")[0] for name in wheel - metadata} == {"sstc_chat"}


def test_there_is_a_command(wheel: frozenset[str]) -> None:
    assert any(name.endswith(".dist-info/entry_points.txt") for name in wheel)
