"""Write the source text of a format that has no text of its own, such as Word or HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from sstc_chat.corpus.escapes import escaped
from sstc_chat.corpus.readers.extract import Extract
from sstc_chat.corpus.types import Kind, Part

# The cells of a row, one for each column; None where the one to the left goes on.
Row = Sequence["str | None"]
PAIR = 2
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Composition:
    """A source text in the making: each part on a line of its own, in reading order."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._parts: list[Part] = []
        self._length = 0

    @property
    def parts(self) -> Sequence[Part]:
        """What has been written."""
        return self._parts

    def write(self, kind: Kind, text: str, level: int = 0) -> None:
        """Write a part; white space is one space, and text that is none is left out."""
        line = escaped(" ".join(text.replace("\0", "\ufffd").split()))
        if not line:
            return
        start, end = self._length, self._length + len(line)
        self._parts.append(Part(kind, ((start, end),), level))
        self._lines.append(line)
        self._length = end + 1

    def write_table(self, rows: Sequence[Row], heads: int) -> None:
        """Write each row of a table with the heads of its columns: "Head: cell; Head: cell".

        The first `heads` rows are the heads. Without a row under them they are rows themselves.
        """
        if heads >= len(rows):
            heads = 0
        named = heads_of(rows[:heads])
        for row in rows[heads:]:
            self.write("line", row_text(named, row))

    def extract(self, said: Mapping[str, str]) -> Extract:
        """Return what was written, and what the file says of itself."""
        return Extract("\n".join([*self._lines, ""]), tuple(self._parts), (), said)


def heads_of(rows: Sequence[Row]) -> list[str]:
    """Return the head of each column: what stands above it in all of `rows`, from the top."""
    columns = [_filled(row) for row in rows]
    return [", ".join(dict.fromkeys(filter(None, column))) for column in zip_longest(*columns)]


def row_text(heads: Sequence[str], row: Row) -> str:
    """Return a row of a table as one line in which each cell has the head of its column.

    Without heads, a row of two cells has a name and what is said of it.
    """
    if not any(heads) and len(row) == PAIR:
        heads, row = ["", row[0] or ""], ["", row[1]]
    pairs = zip_longest(_heads_over(heads, row), row, fillvalue="")
    return "; ".join(
        f"{head}: {cell}" if head and head != cell else cell for head, cell in pairs if cell and cell.strip()
    )


def _heads_over(heads: Sequence[str], row: Row) -> list[str]:
    """Return the heads over each cell: over one that goes on in the next columns, those of all of them."""
    over: list[list[str]] = []
    last = 0
    for head, cell in zip_longest(heads, row, fillvalue=""):
        if cell is None and over:
            over[last].append(head or "")
            over.append([])
        else:
            last = len(over)
            over.append([head or ""])
    return [" / ".join(dict.fromkeys(filter(None, found))) for found in over]


def _filled(row: Row) -> list[str]:
    filled: list[str] = []
    for cell in row:
        filled.append(filled[-1] if cell is None and filled else cell or "")
    return filled
