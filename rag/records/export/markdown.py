"""A conversation as Markdown: CommonMark, with the footnotes that GitHub, Pandoc and others know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sstc_chat.rag.records.export.types import Conversation, Note, Paragraph
from sstc_chat.rag.records.export.wording import ExportWording

# Characters that mean something within a line; at its start also what makes a list or a heading.
WITHIN = re.compile(r"[\\`*_\[\]<>#|~&$]")
AT_START = re.compile(r"^(\d{1,9})?([-+=.)])")


def as_markdown(conversation: Conversation, wording: ExportWording) -> str:
    """Return `conversation` as Markdown, in which every text stands as it is and none of it is markup."""
    notes: list[Note] = []
    blocks = [f"# {wording.title}", *_entries(conversation, notes)]
    if conversation.sources:
        blocks.append(f"## {wording.sources}")
        blocks.append("\n".join(f"- {_titled(source)}" for source in conversation.sources))
    blocks += map(escape, conversation.remarks)
    if notes:
        blocks.append("\n".join(f"[^{number}]: {_note(note)}" for number, note in enumerate(notes, start=1)))
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    r"""Return `text` so that Markdown shows it as it stands (CommonMark 0.31, section 2.4)."""
    within = WITHIN.sub(r"\\\g<0>", text)
    return AT_START.sub(r"\1\\\2", within)


def _entries(conversation: Conversation, notes: list[Note]) -> Iterator[str]:
    for entry in conversation.entries:
        yield f"## {escape(entry.question.text)}"
        yield from (_paragraph(one, notes) for one in entry.paragraphs)


def _paragraph(paragraph: Paragraph, notes: list[Note]) -> str:
    """Return a paragraph, and put its notes behind those that are there."""
    words = []
    for piece in paragraph.pieces:
        first = len(notes) + 1
        notes += piece.notes
        marks = "".join(f"[^{number}]" for number in range(first, len(notes) + 1))
        words.append(f"{escape(piece.text)}{marks}")
    return ("> " if paragraph.quoted else "") + " ".join(words)


def _note(note: Note) -> str:
    return f"{_titled(note)}: “{escape(note.quote)}”" if note.quote else _titled(note)


def _titled(note: Note) -> str:
    return f"*{escape(note.title)}*{escape(note.section)}{escape(note.place)}"
