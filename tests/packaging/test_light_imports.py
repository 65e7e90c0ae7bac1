"""Importing the rooms is cheap, and never puts their bare names among the modules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("corpus", "index", "rag", "ui")
HEAVY = ("docx", "faiss", "gradio", "sentence_transformers", "torch", "transformers")
PROGRAM = """
import importlib, sys
for name in sys.argv[2:]:
    importlib.import_module(name)
print(*sorted(set(sys.argv[1].split(",")) & set(sys.modules)))
"""


@pytest.mark.parametrize(
    "modules",
    [
        "corpus/*.py",
        "corpus/readers/*.py",
        "corpus/readers/pdf/*.py",
        "index/*.py",
        "rag/*.py",
        "rag/choosing/*.py",
        "rag/evaluation/*.py",
        "rag/feedback/*.py",
        "rag/records/*.py",
        "rag/review/*.py",
        "rag/records/export/*.py",
        pytest.param("ui/main.py", id="command"),
    ],
)
def test_importing_loads_nothing_heavy(modules: str, tmp_path: Path) -> None:
    """In a process of its own: in this one, anything may have been imported already."""
    paths = [path.relative_to(ROOT) for path in sorted(ROOT.glob(modules))]
    names = [".".join(["sstc_chat", *path.with_suffix("").parts]) for path in paths if path.stem[0] != "_"]
    assert names
    command = [sys.executable, "-c", PROGRAM, ",".join(HEAVY), *names]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")


def test_no_room_is_known_by_its_bare_name() -> None:
    """`python -m pytest` or a `tests/__init__.py` would make `rag` a second `sstc_chat.rag`."""
    assert set(ROOMS) & set(sys.modules) == set()
