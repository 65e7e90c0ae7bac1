"""schemathesis sends what the description allows, and what it forbids: all is answered as it says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.access import accounts, tokens
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import Settings
from sstc_chat.ui.access.share import Share
from sstc_chat.ui.access.visitors import Door

# What the description cannot say: a record that is none, a question with no words in it, a file of no kind.
SETTINGS = """\
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 403, 404, 409, 415, 503]
"""
EXAMPLES = 25
PROGRAM = Path(sys.executable).with_name("st")


@pytest.mark.skipif(not PROGRAM.exists(), reason="schemathesis needs Python 3.11 or later")
def test_nothing_is_found(
    serve_page: Callable[..., AbstractContextManager[str]],
    engine: Engine,
    home: Path,
    encoders: Mapping[str, Encoder],
    settings: Settings,
    tmp_path: Path,
) -> None:
    assert engine.store.chunks
    shutil.copytree(home, tmp_path / "own")
    editor = Editor(tmp_path / "own", encoders, settings.index_settings())
    accounts.add(editor.home, "Amina", "nine cups of black tea", ["evaluator"])
    token = tokens.add(editor.home, "schemathesis", ["evaluator", "administrator"])
    (tmp_path / "schemathesis.toml").write_text(SETTINGS)
    door = Door(editor.home, readers="signed-in")
    with serve_page(engine, editor, door=door, languages=[], share=Share(1_000_000)) as url:
        described = f"{url}/api/v1/openapi.json"
        options = [
            "--header",
            f"Authorization: Bearer {token}",
            "--max-examples",
            str(EXAMPLES),
            "--seed",
            "1",
        ]
        command = [str(PROGRAM), "run", described, *options, "--no-color"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "Tested: 12" in done.stdout
