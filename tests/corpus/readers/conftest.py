"""What the tests of the readers share: how an extract reads, and whether every quote of it is exact."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.readers.extract import Extract
from sstc_chat.corpus.reading import blocks_in, read
from sstc_chat.corpus.types import Document

FILES = Path(__file__).parent / "files"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = f'<Types xmlns="{PACKAGE}/content-types">{{}}</Types>'
TYPE = f'<Override PartName="/word/{{}}.xml" ContentType="{KIND}.{{}}+xml"/>'
RELATIONS_TYPE = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
)
RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = f'<Relationship Id="{{0}}" Type="{OFFICE}/{{0}}" Target="{{1}}"/>'
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="session")
def files() -> Path:
    """Return the folder with the report as Word, HTML and PDF."""
    return FILES


def _outline(extract: Extract) -> list[str]:
    blocks = blocks_in(extract.text, extract.parts)[0]
    return [f"{block.kind}{block.level or ''}: {block.text}" for block in blocks]


@pytest.fixture(scope="session")
def outline() -> Callable[[Extract], list[str]]:
    """Return what puts the parts of an extract as "kind: text"."""
    return _outline


@pytest.fixture(scope="session")
def assert_exact() -> Callable[[Extract], None]:
    """Return what checks that every quote and passage is what the source says at its spans."""

    def check(extract: Extract) -> None:
        reading = read(Document("x", "X", extract.text, "en", parts=extract.parts, pages=extract.pages), 60)
        quotes = [(one.text, one.spans) for one in reading.sentences]
        quotes += [(one.text, one.spans) for one in reading.chunks]
        for text, spans in quotes:
            assert plain("".join(extract.text[start:end] for start, end in spans)) == " ".join(text.split())

    return check


@pytest.fixture(scope="session")
def word_file() -> Callable[..., bytes]:
    """Return what makes a Word file of the XML in its body, with footnotes."""

    def make(body: str, notes: Sequence[str] = (), styles: str = "", prolog: str = "") -> bytes:
        footnotes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>'
            for number, note in enumerate(notes, start=1)
        )
        kinds = {"document": "document.main", "footnotes": "footnotes", "styles": "styles"}
        related = (RELATION.format(name, f"{name}.xml") for name in ("footnotes", "styles"))
        members = {
            "[Content_Types].xml": TYPES.format(
                RELATIONS_TYPE + "".join(map(TYPE.format, kinds, kinds.values()))
            ),
            "_rels/.rels": RELATIONS.format(RELATION.format("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": RELATIONS.format("".join(related)),
            "word/document.xml": f"{prolog}<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {NAMESPACE}>{footnotes}</w:footnotes>",
            "word/styles.xml": f"<w:styles {NAMESPACE}>{styles}</w:styles>",
        }
        with zipfile.ZipFile(content := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in members.items():
                archive.writestr(name, text)
        return content.getvalue()

    return make
