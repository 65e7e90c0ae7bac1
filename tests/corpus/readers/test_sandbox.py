"""A reader cannot take more than its process has, and what comes back from it is looked at."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.readers import sandbox
from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.html import extract as extract_html
from sstc_chat.corpus.readers.sandbox import extract_apart
from sstc_chat.corpus.types import Part

PAGE = b"<title>A title</title><h1>One</h1><p>Two [a](b) \xf0\x9f\x98\x80"
HEAVY = ("numpy", "py3langid", "langchain_text_splitters", "docx", "selectolax", "markdown_it", "pypdfium2")


def test_what_comes_back_is_what_the_reader_extracts() -> None:
    assert extract_apart("html", PAGE) == extract_html(PAGE)


def test_time_is_limited() -> None:
    with pytest.raises(UnreadableError, match=r"takes more than 2 seconds to read\. Split it"):
        extract_apart("html", b"<div>" * 400_000, seconds=2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_processor_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    with_a_clock = subprocess.Popen.communicate
    monkeypatch.setattr(
        subprocess.Popen,
        "communicate",
        lambda process, content, timeout: with_a_clock(process, content),  # noqa: ARG005
    )
    with pytest.raises(UnreadableError, match=r"takes more than 1 seconds to read\. Split it"):
        extract_apart("html", b"<div>" * 400_000, seconds=1)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is Linux's")
def test_memory_is_limited() -> None:
    with pytest.raises(UnreadableError, match=r"needs more memory|broke its reader"):
        extract_apart("html", b"<p>text" * 4_000_000, memory=256 * 1024**2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_output_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "OUTPUT", 10_000)
    with pytest.raises(UnreadableError, match="broke its reader"):
        extract_apart("html", b"<p>text" * 10_000)


def test_a_reader_that_does_not_exist_breaks_alone() -> None:
    with pytest.raises(UnreadableError, match=r"broke its reader \(status 1\)"):
        extract_apart("nothing", b"")


def test_the_process_starts_with_nothing_heavy(tmp_path: Path) -> None:
    program = f"import sys, sstc_chat.corpus.readers.child; print(*set({HEAVY}) & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


@given(st.text(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3))
def test_an_extract_survives_its_json(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = tuple((min(pair), max(pair)) for pair in pairs if max(pair) <= len(text))
    extract = Extract(text, (Part("line", spans, 1),), spans, {"title": text})
    assert Extract.from_json(extract.to_json()) == extract


GOOD = {
    "text": "abc",
    "parts": [{"kind": "line", "spans": [[0, 3]], "level": 0}],
    "pages": [[0, 3]],
    "said": {},
}


@pytest.mark.parametrize(
    "change",
    [
        {"text": 5},
        {"text": None},
        {"parts": [{"kind": "script", "spans": [[0, 1]], "level": 0}]},
        {"parts": [{"kind": "line", "spans": [[0, 4]], "level": 0}]},
        {"parts": [{"kind": "line", "spans": [[-1, 2]], "level": 0}]},
        {"parts": [{"kind": "line", "spans": [[2, 1]], "level": 0}]},
        {"parts": [{"kind": "line", "spans": [[0]], "level": 0}]},
        {"parts": [5]},
        {"pages": [["a", "b"]]},
        {"pages": [[0, 99]]},
        {"said": None},
    ],
    ids=str,
)
def test_an_answer_that_does_not_hold_is_not_believed(change: dict[str, object]) -> None:
    assert Extract.from_json(json.dumps(GOOD)).text == "abc"
    with pytest.raises(ValueError):  # noqa: PT011
        Extract.from_json(json.dumps({**GOOD, **change}))


def test_what_nobody_asked_for_is_left_out() -> None:
    assert Extract.from_json(json.dumps({**GOOD, "said": {"title": 5, "shell": "x"}})).said == {"title": "5"}


def test_a_compressed_answer_is_no_answer() -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Extract.from_json(zlib.compress(b"{}").decode("latin-1"))
