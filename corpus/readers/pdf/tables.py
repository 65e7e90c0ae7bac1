"""Tables on a page: pieces of text that stand in columns, made into rows with the heads of the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from sstc_chat.corpus.readers.pdf.words import Line, Rule, Word, levels_of, written

FEWEST_ROWS = 3
FEWEST_COLUMNS = 2
# Without rules, what stands in columns is a table if it has more of them, and its cells do not fill them.
COLUMNS_WITHOUT_RULES = 3
FULL = 0.75
FEW_WORDS = 3
FEWEST_RULES = 3
# In heights of a line: a wider gap between two rows ends a table.
WIDEST_GAP = 2.5
NARROWEST_GAP = 3.0
# In characters: what is longer is no row of heads but columns of text in a frame.
LONGEST_HEADS = 250

Row = list[Line]
Cells = list[list[Word]]


@dataclass(frozen=True)
class _Column:
    x0: float
    x1: float


def rows_of_tables(pieces: Sequence[Line], rules: Sequence[Rule]) -> list[Line]:
    """Return a line for each row of each table on a page.

    Parameters
    ----------
    pieces
        The runs of words on the page, each in one cell.
    rules
        The horizontal lines drawn on it.
    """
    found: list[Line] = []
    for region in _regions(levels_of(pieces)):
        columns = _columns(region)
        within = _within(region, rules)
        if _is_table(region, columns, within):
            grid = _cells(region, columns, within)
            heads = sum(len(word.text) for cell in grid[0][0] for word in cell)
            found += _written(grid, within) if heads <= LONGEST_HEADS else ()
    return found


def _regions(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield runs of rows in which pieces stand side by side, with those between that stand in one column."""
    region: list[Row] = []
    for row in rows:
        near = region and row[0].y0 - region[-1][0].y1 < WIDEST_GAP * row[0].size
        if region and near and (len(row) > 1 or _in_one_column(row[0], region)):
            region.append(row)
            continue
        if region:
            yield _trimmed(region)
        region = [row] if len(row) > 1 else []
    if region:
        yield _trimmed(region)


def _trimmed(region: list[Row]) -> list[Row]:
    while len(region[-1]) == 1 and region[-1][0].x0 <= region[0][0].x0 + 1:
        region = region[:-1]
    return region


def _in_one_column(piece: Line, region: Sequence[Row]) -> bool:
    return sum(column.x0 - 1 <= piece.x0 and piece.x1 <= column.x1 + 1 for column in _columns(region)) == 1


def _columns(region: Sequence[Row]) -> list[_Column]:
    """Return the columns: what is left between the gaps that run down through all rows."""
    columns: list[_Column] = []
    for piece in sorted((piece for row in region for piece in row), key=lambda one: one.x0):
        if columns and piece.x0 < columns[-1].x1 + NARROWEST_GAP:
            columns[-1] = _Column(columns[-1].x0, max(columns[-1].x1, piece.x1))
        else:
            columns.append(_Column(piece.x0, piece.x1))
    return columns


def _within(region: Sequence[Row], rules: Sequence[Rule]) -> list[float]:
    """Return how far down the rules stand that run through a region or along its edges."""
    left, right = min(row[0].x0 for row in region), max(row[-1].x1 for row in region)
    tall = region[0][0].size
    top, bottom = region[0][0].y0 - 2 * tall, region[-1][0].y1 + 2 * tall
    found = sorted(
        rule.y
        for rule in rules
        if top <= rule.y <= bottom and rule.x0 < right - tall and rule.x1 > left + tall
    )
    return [y for number, y in enumerate(found) if not number or y - found[number - 1] > tall / 2]


def _is_table(region: Sequence[Row], columns: Sequence[_Column], rules: Sequence[float]) -> bool:
    if len(columns) < FEWEST_COLUMNS or sum(len(row) > 1 for row in region) < FEWEST_ROWS - 1:
        return False
    if len(rules) >= FEWEST_RULES:
        return True
    if len(columns) < COLUMNS_WITHOUT_RULES or len(region) < FEWEST_ROWS:
        return False
    filled = [
        (piece.x1 - piece.x0) / (column.x1 - column.x0 or 1.0)
        for row in region
        for piece in row
        for column in columns
        if column.x0 <= piece.x0 <= column.x1
    ]
    words = median(len(piece.words) for row in region for piece in row)
    return sum(filled) / len(filled) < FULL or words <= FEW_WORDS


def _cells(
    region: Sequence[Row], columns: Sequence[_Column], rules: Sequence[float]
) -> list[tuple[Cells, float]]:
    """Return each row as the words of its cells, and how far down it begins.

    Where rules stand between most rows, what stands between two of them is one row. Elsewhere a row begins
    where something stands in the first column.
    """
    ruled = len(rules) > max(FEWEST_RULES, len(region) / 2)
    grid: list[tuple[Cells, float]] = []
    for row in region:
        top = row[0].y0
        parted = any(grid[-1][1] < rule <= top + row[0].size / 2 for rule in rules) if grid else True
        first = any(piece.x0 <= columns[0].x1 for piece in row)
        if not grid or (parted if ruled else parted or first):
            grid.append(([[] for _ in columns], top))
        for piece in row:
            place = max(n for n, column in enumerate(columns) if column.x0 <= piece.x0 + 1)
            grid[-1][0][place].extend(piece.words)
    return grid


def _written(grid: Sequence[tuple[Cells, float]], rules: Sequence[float]) -> Iterator[Line]:
    """Yield the rows below the heads, each cell behind the head of its column."""
    heads = grid[0][0]
    body = grid[1:]
    if not body or (not rules and not all(heads)):
        heads, body = [[] for _ in heads], list(grid)
    for cells, _ in body:
        groups: list[list[Word]] = []
        between: list[str] = []
        for head, cell in zip(heads, cells, strict=True):
            if cell:
                between += ["; "] if groups else []
                between += [": "] if head else []
                groups += [head, cell] if head else [cell]
        if groups:
            own = [word for cell in cells for word in cell]
            text, indices = written(groups, between)
            first = heads if cells is body[0][0] else []
            yield Line([*own, *(word for head in first for word in head)], True, text, indices)
