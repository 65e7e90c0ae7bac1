"""schemathesis sends what the description allows, and what it forbids: all is answered as it says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from sstc_chat.rag.access import accounts, tokens
from sstc_chat.rag.engine import Engine
from sstc_chat.ui.access.share import Share
from sstc_chat.ui.access.visitors import Door

# What the description cannot say: a record that is none, or a question with no words in it.
SETTINGS = """\
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 403, 404, 503]
"""
EXAMPLES = 25
PROGRAM = Path(sys.executable).with_name("st")


@pytest.mark.skipif(not PROGRAM.exists(), reason="schemathesis needs Python 3.11 or later")
def test_nothing_is_found(
    serve_page: Callable[..., AbstractContextManager[str]],
    engine: Engine,
    tmp_path: Path,
) -> None:
    accounts.add(tmp_path, "Amina", "nine cups of black tea", ["evaluator"])
    token = tokens.add(tmp_path, "schemathesis", ["evaluator"])
    (tmp_path / "schemathesis.toml").write_text(SETTINGS)
    with serve_page(
        engine, door=Door(tmp_path, readers="signed-in"), languages=[], share=Share(1_000_000)
    ) as url:
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
    assert "Tested: 9" in done.stdout
