"""Footnotes of a Word document: a part of their own, which python-docx does not make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sstc_chat.rag.records.export.types import Note
from sstc_chat.rag.records.export.wordtext import set_direction, write

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.text.paragraph import Paragraph

TEXT, REFERENCE = "footnote text", "footnote reference"
SMALL = 9
# The lines above the footnotes of a page, and above those that go on on the next.
SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


class Footnotes:
    """The footnotes of a document (ECMA-376, part 1, 17.11), which run in the direction of a language."""

    def __init__(self, file: WordFile, language: str) -> None:
        self._file = file
        self._language = language
        self._notes = _element("w:footnotes")
        _add_styles(file)
        for number, kind in SEPARATORS:
            paragraph = self._begin(number, type=kind)
            paragraph.add_run()._r.append(_element(f"w:{kind}"))

    def add(self, paragraph: Paragraph, note: Note) -> None:
        """Put a mark at the end of `paragraph` and write what it leads to."""
        number = len(self._notes) - len(SEPARATORS) + 1
        paragraph.add_run(style=REFERENCE)._r.append(_element("w:footnoteReference", id=number))
        below = self._begin(number)
        below.style = TEXT
        set_direction(below, self._language)
        below.add_run(style=REFERENCE)._r.append(_element("w:footnoteRef"))
        write(below, " ", self._language)
        write_note(below, note, self._language)

    def attach(self) -> None:
        """Make the footnotes a part of the document."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.oxml import serialize_part_xml
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        content = serialize_part_xml(self._notes)
        package = self._file.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, content, package)
        self._file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._name_separators()

    def _begin(self, number: int, **attributes: str) -> Paragraph:
        from docx.text.paragraph import Paragraph

        note, paragraph = _element("w:footnote", id=number, **attributes), _element("w:p")
        note.append(paragraph)
        self._notes.append(note)
        return Paragraph(paragraph, self._file._body)

    def _name_separators(self) -> None:
        properties = _element("w:footnotePr")
        for number, _ in SEPARATORS:
            properties.append(_element("w:footnote", id=number))
        self._file.settings.element.insert_element_before(properties, "w:endnotePr", "w:compat")


def write_note(paragraph: Paragraph, note: Note, language: str) -> None:
    """Write where a quote stands, each part in its language."""
    write(paragraph, note.title, note.language, italic=True)
    write(paragraph, note.section, note.language)
    write(paragraph, note.place, language)
    write(paragraph, f": “{note.quote}”" if note.quote else "", note.language)


def _add_styles(file: WordFile) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    text = file.styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = file.styles["Normal"]
    text.font.size = Pt(SMALL)
    # Scripts that run from the right have a size of their own, in half points.
    text.element.rPr.append(_element("w:szCs", val=2 * SMALL))
    text.paragraph_format.space_after = Pt(0)
    file.styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True).font.superscript = True


def _element(name: str, **attributes: object) -> Any:  # noqa: ANN401
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element
