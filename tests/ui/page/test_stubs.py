"""Gradio is imported without the type stubs that it would write."""

from __future__ import annotations

import subprocess
import sys

import pytest

IMPORT = """
import sys
from contextlib import nullcontext
from sstc_chat.ui.page.stubs import no_stubs

opened = set()
sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "open" else None)
with {context}():
    import gradio
import inspect
print(inspect.getfile(gradio.HTML), sum("gradio" in path and path.endswith(".pyi") for path in opened))
"""


@pytest.mark.parametrize(("context", "stubs"), [("no_stubs", False), ("nullcontext", True)])
def test_no_stub_is_read_or_written(context: str, stubs: bool) -> None:
    told = subprocess.run(
        [sys.executable, "-c", IMPORT.format(context=context)], check=True, capture_output=True, text=True
    ).stdout
    path, count = told.rsplit(maxsplit=1)
    assert path.endswith("html.py")  # and behind it the files of components are told as before
    assert (int(count) > 0) == stubs
