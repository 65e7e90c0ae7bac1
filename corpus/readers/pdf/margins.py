"""What stands at the edges of pages and belongs to none: running headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sstc_chat.corpus.readers.pdf.words import Line, Page

# The share of a page's height at its top and its bottom.
EDGE = 0.2
# How many lines from the edge inwards may be furniture.
DEEPEST = 3
# On how many pages a line stands that is no text: on two of a few, on three of many.
FEW_PAGES = 5
NUMBER = re.compile(
    r"(?i)\W*(page|p\.|seite|página|página|стр\.?|صفحة|第)?\W*(\d{1,4}|[ivxlc]{1,7})\W*((of|de|von|sur|из|/)?\W*\d{1,4})?\W*页?"
)
COUNTED = re.compile(r"\d+|\b[ivxlc]{1,7}$")
LINES_OF_PAGE = 100
FIRST, LAST = re.compile(r"^(\d{1,4})\b"), re.compile(r"\b(\d{1,4})$")
# Numbers on fewer pages are no count of pages.
FEWEST_NUMBERED = 3
LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}")
ENTRY = re.compile(r"(?:\.\s?){5,}|…{2,}|\s(?:\d{1,4}|[ivxlc]{1,7})$")
NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\s")
FEWEST_LEADERS = 4
Pages = Sequence[tuple[Page, Sequence[Line]]]


def furniture(pages: Pages) -> set[int]:
    """Return the ids of the lines that are no part of the text.

    These are lines at an edge that stand at the same place on several pages, numbers aside; lines there that
    are nothing but a number, or begin or end with the number of their page; and a list of contents.
    """
    edges = [_edge(page, lines) for page, lines in pages]
    seen = Counter(_place(line, page) for (page, _), edge in zip(pages, edges, strict=True) for line in edge)
    aheads = _aheads(edges)
    enough = 2 if len(pages) < FEW_PAGES else 3
    found = {id(line) for _, lines in pages for line in _contents(lines)}
    for number, ((page, _), edge) in enumerate(zip(pages, edges, strict=True)):
        for line in edge:
            repeated = seen[_place(line, page)] >= enough
            numbered = len(pages) > 1 and (
                NUMBER.fullmatch(line.text) or not aheads.isdisjoint(one - number for one in _numbers(line))
            )
            if repeated or numbered:
                found.add(id(line))
    return found


def _aheads(edges: Sequence[Sequence[Line]]) -> set[int]:
    """Return how far the numbers printed at the edges are ahead of counting from nought, on most pages."""
    ahead = Counter(
        printed - number
        for number, edge in enumerate(edges)
        for printed in {one for line in edge for one in _numbers(line)}
    )
    return {one for one, pages in ahead.items() if pages >= max(FEWEST_NUMBERED, len(edges) / 2)}


def _numbers(line: Line) -> set[int]:
    """Return the numbers that a line begins and ends with."""
    return {int(one) for one in (*FIRST.findall(line.text), *LAST.findall(line.text))}


def _contents(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a list of contents, if there is one on the page: they lead to numbers."""
    if sum(bool(LEADERS.search(line.text)) for line in lines) < FEWEST_LEADERS:
        return []
    return [line for line in lines if ENTRY.search(line.text) or NUMBERED.match(line.text)]


def _edge(page: Page, lines: Sequence[Line]) -> list[Line]:
    """Return the outermost lines at the top and at the bottom."""
    top = sorted((line for line in lines if line.y1 < EDGE * page.height), key=lambda line: line.y0)
    bottom = sorted((line for line in lines if line.y0 > (1 - EDGE) * page.height), key=lambda line: -line.y0)
    return [*top[:DEEPEST], *bottom[:DEEPEST]]


def _place(line: Line, page: Page) -> tuple[str, int]:
    """Return what a line says, numbers aside, and how far down it stands, in the height of a line or so."""
    return COUNTED.sub("#", line.text), round(line.y0 / page.height * LINES_OF_PAGE)
