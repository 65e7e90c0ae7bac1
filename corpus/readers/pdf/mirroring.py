"""Pages that are written from right to left: mirrored, so that what holds of lines elsewhere holds there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sstc_chat.corpus.readers.pdf.bidi import LATIN, RIGHT, SPACE, turned, turns
from sstc_chat.corpus.readers.pdf.words import Box, Page, Rule, Word

# Signs that open and close; in which form they are given depends on the program.
PAIRS = ("()", "[]", "{}", "«»", "‹›")
OPENING = {sign: pair[0] for pair in PAIRS for sign in pair}
CLOSING = {sign: pair[1] for pair in PAIRS for sign in pair}
LEADING = re.compile(r"^[()\[\]{}«»‹›]+")
TRAILING = re.compile(r"[()\[\]{}«»‹›]+(?=[^\w()\[\]{}«»‹›]*$)")


def runs_from_right(words: Sequence[Word]) -> bool:
    """Whether most letters are of a script that is written from right to left."""
    letters = [letter for word in words for letter in word.text if letter.isalpha()]
    return sum(map(turns, letters)) * 2 > len(letters)


def mirrored(page: Page) -> Page:
    """Return a page on which what stands to the right stands to the left."""
    wide = page.width
    return Page(
        wide,
        page.height,
        [replace(word, x0=wide - word.x1, x1=wide - word.x0) for word in page.words],
        [Rule(wide - rule.x1, wide - rule.x0, rule.y) for rule in page.rules],
        [(wide - x1, y0, wide - x0, y1) for x0, y0, x1, y1 in page.spaces],
    )


def in_turn(words: Sequence[Word], spaces: Sequence[Box]) -> list[Word]:
    """Return the words of a line of a mirrored page as they are read, Latin ones the other way round."""
    line: list[Word] = []
    for word in sorted(words, key=lambda one: one.x0):
        if line and _is_one(line[-1], word, spaces):
            line[-1] = _joined(line[-1], word)
        else:
            line.append(word)
    line = [_paired(turned(word)) for word in line]
    latin = [bool(LATIN.search(word.text)) for word in line]
    start = 0
    while True in latin[start:]:
        first = end = latin.index(True, start)
        for place in range(first, len(line)):
            if RIGHT.search(line[place].text):
                break
            end = place if latin[place] else end
        line[first : end + 1] = reversed(line[first : end + 1])
        start = end + 1
    return line


def _is_one(one: Word, other: Word, spaces: Sequence[Box]) -> bool:
    """Whether two pieces that stand side by side are halves of a word: close, and no white space between."""
    near = one.size / 20
    return bool(one.middles and other.x0 - one.x1 < SPACE * other.size) and not any(
        x1 - x0 > near and one.x1 - near <= x1 and x0 <= other.x0 + near and one.y0 <= y1 <= one.y1 + near
        for x0, _, x1, y1 in spaces
    )


def _paired(word: Word) -> Word:
    """Return a word whose brackets and quotation marks open in front of it and close behind it."""
    text = TRAILING.sub(lambda signs: "".join(CLOSING[sign] for sign in signs[0]), word.text)
    return replace(word, text=LEADING.sub(lambda signs: "".join(OPENING[sign] for sign in signs[0]), text))


def _joined(one: Word, other: Word) -> Word:
    """Return the two halves of a word as one: PDFium parts some of them."""
    return replace(
        one,
        text=one.text + other.text,
        indices=[*one.indices, *other.indices],
        middles=[*one.middles, *other.middles],
        y0=min(one.y0, other.y0),
        x1=max(one.x1, other.x1),
        y1=max(one.y1, other.y1),
    )
