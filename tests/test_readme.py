"""The README's examples are run, and print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import Settings
from sstc_chat.ui.main import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLES = [
    (command, shown)
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for command, shown in re.findall(r"^\$ sstc-chat (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


def pattern(shown: str) -> str:
    """Return what matches a printed text in which `…` stands for anything."""
    return re.escape(shown.strip()).replace("…", ".*")


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_examples_print_what_is_shown(
    engine: Engine,
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    shown: str,
) -> None:
    assert engine.store.chunks
    own = shutil.copytree(home, tmp_path / "own")
    monkeypatch.chdir(ROOT)
    assert main(["--home", str(own), *shlex.split(command)]) == 0
    assert re.match(pattern(shown), capsys.readouterr().out, re.DOTALL)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/ACCESS.md",
        "docs/API.md",
        "docs/ARCHITECTURE.md",
        "docs/EVALUATING.md",
    ],
)
def test_links_lead_to_files(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_every_setting_is_explained() -> None:
    for one in fields(Settings):
        _, _, prefix = one.name.partition("_")
        name = f"…_{prefix}" if prefix.endswith("_prefix") else one.name
        assert f"`{name}`" in README or one.name == "home", one.name


def test_the_architecture_names_every_module() -> None:
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([\w/]+/)` \| `(\w+\.py)` \|", text, re.MULTILINE))
    there = {
        (f"{path.parent.relative_to(ROOT).as_posix()}/", path.name)
        for room in ("corpus", "index", "rag", "ui")
        for path in (ROOT / room).rglob("*.py")
        if path.name != "__init__.py"
    }
    assert named == there
