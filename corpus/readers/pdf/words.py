"""The words of a page, and lines of words, in points from the upper left corner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
# A character that stands this share of its height lower or higher is on another line.
SAME_LINE = 0.5


@dataclass
class Word:
    """Characters without white space between, and where they stand.

    `indices` holds for each character its number on the page, `middles` how far to the right it stands, where
    that is known; `size` is that of the font.
    """

    text: str
    indices: list[int]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
    upright: bool = True
    middles: list[float] = field(default_factory=list)

    def goes_on_at(self, box: Box, most: float = 0.0) -> bool:
        """Whether a character in `box`, at most so far away, is the next of this word."""
        overlap = min(self.y1, box[3]) - max(self.y0, box[1])
        lower = max(min(self.y1 - self.y0, box[3] - box[1]), 0.01)
        apart = max(box[0] - self.x1, self.x0 - box[2])
        return overlap > SAME_LINE * lower and apart < (most or max(self.size, box[3] - box[1]))

    def add(self, character: str, index: int, box: Box) -> None:
        """Put a character behind the others."""
        self.text += character
        self.indices.append(index)
        self.middles.append((box[0] + box[2]) / 2)
        self.x0, self.y0 = min(self.x0, box[0]), min(self.y0, box[1])
        self.x1, self.y1 = max(self.x1, box[2]), max(self.y1, box[3])


@dataclass(frozen=True)
class Rule:
    """A thin horizontal line."""

    x0: float
    x1: float
    y: float


@dataclass
class Page:
    """What stands on a page, in the order of the file.

    `spaces` are those that the file itself has; `drawn` says whether something is shown that is no text.
    """

    width: float
    height: float
    words: list[Word]
    rules: list[Rule] = field(default_factory=list)
    spaces: list[Box] = field(default_factory=list)
    drawn: bool = True


@dataclass
class Line:
    """Words side by side, and their text with the number of each character on the page.

    `row` says that they are a row of a table, written with the heads of its columns. The edges, the size and
    the weight are those of most of its characters: a number that is raised counts little.
    """

    words: list[Word]
    row: bool = False
    text: str = ""
    indices: list[int] = field(default_factory=list)
    x0: float = field(init=False)
    x1: float = field(init=False)
    y0: float = field(init=False)
    y1: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)

    def __post_init__(self) -> None:
        if not self.text:
            self.text, self.indices = written([self.words], ())
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(word.size, 1)] += len(word.text)
        self.size = sizes.most_common(1)[0][0]
        large = [word for word in self.words if abs(word.size - self.size) < 1]
        self.x0, self.x1 = min(word.x0 for word in self.words), max(word.x1 for word in self.words)
        self.y0, self.y1 = min(word.y0 for word in large), max(word.y1 for word in large)
        bold = sum(len(word.text) for word in self.words if word.bold)
        self.bold = bold * 2 > sizes.total()


def levels_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines that stand side by side, from the top, each group from the left."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.y0 + one.y1):
        if (
            levels
            and levels[-1][0].y0 < _middle(line) < levels[-1][0].y1
            and line.y0 < _middle(levels[-1][0])
        ):
            levels[-1].append(line)
        else:
            levels.append([line])
    return [sorted(level, key=lambda one: one.x0) for level in levels]


def _middle(line: Line) -> float:
    return (line.y0 + line.y1) / 2


def written(groups: Sequence[Sequence[Word]], between: Sequence[str]) -> tuple[str, list[int]]:
    """Return words as text, `between` between their groups, and the number of each character on the page.

    What stands on no page has the number -1.
    """
    text, indices = "", []
    for number, group in enumerate(groups):
        if number:
            text += between[number - 1]
            indices += [-1] * len(between[number - 1])
        for place, word in enumerate(group):
            text += f" {word.text}" if place else word.text
            indices += [-1, *word.indices] if place else word.indices
    return text, indices
