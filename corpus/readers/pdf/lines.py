"""From words to lines: runs of words side by side, and in which order they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median

from sstc_chat.corpus.readers.pdf.mirroring import in_turn, mirrored, runs_from_right
from sstc_chat.corpus.readers.pdf.tables import rows_of_tables
from sstc_chat.corpus.readers.pdf.words import Line, Page, Word, levels_of

# In heights of the font: a wider gap between words parts columns, or cells.
WIDEST_SPACE = 1.1
# Points: a gutter between columns is wider, and columns have more lines.
NARROWEST_GUTTER = 6.0
FEWEST_LINES = 4
# The share of the whole width that most lines of a column fill; page numbers in a list of contents do not.
NARROWEST = 0.2
# Of the lines beside a gutter, how many may reach across it: titles, pictures, tables.
MOST_ACROSS = 0.5
MOST_LINES = 1500
SAME_LINE = 0.5


def lines_of(page: Page) -> list[Line]:
    """Return the lines of a page in reading order: column by column, a table row by row."""
    from_right = runs_from_right(page.words)
    page = mirrored(page) if from_right else page
    words = [word for word in page.words if word.upright]
    if from_right:
        levels = levels_of([Line([word]) for word in words])
        words = [word for level in levels for line in level for word in line.words]
    pieces = _pieces(words)
    if from_right:
        pieces = [Line(in_turn(piece.words, page.spaces)) for piece in pieces]
    tables = rows_of_tables(pieces, page.rules)
    taken = {id(word) for row in tables for word in row.words}
    rest = [piece for piece in pieces if id(piece.words[0]) not in taken]
    ordered = in_columns([*rest, *tables])
    return list(_side_by_side(ordered))


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """Return `lines` in the order in which columns are read.

    Where a gutter runs down with lines on both sides, what stands on the one side is read before the other.
    Lines that reach across a gutter part what is above them from what is below.
    """
    gutter = _gutter(lines) if FEWEST_LINES * 2 <= len(lines) <= MOST_LINES else None
    if gutter is None:
        return [line for level in levels_of(lines) for line in level]
    ordered: list[Line] = []
    bands = groupby(sorted(lines, key=lambda line: line.y0), key=lambda line: line.x0 < gutter < line.x1)
    for across, band in bands:
        members = list(band)
        if across:
            ordered += in_columns(members) if len(members) < len(lines) else members
            continue
        left = [line for line in members if line.x1 <= gutter]
        right = [line for line in members if line.x1 > gutter]
        for side in (left, right):
            ordered += in_columns(side)
    return ordered


def _pieces(words: Iterable[Word]) -> list[Line]:
    """Join words that follow one on another in the file and stand side by side."""
    pieces: list[list[Word]] = []
    for word in words:
        if pieces and _beside(pieces[-1], word):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return [Line(piece) for piece in pieces]


def _beside(piece: Sequence[Word], word: Word) -> bool:
    last = piece[-1]
    tall = max(last.size, word.size)
    level = any(
        min(one.y1, word.y1) - max(one.y0, word.y0) > SAME_LINE * min(one.size, word.size)
        for one in (piece[0], last)
    )
    # From left to right, or from right to left; not back over what is written.
    gap = max(word.x0 - last.x1, last.x0 - word.x1)
    return level and -SAME_LINE * tall <= gap < WIDEST_SPACE * tall


def _side_by_side(lines: Sequence[Line]) -> Iterable[Line]:
    """Join pieces that stand side by side and are read in turn, such as a number and a title."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and not last.row and not line.row and _level(last, line) and line.x0 >= last.x1:
            joined[-1] = Line([*last.words, *line.words])
        else:
            joined.append(line)
    return joined


def _level(one: Line, other: Line) -> bool:
    return min(one.y1, other.y1) - max(one.y0, other.y0) > SAME_LINE * min(one.size, other.size)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the middle of the gutter that the fewest lines reach across."""
    best: tuple[float, float] | None = None
    wide = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    for edge in sorted({round(line.x1) for line in lines}):
        left = [line for line in lines if line.x1 <= edge + 1]
        right = [line for line in lines if line.x0 >= edge + NARROWEST_GUTTER]
        across = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < FEWEST_LINES or across > MOST_ACROSS * len(lines):
            continue
        if _beside_lines(left, right) < FEWEST_LINES or min(map(_width, (left, right))) < NARROWEST * wide:
            continue
        nearest = min(line.x0 for line in right)
        if best is None or (across, edge - nearest) < best[:2]:
            best = across, edge - nearest
            middle = (edge + nearest) / 2
    return middle if best else None


def _beside_lines(left: Sequence[Line], right: Sequence[Line]) -> int:
    """Count the lines of the side with fewer that stand beside the other side."""
    top = max(min(line.y0 for line in left), min(line.y0 for line in right))
    bottom = min(max(line.y1 for line in left), max(line.y1 for line in right))
    return min(sum(top - 1 <= line.y0 and line.y1 <= bottom + 1 for line in side) for side in (left, right))


def _width(lines: Sequence[Line]) -> float:
    return median(line.x1 - line.x0 for line in lines)
