"""A short run of `benchmarks/fuzz.py`: changed files are read exactly, or refused in words."""

from __future__ import annotations

import random
import runpy
from pathlib import Path
from typing import Any

import pytest

FUZZ: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[3] / "benchmarks" / "fuzz.py"))


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("reader", FUZZ["SEEDS"])
def test_a_changed_file_is_read_exactly_or_refused(reader: str, number: int) -> None:
    change = FUZZ["changed_inside" if reader == "word" else "changed"]
    content = change(FUZZ["SEEDS"][reader].read_bytes(), random.Random(number))  # noqa: S311
    assert FUZZ["outcome"](reader, content) in {"read", "refused"}
