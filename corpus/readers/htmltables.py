"""The cells of a table in HTML, each in every column and row that it spans."""

from __future__ import annotations

from typing import Any

from sstc_chat.corpus.readers.composition import Row

# A node of selectolax, which parses pages; it is imported there alone.
Node = Any

Grid = tuple[str, list[Row], int]
# Rows and columns: with one of either, nothing is the head of anything.
FEWEST = 2
WIDEST = 200
DIGITS = 5
TALLEST = 20_000


def grid_of(table: Node) -> Grid | None:
    """Return the caption, the rows and the number of rows that are heads; None for what is only laid out.

    A table that holds others, or has one column or one row, sets a page; it tells nothing of a column.
    """
    rows = [row for row in table.css("tr")[:TALLEST] if _cells(row)]
    widest = max((len(_cells(row)) for row in rows), default=0)
    if len(table.css("table")) > 1 or min(len(rows), widest) < FEWEST:
        return None
    caption = table.css_first("caption")
    return _text(caption) if caption else "", _spread(rows), _heads(rows)


def _cells(row: Node) -> list[Node]:
    return [cell for cell in row.iter() if cell.tag in {"td", "th"}][:WIDEST]


def _heads(rows: list[Node]) -> int:
    """Count the rows at the top that hold nothing but heads; the first, where none is marked as one."""
    marked = any(cell.tag == "th" for row in rows for cell in _cells(row))
    for number, row in enumerate(rows):
        in_head = row.parent is not None and row.parent.tag == "thead"
        if not in_head and any(cell.tag == "td" for cell in _cells(row)):
            return number if marked else 1
    return 1


def _spread(rows: list[Node]) -> list[Row]:
    """Set each cell into the grid (HTML Standard, 4.9.12, forming a table, within `WIDEST` columns)."""
    grid: list[Row] = []
    reaching: dict[int, tuple[int, str | None]] = {}
    for row in rows:
        line: list[str | None] = []
        waiting = _cells(row)[::-1]
        below: dict[int, tuple[int, str | None]] = {}
        while (waiting or len(line) in reaching) and len(line) < WIDEST:
            if len(line) in reaching:
                left, reached = reaching.pop(len(line))
                if left > 1:
                    below[len(line)] = (left - 1, reached)
                line.append(reached)
                continue
            cell = waiting.pop()
            tall = _number(cell, "rowspan")
            for text in (_text(cell), *[None] * (_number(cell, "colspan") - 1)):
                if tall > 1:
                    below[len(line)] = (tall - 1, text)
                line.append(text)
        reaching = below
        grid.append(line)
    return grid


def _number(cell: Node, name: str) -> int:
    value = cell.attributes.get(name) or ""
    return (
        max(1, min(int(value), WIDEST))
        if value.isascii() and value.isdecimal() and len(value) <= DIGITS
        else 1
    )


def _text(node: Node) -> str:
    return " ".join(node.text(separator=" ").split())
