"""A record of an answer from a PDF holds the boxes of its quotes; PDFium says what stands in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.types import Progress
from sstc_chat.rag.cli import run
from sstc_chat.rag.output import Json
from sstc_chat.rag.records.boxes import with_boxes
from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.settings import Settings

PDF = Path(__file__).parents[2] / "corpus" / "readers" / "files" / "report.pdf"


@pytest.fixture(scope="module")
def printed() -> Document:
    (document,) = read_file(PDF)
    return document


@pytest.fixture
def record(
    printed: Document,
    encoders: Mapping[str, Encoder],
    settings: Settings,
    no_progress: Progress,
    tmp_path: Path,
) -> Json:
    """Return what `ask --export` writes of a question to a library that holds the PDF alone."""
    home = tmp_path / "home"
    with open_library(home) as library:
        library.add([printed])
        build_index(home, library, encoders, settings.index_settings(), no_progress)
    out = tmp_path / "answer.json"
    asked = ["--home", str(home), "ask", "What is Ejo Heza?", "--export", str(out)]
    assert run(asked, lambda _: None) == 0
    made: Json = json.loads(out.read_text("utf-8"))[0]
    return made


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_the_boxes_of_each_citation_hold_its_quote(record: Json, printed: Document) -> None:
    file = pypdfium2.PdfDocument(printed.original)
    assert answer_of(record).citations
    for cited in record["citations"]:
        assert cited["page"] == cited["boxes"][0]["page"]
        held = ""
        for place in cited["boxes"]:
            page = file[place["page"] - 1]
            width, height = page.get_size()
            for x0, y0, x1, y1 in place["boxes"]:
                held += page.get_textpage().get_text_bounded(
                    x0 * width, (1 - y1) * height, x1 * width, (1 - y0) * height
                )
        assert letters(held) == letters(cited["quote"])


class Shelf:
    def __init__(self, document: Document | None) -> None:
        self._document = document

    def document(self, _document_id: str) -> Document | None:
        return self._document


@pytest.mark.parametrize(
    "change",
    [
        lambda document: replace(document, text=f"{document.text} "),
        lambda document: replace(document, media_type="text/html"),
        lambda document: replace(document, original=b"%PDF-1.7 broken"),
        lambda _: None,
    ],
    ids=["another text", "no PDF", "broken", "gone"],
)
def test_without_the_file_a_record_has_no_boxes(
    record: Json, printed: Document, change: Callable[[Document], Document | None]
) -> None:
    bare = [{name: value for name, value in one.items() if name != "boxes"} for one in record["citations"]]
    without = {**record, "citations": bare}
    assert with_boxes([without], Shelf(change(printed))) == [without]
    both = with_boxes([without, without], Shelf(printed))
    assert [one["citations"] for one in both] == [record["citations"]] * 2


def test_a_record_of_another_version_has_none_beside_one_that_has(record: Json, printed: Document) -> None:
    bare = [{name: value for name, value in one.items() if name != "boxes"} for one in record["citations"]]
    now = {**record, "citations": bare}
    other = [{**one, "document": {**one["document"], "sha256": "0" * 64}} for one in bare]
    before = {**record, "citations": other}
    first, second = with_boxes([before, now], Shelf(printed))
    assert first == before
    assert second["citations"] == record["citations"]
