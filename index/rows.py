"""Passages and sentences as they stand in the rows of the tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sstc_chat.corpus.types import Spans
from sstc_chat.index.types import Line, Passage

SELECT_PASSAGES = """
SELECT chunks.number, chunks.id, document_id, path, page, first, last, text, spans
FROM chunks JOIN sections ON sections.number = chunks.section
"""
SELECT_LINES = """
SELECT sentences.number, sentences.id, document_id, path, page, block, kind, text, spans
FROM sentences JOIN sections ON sections.number = sentences.section
"""


def passage_of(row: Sequence[Any]) -> Passage:
    """Return the passage of a row of `SELECT_PASSAGES`."""
    number, identity, document_id, path, page, first, last, text, spans = row
    section = tuple(json.loads(path))
    return Passage(number, identity, document_id, section, page, first, last, text, _spans(spans))


def line_of(row: Sequence[Any]) -> Line:
    """Return the sentence of a row of `SELECT_LINES`."""
    number, identity, document_id, path, page, block, kind, text, spans = row
    section = tuple(json.loads(path))
    return Line(number, identity, document_id, section, page, block, kind, text, _spans(spans))


def _spans(value: str) -> Spans:
    return tuple((start, end) for start, end in json.loads(value))
