"""Read a PDF: the text of its pages in reading order, and what each line of it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from sstc_chat.corpus.escapes import MARKS
from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.pdf.file import opened, outline, said
from sstc_chat.corpus.readers.pdf.lines import lines_of
from sstc_chat.corpus.readers.pdf.looks import looks_of
from sstc_chat.corpus.readers.pdf.margins import Pages, furniture
from sstc_chat.corpus.readers.pdf.page import page_of
from sstc_chat.corpus.readers.pdf.parts import Placed, parts_of
from sstc_chat.corpus.readers.pdf.words import Line, Page

# A page of print has some two thousand; a page with a stamp has a few, and a scan none.
FEWEST_CHARACTERS = 20
SCAN = (
    "is a scan: its pages are pictures without text. Have it read with --ocr, which needs Tesseract, or add "
    "the file that it was printed from."
)
# So is one that says the same words in the same place a million times: PDFium takes them for one.
EMPTY = "is empty: its pages hold hardly any text and no pictures. Add the file that it was printed from."


def extract(content: bytes) -> Extract:
    """Return the text of a PDF, with pages, headings, paragraphs, lists, tables and footnotes.

    Raises
    ------
    UnreadableError
        If it is protected by a password, broken, too long, a scan, or empty.
    """
    with opened(content) as file:
        pages = [(page, lines_of(page)) for page in (page_of(file, number) for number in range(len(file)))]
        return extract_of(pages, outline(file), said(file))


def extract_of(pages: Pages, outline: dict[str, int], said: dict[str, str]) -> Extract:
    """Return the extract of pages whose lines are known."""
    texts = [text_of(lines)[0] for _, lines in pages]
    if sum(len(text.split()) and len(text) for text in texts) < FEWEST_CHARACTERS:
        raise UnreadableError(SCAN if any(page.drawn for page, _ in pages) else EMPTY)
    placed = list(_placed(pages))
    bounds = [0, *accumulate(map(len, texts))]
    skipped = furniture(pages)
    body = [one for one in placed if id(one.line) not in skipped]
    parts = parts_of(body, looks_of((one.line for one in body), outline))
    return Extract("".join(texts), tuple(parts), tuple(pairwise(bounds)), said)


def text_of(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """Return the source text of a page, line by line, and the number of each character on the page."""
    text: list[str] = []
    indices: list[int] = []
    for line in lines:
        end = 0
        for mark in MARKS.finditer(line.text):
            text += [line.text[end : mark.start()], "\\"]
            indices += [*line.indices[end : mark.start()], line.indices[mark.start()]]
            end = mark.start()
        text += [line.text[end:], "\n"]
        indices += [*line.indices[end:], -1]
    return "".join(text), indices


def _placed(pages: Pages) -> Iterator[Placed]:
    start = 0
    for number, (page, lines) in enumerate(pages):
        edges = _edges(page, lines)
        for line, (left, right) in zip(lines, edges, strict=True):
            length = len(text_of([line])[0])
            yield Placed(line, number, (start, start + length), left, right, page.height)
            start += length


def _edges(page: Page, lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return for each line how far the lines of its column reach to the left and to the right."""
    columns: list[tuple[float, float]] = []
    edges: list[int] = []
    for line in lines:
        for number, (left, right) in enumerate(columns):
            if line.x0 < right and line.x1 > left and abs(line.x0 - left) < page.width / 4:
                columns[number] = min(left, line.x0), max(right, line.x1)
                edges.append(number)
                break
        else:
            columns.append((line.x0, line.x1))
            edges.append(len(columns) - 1)
    return [columns[number] for number in edges]
