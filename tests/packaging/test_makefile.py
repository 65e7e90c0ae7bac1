"""What `make run` does, told by a Python that only writes down what it is asked to do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="there is no make here")

# Each program there is: it writes down how it was called, and fails where that holds $FAILS_AT.
PROGRAM = """#!/bin/sh
[ "$1" = --version ] && { echo "Python 3.9.2"; exit; }
call="${0##*/} $*"
echo "$call" >> "$CALLS"
case "$call" in *"$FAILS_AT"*) exit 1;; esac
if [ "$1 $2" = "-m venv" ]; then
    rm -rf .venv
    mkdir -p .venv/bin
    for program in python sstc-chat ruff mypy bandit pytest; do cp "$0" ".venv/bin/$program"; done
fi
"""
VENV, CPU_TORCH, ANY_TORCH = "-m venv", "whl/cpu torch==", "install torch=="
PINS, PROJECT, SERVE = "--no-deps -r requirements.txt", "--editable .", "sstc-chat serve"
TOOLS = "--no-deps -r requirements-dev.txt"
CHECKS = (
    *("ruff check", "ruff format --check", "mypy --exclude benchmarks/performance/"),
    *("mypy --exclude /peers/", "bandit --quiet", ".ci/audit.py", "pytest -k words"),
)


@dataclass(frozen=True)
class Checkout:
    """A folder with the Makefile, the pins and a `python3`, which writes into `calls`."""

    folder: Path
    calls: Path

    def make(self, *arguments: str, fails_at: str = "never") -> subprocess.CompletedProcess[str]:
        self.calls.write_text("")
        path = f"{self.folder / 'programs'}:{os.environ['PATH']}"
        environment = {"PATH": path, "CALLS": str(self.calls), "FAILS_AT": fails_at}
        command = [str(MAKE), "--no-print-directory", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def steps(self) -> list[str]:
        """Return which of the steps the last run took, in their order."""
        known = (VENV, CPU_TORCH, ANY_TORCH, PINS, PROJECT, SERVE, TOOLS, *CHECKS)
        lines = self.calls.read_text().splitlines()
        return [step for line in lines for step in known if step in line]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    folder = tmp_path / "a folder"
    (folder / "programs").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    for name in ("python3", "python3.12"):
        (folder / "programs" / name).write_text(PROGRAM)
        (folder / "programs" / name).chmod(0o755)
    return Checkout(folder, tmp_path / "calls")


def test_the_first_run_sets_everything_up_and_starts(checkout: Checkout) -> None:
    assert checkout.make("run").returncode == 0
    assert checkout.steps() == [VENV, CPU_TORCH, PINS, PROJECT, SERVE]


def test_the_second_run_starts_at_once(checkout: Checkout) -> None:
    checkout.make("run")
    (checkout.folder / "requirements.txt").touch()
    assert checkout.make("run", "ARGS=--port 8000").returncode == 0
    assert checkout.calls.read_text() == "sstc-chat serve --port 8000\n"


def test_every_check_is_made(checkout: Checkout) -> None:
    checkout.make("run")
    assert checkout.make("test", "ARGS=-k words").returncode == 0
    assert checkout.steps() == [TOOLS, *CHECKS]
    typed = checkout.folder / ".venv" / "typed" / "sstc_chat" / "rag"
    assert typed.resolve() == checkout.folder / "rag"


@pytest.mark.parametrize("check", CHECKS)
def test_one_check_that_fails_is_a_failure(checkout: Checkout, check: str) -> None:
    done = checkout.make("test", "ARGS=-k words", fails_at=check)
    assert done.returncode != 0
    assert checkout.steps()[-1] == check
    assert check.partition(" ")[0] in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("broken", [VENV, "torch==", PINS, PROJECT])
def test_a_broken_set_up_is_resumed(checkout: Checkout, broken: str) -> None:
    assert checkout.make("run", fails_at=broken).returncode != 0
    assert SERVE not in checkout.steps()
    assert checkout.make("run").returncode == 0
    created = [VENV] if broken == VENV else []
    assert checkout.steps() == [*created, CPU_TORCH, PINS, PROJECT, SERVE]


def test_the_ordinary_torch_follows_where_the_small_one_is_out_of_reach(checkout: Checkout) -> None:
    assert checkout.make("run", fails_at="whl/cpu").returncode == 0
    assert checkout.steps() == [VENV, CPU_TORCH, ANY_TORCH, PINS, PROJECT, SERVE]


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_changed_pins_are_installed(checkout: Checkout, name: str) -> None:
    checkout.make("run")
    with (checkout.folder / name).open("a") as file:
        file.write("# changed\n")
    checkout.make("run")
    assert checkout.steps() == [CPU_TORCH, PINS, PROJECT, SERVE]


def test_a_folder_that_was_moved_is_set_up_again(checkout: Checkout) -> None:
    """The scripts in an environment, and the editable install, hold the old path."""
    checkout.make("run")
    moved = Checkout(checkout.folder.rename(checkout.folder.with_name("moved")), checkout.calls)
    moved.make("run")
    assert moved.steps() == [VENV, CPU_TORCH, PINS, PROJECT, SERVE]


def test_a_python_that_is_named_is_the_one_that_is_used(checkout: Checkout) -> None:
    checkout.make("run")
    checkout.make("run", "PYTHON=python3.12")
    assert VENV in checkout.steps()
    checkout.make("run", "PYTHON=python3.12")
    assert checkout.steps() == [SERVE]
    checkout.make("run")
    assert checkout.steps() == [SERVE]


@pytest.mark.parametrize(
    ("lacking", "remedy"),
    [
        pytest.param("version_info", "3.10, 3.11, 3.12 or 3.13", id="another version"),
        pytest.param("ensurepip", "apt install python3-venv", id="no venv"),
    ],
)
def test_a_python_that_will_not_do_is_named_with_the_remedy(
    checkout: Checkout, lacking: str, remedy: str
) -> None:
    done = checkout.make("run", fails_at=lacking)
    assert done.returncode != 0
    assert remedy in done.stderr
    assert not (checkout.folder / ".venv").exists()


def test_the_page_on_quality_is_written_by_one_command(checkout: Checkout) -> None:
    checkout.make("run")
    assert checkout.make("quality", "QUESTIONS=one.jsonl two.jsonl", "ARGS=--limit 9").returncode == 0
    assert checkout.calls.read_text() == (
        "sstc-chat --home .venv/quality index build\n"
        "sstc-chat --home .venv/quality evaluate one.jsonl two.jsonl --write docs/QUALITY.md --limit 9\n"
    )


def test_quality_without_questions_says_how(checkout: Checkout) -> None:
    done = checkout.make("quality")
    assert done.returncode != 0
    assert "make quality QUESTIONS=" in done.stderr
    assert checkout.steps() == []


def targets() -> list[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z]+):(?! export)", makefile, flags=re.MULTILINE)


def test_help_comes_first_and_names_every_command(checkout: Checkout) -> None:
    said = checkout.make().stdout
    assert [name for name in targets() if f"  make {name} " not in said] == ["help"]


@pytest.mark.parametrize("name", ["README.md", ".ci/run"])
def test_commands_that_are_written_down_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    # They begin a line, perhaps after a variable, or stand between backticks.
    named = re.findall(r"(?:^ *(?:\w+=\S+ )?|`)make ([a-z]+)", text, flags=re.MULTILINE)
    assert set(named) <= set(targets())
