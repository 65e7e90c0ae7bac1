"""A conversation as a Word document, with real footnotes; each text in its own language and direction."""

from __future__ import annotations

import io
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from sstc_chat.rag.records.export.footnotes import Footnotes, write_note
from sstc_chat.rag.records.export.types import Conversation, Entry, Note, Paragraph, Piece
from sstc_chat.rag.records.export.wording import ExportWording
from sstc_chat.rag.records.export.wordtext import set_direction, set_language, set_page_direction, write

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.text.paragraph import Paragraph as WordParagraph

A4 = (210, 297)
INDENT = 8


def as_word(conversation: Conversation, wording: ExportWording) -> bytes:
    """Return `conversation` as the content of a .docx file (ECMA-376, WordprocessingML)."""
    import docx

    file = docx.Document()
    _prepare(file, wording)
    page = _Page(file, wording.language)
    page.text(wording.title, wording.language, "Title")
    for entry in conversation.entries:
        page.entry(entry)
    page.sources(wording.sources, conversation.sources)
    for remark in conversation.remarks:
        page.text(remark, wording.language)
    page.footnotes.attach()
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


class _Page:
    """What is written so far."""

    def __init__(self, file: WordFile, language: str) -> None:
        self._file = file
        self._language = language
        self.footnotes = Footnotes(file, language)

    def entry(self, entry: Entry) -> None:
        """Write a question and what was said to it."""
        self.text(entry.question.text, entry.question.language, "Heading 1")
        for one in entry.paragraphs:
            self._paragraph(one)

    def sources(self, title: str, sources: tuple[Note, ...]) -> None:
        """Write which documents are cited."""
        if sources:
            self.text(title, self._language, "Heading 1")
        for one in sources:
            paragraph = self._paragraph_in(self._language, "List Bullet")
            write_note(paragraph, one, self._language)

    def text(self, text: str, language: str, style: str | None = None) -> None:
        """Write a paragraph in one language."""
        write(self._paragraph_in(language, style), text, language)

    def _paragraph(self, paragraph: Paragraph) -> None:
        first = paragraph.pieces[0].language
        written = self._paragraph_in(first, "Quote" if paragraph.quoted else None)
        for number, piece in enumerate(paragraph.pieces):
            write(written, f"{' ' if number else ''}{piece.text}", piece.language)
            self._notes(piece, written)

    def _paragraph_in(self, language: str, style: str | None) -> WordParagraph:
        paragraph = self._file.add_paragraph(style=style)
        set_direction(paragraph, language)
        return paragraph

    def _notes(self, piece: Piece, written: WordParagraph) -> None:
        for note in piece.notes:
            self.footnotes.add(written, note)


def _prepare(file: WordFile, wording: ExportWording) -> None:
    """Set paper, styles, language and what the file says of itself."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = file.sections[0]
    section.page_width, section.page_height = (Mm(length) for length in A4)
    # Set apart, the letters of a title in Arabic would no longer be joined.
    for spacing in list(file.styles["Title"].element.iter(qn("w:spacing"))):
        spacing.getparent().remove(spacing)
    quote = file.styles["Quote"]
    quote.font.italic = False
    quote.paragraph_format.left_indent = Mm(INDENT)
    set_language(file, wording.language)
    set_page_direction(section, wording.language)
    properties = file.core_properties
    properties.title, properties.language = wording.title, wording.language
    properties.author, properties.comments = "SSTC Chat", ""
    properties.created = properties.modified = datetime.now(timezone.utc)
