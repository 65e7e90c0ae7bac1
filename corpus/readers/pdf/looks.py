"""What a line is by its look: a heading by its font, a point of a list, a footnote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sstc_chat.corpus.readers.pdf.words import Line

LARGER = 1.12
SMALLER = 0.93
# Sizes of headings that differ by less are the same.
ALIKE = 0.5
# A heading fits into two or three lines; a list of contents leads to its numbers by dots.
LONGEST_HEADING = 200
NUMBERED = re.compile(
    r"(?:(?:annex|appendix|chapter|part)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+\S", re.IGNORECASE
)
BULLET = re.compile(r"[•‣◦▪●■○□∙·*–—►▶]\s*\S|-\s+\S|(?:\(\w{1,2}\)|(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")
NOTE = re.compile(r"\(?(\d{1,3}|[*†‡§])\)?\s*\S")
ENDS_SENTENCE = re.compile(r"[.!?;…。！？；؟۔।][\s\"'”’»)\]\d¹²³]*$")


@dataclass(frozen=True)
class Looks:
    """How a document is set: the size of its text, the sizes of headings from the largest, its outline.

    `bold` says whether the text itself is bold.
    """

    size: float
    larger: tuple[float, ...]
    bold: bool
    outline: Mapping[str, int]

    def heading_level(self, line: Line, whole: str) -> int:
        """Return the depth of the heading that begins with `line` and reads `whole`; 0 if it is none."""
        text = " ".join(whole.split())
        told = self.outline.get(text.casefold(), 0)
        if told:
            return told
        if line.row or len(text) > LONGEST_HEADING or not any(letter.isalpha() for letter in text):
            return 0
        stands_out = line.size >= self.size * LARGER or (line.bold and not (self.bold or self.is_small(line)))
        if not stands_out or (text.endswith((".", ",", ";")) and line.size < self.size * LARGER):
            return 0
        number = NUMBERED.match(text)
        if number:
            return number[1].count(".") + 1
        larger = [size for size in self.larger if size > line.size]
        return 1 + len(larger) if line.size >= self.size * LARGER else 1 + len(self.larger)

    def is_small(self, line: Line) -> bool:
        """Whether a line is set smaller than the text."""
        return line.size < self.size * SMALLER


def looks_of(lines: Iterable[Line], outline: Mapping[str, int]) -> Looks:
    """Return how most of the text of a document is set."""
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[line.size] += len(line.text)
        bold += len(line.text) if line.bold else 0
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    # Of a size that is a heading's there is little.
    larger = sorted({one for one in sizes if one >= size * LARGER}, reverse=True)
    distinct = [one for number, one in enumerate(larger) if not number or larger[number - 1] - one > ALIKE]
    return Looks(size, tuple(distinct), bold * 2 > sizes.total(), outline)
