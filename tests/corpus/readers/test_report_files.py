"""The report saved as Word, HTML and PDF by LibreOffice says the same as its text, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document, Reading, Spans

Says = Callable[[str, Spans], str]


@pytest.fixture(scope="module", params=["docx", "html", "pdf"])
def saved(request: pytest.FixtureRequest, files: Path) -> Document:
    (document,) = read_file(files / f"report.{request.param}")
    return document


def test_every_sentence_is_there_in_its_section_and_none_else(saved: Document, reading: Reading) -> None:
    again = read(saved)
    said = [(again.sections[one.section].path[-1], one.text) for one in again.sentences]
    assert said == [(reading.sections[one.section].path[-1], one.text) for one in reading.sentences]


def test_every_quote_is_exact(saved: Document, says: Says) -> None:
    for sentence in read(saved).sentences:
        assert says(saved.text, sentence.spans) == sentence.text


def test_title_and_language_are_those_of_the_report(saved: Document, report: Document) -> None:
    assert (saved.title, saved.language) == (report.title, report.language)


def test_only_a_pdf_has_pages(saved: Document) -> None:
    pages = {one.page for one in read(saved).sentences}
    assert pages == ({1, 2, 3, 4, 5, 6, 7} if saved.media_type == "application/pdf" else {None})
