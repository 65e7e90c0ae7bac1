"""Put lines together again: paragraphs over lines, columns and pages, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sstc_chat.corpus.readers.pdf.hyphens import Hyphens
from sstc_chat.corpus.readers.pdf.looks import BULLET, ENDS_SENTENCE, NOTE, Looks
from sstc_chat.corpus.readers.pdf.words import Line
from sstc_chat.corpus.types import Kind, Part, Span

# In sizes of the font: a wider gap between two lines parts paragraphs, a deeper indent begins one.
GAP = 0.75
INDENT = 0.8
# A line that ends this share of the column's width before its edge was not wrapped.
SHORT = 0.85
# The share of a page's height below which small print is a footnote.
LOWER = 0.5
LONGEST_CAPTION = 200


@dataclass(frozen=True)
class Placed:
    """A line, its page, its span in the source, and the edges of its column."""

    line: Line
    page: int
    span: Span
    left: float
    right: float
    height: float


@dataclass
class Paragraph:
    """Lines that are read as one."""

    lines: list[Placed]
    kind: Kind = "paragraph"
    level: int = 0
    notes: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        """How it reads, but for hyphens."""
        return " ".join(one.line.text for one in self.lines)

    @property
    def last(self) -> Placed:
        """Its last line."""
        return self.lines[-1]


def parts_of(placed: Sequence[Placed], looks: Looks) -> Iterator[Part]:
    """Yield the parts of a document, from its lines in reading order without headers and footers."""
    hyphens = Hyphens.of([one.line.text for one in placed])
    for paragraph in _with_notes(_mended(_typed(_paragraphs(placed, looks), looks)), looks):
        yield Part(paragraph.kind, tuple(_spans(paragraph, hyphens)), paragraph.level)


def _paragraphs(placed: Sequence[Placed], looks: Looks) -> Iterator[Paragraph]:
    current: Paragraph | None = None
    for one in placed:
        if current and _runs_on(current, one, looks):
            current.lines.append(one)
            continue
        if current:
            yield current
        current = Paragraph([one])
    if current:
        yield current


def _runs_on(paragraph: Paragraph, one: Placed, looks: Looks) -> bool:
    """Whether a line belongs to the paragraph in front of it."""
    last, line = paragraph.last, one.line
    if last.line.row or line.row or last.page != one.page or line.y0 < last.line.y0:
        return False
    if abs(last.line.size - line.size) > 0.07 * looks.size or _stands_out(last, looks) != _stands_out(
        one, looks
    ):
        return False
    if BULLET.match(line.text) or line.y0 - last.line.y1 > GAP * line.size:
        return False
    indented = line.x0 - paragraph.lines[-1].line.x0 > INDENT * line.size
    ended = bool(ENDS_SENTENCE.search(last.line.text)) and last.line.x1 < _edge(last)
    if BULLET.match(paragraph.lines[0].line.text):
        return line.x0 > paragraph.lines[0].line.x0 + 1 or not ended
    return not ended and not (indented and len(paragraph.lines) > 1 and ENDS_SENTENCE.search(last.line.text))


def _stands_out(one: Placed, looks: Looks) -> bool:
    return one.line.bold and not looks.bold


def _edge(one: Placed) -> float:
    return one.left + SHORT * (one.right - one.left)


def _typed(paragraphs: Iterable[Paragraph], looks: Looks) -> Iterator[Paragraph]:
    """Tell headings, rows, points of lists and captions from paragraphs."""
    for paragraph in paragraphs:
        first, text = paragraph.lines[0], paragraph.text
        paragraph.level = looks.heading_level(first.line, text)
        if paragraph.level:
            paragraph.kind = "heading"
        elif first.line.row or BULLET.match(text):
            paragraph.kind = "line"
        elif looks.is_small(first.line) and len(text) <= LONGEST_CAPTION:
            paragraph.kind = "caption"
        yield paragraph


def _mended(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Join a paragraph that a page or a column tore, across what stands between."""
    done: list[Paragraph] = []
    torn: Paragraph | None = None
    for paragraph in paragraphs:
        if torn and paragraph.kind == "paragraph" and _continues(torn, paragraph):
            torn.lines += paragraph.lines
            torn = torn if not ENDS_SENTENCE.search(torn.last.line.text) else None
            continue
        done.append(paragraph)
        if paragraph.kind in {"paragraph", "line"} and not paragraph.lines[0].line.row:
            torn = None if ENDS_SENTENCE.search(paragraph.last.line.text) else paragraph
        elif paragraph.kind == "heading":
            torn = None
    return done


def _continues(torn: Paragraph, paragraph: Paragraph) -> bool:
    last, first = torn.last, paragraph.lines[0]
    if abs(last.line.size - first.line.size) > 0.07 * last.line.size:
        return False
    elsewhere = first.page != last.page or first.line.y0 < last.line.y0
    return first.line.text[0].islower() or (
        elsewhere and last.line.x1 >= _edge(last) and last.line.text[-1] != ":"
    )


def _with_notes(paragraphs: Sequence[Paragraph], looks: Looks) -> Iterator[Paragraph]:
    """Yield the paragraphs, each footnote right behind the one that cites it."""
    notes = [one for one in paragraphs if _is_note(one, looks)]
    known = {id(note) for note in notes}
    for note in notes:
        note.kind = "caption"
        number = NOTE.match(note.text)
        citing = [
            one for one in paragraphs if id(one) not in known and number and _cites(one, note, number[1])
        ]
        (citing[-1].notes if citing else note.notes).append(note)
    for paragraph in paragraphs:
        if id(paragraph) not in known:
            yield paragraph
            yield from paragraph.notes
        elif paragraph.notes:
            yield paragraph


def _is_note(paragraph: Paragraph, looks: Looks) -> bool:
    first = paragraph.lines[0]
    low = first.line.y0 > LOWER * first.height
    small = looks.is_small(first.line) or first.line.words[0].size < first.line.size * 0.8
    return paragraph.kind != "heading" and low and small and bool(NOTE.match(paragraph.text))


def _cites(paragraph: Paragraph, note: Paragraph, number: str) -> bool:
    """Whether a small number of this name stands in a paragraph on the page of the note."""
    return any(
        word.text.strip("()[],.;:") == number and word.size < one.line.size * 0.8
        for one in paragraph.lines
        if one.page == note.lines[0].page
        for word in one.line.words
    )


def _spans(paragraph: Paragraph, hyphens: Hyphens) -> Iterator[Span]:
    """Yield the spans of a paragraph, without the line breaks and the hyphens that only its setting needs."""
    for one, following in zip(paragraph.lines, [*paragraph.lines[1:], None], strict=False):
        start, end = one.span
        yield start, end - hyphens.superfluous(one.line.text, following.line.text if following else "")
