"""Read Word's .docx with python-docx: headings by style, lists, tables, footnotes, core properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sstc_chat.corpus.readers.composition import RAISED, Composition
from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.wordlook import look_of, styles_of
from sstc_chat.corpus.readers.wordstrict import in_usual_names
from sstc_chat.corpus.readers.wordtables import grid_of, is_laid_out
from sstc_chat.corpus.readers.wordtext import WORD, Element, boxes_in, elements, local, references_in, text_of
from sstc_chat.corpus.types import Kind

if TYPE_CHECKING:
    from docx.document import Document as WordFile

OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_BYTES = 512 * 1024 * 1024
MOST_FILES = 10_000
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


def extract(content: bytes) -> Extract:
    """Return the text of a Word file.

    Raises
    ------
    UnreadableError
        If it is protected by a password, broken, or larger inside than it can be.
    """
    import docx

    try:
        _check(content)
        file = docx.Document(io.BytesIO(in_usual_names(content)))
        body = _Body(file)
        body.through(file.element.body)
        return body.composition.extract(_said(file))
    except (KeyError, ValueError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise UnreadableError(f"is a broken Word file ({error}). Save it again from Word.") from error


def _check(content: bytes) -> None:
    """Look at the outside before anything is unpacked."""
    if content.startswith(OLD_FORMAT) and ENCRYPTED in content:
        raise UnreadableError("is protected by a password. Save it without one and add it again.")
    if content.startswith(OLD_FORMAT):
        raise UnreadableError("is of the format before Word 2007. Save it as .docx and add it again.")
    files = zipfile.ZipFile(io.BytesIO(content)).infolist()
    size = sum(file.file_size for file in files)
    if size > MOST_BYTES or len(files) > MOST_FILES:
        raise UnreadableError(
            f"unpacks to {size:,} bytes in {len(files):,} files; at most {MOST_BYTES:,} in {MOST_FILES:,} "
            "can be read. Take pictures out or split it."
        )


class _Body:
    """A walk through the paragraphs and tables of a Word file, in order."""

    def __init__(self, file: WordFile) -> None:
        from docx.oxml.parser import parse_xml

        self.composition = Composition()
        self._styles = styles_of(file.styles.element)
        self._notes = {
            (reference, note.get(f"{WORD}id")): note
            for reference, name in NOTES.items()
            for relation in file.part.rels.values()
            if not relation.is_external and relation.reltype.endswith(f"/{name}")
            for note in elements(parse_xml(relation.target_part.blob))
        }
        self._cited = 0
        self._level = 0

    def through(self, parent: Element) -> None:
        """Write what stands in `parent`."""
        for child in elements(parent):
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl" and not is_laid_out(child):
                self._table(child)
            elif name not in {"sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "del", "moveFrom"}:
                self.through(child)

    def _paragraph(self, paragraph: Element) -> None:
        """Write a paragraph, then the footnotes that it refers to, then the text boxes anchored in it."""
        look = look_of(paragraph, self._styles)
        cited = references_in(paragraph)
        text = self._numbered(paragraph)
        if look.kind == "contents":
            return
        if look.kind == "heading":
            self._level = look.level
        level = look.level or self._level + 1
        kind: Kind = "heading" if look.kind == "bold" else look.kind
        self.composition.write(kind, f"• {text}" if look.listed else text, level if kind == "heading" else 0)
        self._write_notes(cited)
        for box in boxes_in(paragraph):
            self.through(box)

    def _numbered(self, element: Element) -> str:
        """Return the text of an element, with the number of each footnote where it is cited."""
        numbers = (
            str(number).translate(RAISED)
            for number, _ in enumerate(references_in(element), start=self._cited + 1)
        )
        return text_of(element, numbers)

    def _write_notes(self, cited: Sequence[Element]) -> None:
        for reference in cited:
            self._cited += 1
            note = self._notes.get((local(reference), reference.get(f"{WORD}id")))
            if note is not None:
                text = text_of(note, iter(())).strip()
                self.composition.write(
                    "caption", f"{str(self._cited).translate(RAISED)} {text}" if text else ""
                )

    def _table(self, table: Element) -> None:
        """Write a table, then the footnotes that it refers to."""
        rows, heads = grid_of(table, self._numbered)
        self.composition.write_table(rows, heads)
        self._write_notes(references_in(table))


def _said(file: WordFile) -> dict[str, str]:
    """Return what the core properties say (ECMA-376, part 2, clause 11)."""
    properties = file.core_properties
    date = properties.created or properties.modified
    said = {
        "title": properties.title,
        "language": properties.language,
        "author": properties.author,
        "date": date.date().isoformat() if date else "",
    }
    return {name: value for name, value in said.items() if value and value.strip()}
