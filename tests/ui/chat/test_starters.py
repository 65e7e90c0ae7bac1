"""Questions to start from: those that come with the documents, or else their headings'."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sstc_chat.ui.chat.starters import starter_questions
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from tests.ui.conftest import Make

ROWS = [("heading", "The report one"), ("heading", "Africa"), ("paragraph", "It began.")]


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        pytest.param({"questions": ["One?", "Two?", "One?"]}, ["One?", "Two?"], id="given"),
        pytest.param({}, ["What does the report say about Africa?"], id="from the headings"),
        pytest.param({"questions": "One?"}, ["What does the report say about Africa?"], id="not a list"),
        pytest.param({"questions": [1, " "]}, ["What does the report say about Africa?"], id="not text"),
        pytest.param({"questions": list("abcdefgh")}, list("abcdef"), id="at most six"),
    ],
)
def test_starters(make: Make, metadata: dict[str, object], expected: list[str]) -> None:
    assert starter_questions(make.engine({"one": ROWS}, None, **metadata), words_in("en")) == expected
