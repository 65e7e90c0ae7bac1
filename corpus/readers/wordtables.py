"""The cells of a table in a Word file, each in every column and row that it spans."""

from __future__ import annotations

from collections.abc import Callable

from sstc_chat.corpus.readers.composition import Row
from sstc_chat.corpus.readers.wordlook import is_bold_run
from sstc_chat.corpus.readers.wordtext import WORD, Element, text_of

WIDEST = 200
# Rows and columns: with one of either, nothing is the head of anything.
FEWEST = 2
COLUMNS_OF_FORM = 2
DIGITS = 5


def is_laid_out(table: Element) -> bool:
    """Whether a table only sets a page: it has one column or one row, or holds another table."""
    rows = table.findall(f"{WORD}tr")
    widest = max((len(row.findall(f"{WORD}tc")) for row in rows), default=0)
    return min(len(rows), widest) < FEWEST or table.find(f".//{WORD}tbl") is not None


def grid_of(table: Element, read: Callable[[Element], str]) -> tuple[list[Row], int]:
    """Return the rows of a table and how many of them are heads; `read` gives the text of a cell."""
    rows = table.findall(f"{WORD}tr")
    grid: list[Row] = []
    for row in rows:
        grid.append(_row(row, grid[-1] if grid else (), read))
    return grid, _heads(rows)


def _row(row: Element, above: Row, read: Callable[[Element], str]) -> Row:
    line: list[str | None] = []
    for cell in row.findall(f"{WORD}tc"):
        merged = cell.find(f"{WORD}tcPr/{WORD}vMerge")
        goes_on = merged is not None and merged.get(f"{WORD}val", "continue") == "continue"
        wide = _number(cell.find(f"{WORD}tcPr/{WORD}gridSpan"))
        if goes_on:
            line += [
                above[place] if place < len(above) else "" for place in range(len(line), len(line) + wide)
            ]
        else:
            line += [" ".join(read(cell).split()), *[None] * (wide - 1)]
    return line


def _heads(rows: list[Element]) -> int:
    """Count the rows marked as heads. Where none is, bold tells; a form of two columns has none."""
    for number, row in enumerate(rows):
        if row.find(f"{WORD}trPr/{WORD}tblHeader") is None:
            if number:
                return number
            break
    widest = max(len(row.findall(f"{WORD}tc")) for row in rows)
    return int(widest > COLUMNS_OF_FORM or all(map(_is_bold, rows[0].findall(f"{WORD}tc"))))


def _is_bold(cell: Element) -> bool:
    runs = [run for run in cell.iter(f"{WORD}r") if text_of(run, iter(())).strip()]
    return bool(runs) and all(map(is_bold_run, runs))


def _number(span: Element | None) -> int:
    value = str(span.get(f"{WORD}val")) if span is not None else ""
    return (
        max(1, min(int(value), WIDEST))
        if value.isascii() and value.isdecimal() and len(value) <= DIGITS
        else 1
    )
