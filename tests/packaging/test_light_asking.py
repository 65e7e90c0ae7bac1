"""A question on the command line imports nothing that takes long and that it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sstc_chat.rag.engine import Engine

NOT_NEEDED = (
    *("babel", "docx", "gradio", "langchain_text_splitters", "onnx", "openai", "pydantic", "pypdfium2"),
    *("safetensors", "scipy", "selectolax", "sentence_transformers", "sentencex", "sklearn", "torch"),
    *("transformers", "uvicorn"),
)
PROGRAM = """
import sys
from sstc_chat.ui.main import main
assert main(sys.argv[2:]) == 0
print(*sorted(set(sys.argv[1].split(",")) & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["ask", "What is Ejo Heza?"], id="ask"),
        pytest.param(["ask", "Qu'est-ce qu'Ejo Heza ?", "--json"], id="ask in French"),
        pytest.param(["search", "child labour"], id="search"),
        pytest.param(["index", "list"], id="list"),
    ],
)
def test_asking_loads_nothing_that_it_does_not_need(arguments: list[str], engine: Engine, home: Path) -> None:
    assert engine.store.chunks
    command = [sys.executable, "-c", PROGRAM, ",".join(NOT_NEEDED), "--home", str(home), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.split()) == (0, [])
    assert "Ejo Heza" in done.stdout or arguments[0] != "ask"
