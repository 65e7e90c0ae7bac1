"""What stands on a page of a PDF: its words with their places and fonts, its rules, its picture."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sstc_chat.corpus.readers.pdf.bidi import SPACE, settled, turns
from sstc_chat.corpus.readers.pdf.file import File, Handle, page_and_text, pdfium
from sstc_chat.corpus.readers.pdf.mirroring import runs_from_right
from sstc_chat.corpus.readers.pdf.placing import Placing, placing
from sstc_chat.corpus.readers.pdf.words import Box, Page, Rule, Word

# Paths on a page that are looked at for the rules of tables; a map has millions.
MOST_PATHS = 3000
THICKEST_RULE = 3.0
SHORTEST_RULE = 15.0
BOLD = re.compile(r"(?i)bold|black|heavy|demi")
BOLD_WEIGHT = 600
UPRIGHT = 0.1
# How far a letter is taken to reach from its line, in sizes of its font; how exact a box is, in points.
BELOW, ABOVE = 0.25, 0.75
INK = 0.01
# How PDFium gives a hyphen at the end of a line.
HYPHENS = {0x02, 0xFFFE}
CONTROL = range(0x21)
HALF_CHARACTERS = range(0xD800, 0xE000)


def page_of(file: File, number: int) -> Page:
    """Return the words and the rules of a page, counted from 0; one that cannot be read has none."""
    with page_and_text(file, number) as found:
        if found is None:
            return Page(1, 1, [])
        page, text = found
        place = placing(page)
        width, height = page.get_size()
        words = list(_words(text, place))
        spaces = list(_spaces(text, place)) if runs_from_right(words) else []
        return Page(width, height, words, list(_rules(page, place)), spaces, _is_drawn(page))


def boxes_on(file: File, number: int, indices: Iterable[int]) -> list[Box]:
    """Return the boxes of characters on a page, in points from its upper left corner."""
    with page_and_text(file, number) as opened:
        if opened is None:
            return []
        page, text = opened
        place, rectangle, from_right = placing(page), pdfium().FS_RECTF(), _has_right(text)
        found = []
        for index in indices:
            character = _character(pdfium().FPDFText_GetUnicode(text, index))
            found.append(_box(text, index, rectangle, place, from_right and _reaches(character)))
        return found


def picture_of(file: File, number: int, scale: float) -> Any:  # noqa: ANN401
    """Return a page as a picture (`PIL.Image`); `scale` is pixels for a point."""
    return file[number].render(scale=scale).to_pil()


def _words(text: Handle, place: Placing) -> Iterator[Word]:
    """Yield the words of a page in the order of the file."""
    word: Word | None = None
    rectangle, from_right = pdfium().FS_RECTF(), _has_right(text)
    for index in range(text.count_chars()):
        character = _character(pdfium().FPDFText_GetUnicode(text, index))
        if not character:
            if word:
                yield settled(word)
            word = None
            continue
        box = _box(text, index, rectangle, place, from_right and _reaches(character))
        if word and not word.goes_on_at(box, _nearest(word, character)):
            yield settled(word)
            word = None
        if word:
            word.add(character, index, box)
        else:
            look = _size(text, index), _is_bold(text, index), _is_upright(text, index)
            word = Word(character, [index], *box, *look, middles=[(box[0] + box[2]) / 2])
    if word:
        yield settled(word)


def _nearest(word: Word, character: str) -> float:
    """Return how far from a word its next character may stand; 0 where the file itself parts words."""
    return SPACE * word.size if turns(character) or turns(word.text[-1]) else 0.0


def _spaces(text: Handle, place: Placing) -> Iterator[Box]:
    """Yield where the file has white space; PDFium puts in more where it sees gaps."""
    rectangle = pdfium().FS_RECTF()
    for index in range(text.count_chars()):
        blank = not _character(pdfium().FPDFText_GetUnicode(text, index))
        if blank and not pdfium().FPDFText_IsGenerated(text, index):
            yield _box(text, index, rectangle, place, False)


def _character(code: int) -> str:
    """Return a character; nothing for white space, and a sign of what was lost for what is none."""
    if code in HYPHENS:
        return "-"
    if code == 0 or code in HALF_CHARACTERS:
        return "\ufffd"
    return "" if code in CONTROL or chr(code).isspace() else chr(code)


def _has_right(text: Handle) -> bool:
    """Whether any letter of a page is of a script that is written from right to left."""
    return any(map(turns, text.get_text_range()))


def _reaches(character: str) -> bool:
    """Whether only the ink may be known of a character on such a page: of a joined letter, or a sign."""
    return turns(character) or not character.isalnum()


def _box(text: Handle, index: int, rectangle: Handle, place: Placing, reaches: bool) -> Box:
    pdfium().FPDFText_GetLooseCharBox(text, index, rectangle)
    if reaches:
        _reach(text, index, rectangle)
    return place.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _reach(text: Handle, index: int, rectangle: Handle) -> None:
    """Let the box of a sign reach as far as its font does, where only its ink is known: of joined letters."""
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    pdfium().FPDFText_GetCharBox(text, index, left, right, bottom, top)
    if abs(top.value - rectangle.top) + abs(bottom.value - rectangle.bottom) > INK:
        return
    pdfium().FPDFText_GetCharOrigin(text, index, left, bottom)
    size = _size(text, index)
    rectangle.left = min(rectangle.left, left.value)
    rectangle.bottom, rectangle.top = bottom.value - BELOW * size, bottom.value + ABOVE * size


def _size(text: Handle, index: int) -> float:
    """Return the size of the font as it is shown: that of the file, scaled by the matrix of the text."""
    matrix = pdfium().FS_MATRIX()
    pdfium().FPDFText_GetMatrix(text, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    return round(float(pdfium().FPDFText_GetFontSize(text, index)) * scale, 1)


def _is_bold(text: Handle, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium().FPDFText_GetFontInfo(text, index, name, 128, flags)
    named = bool(BOLD.search(name.value.decode("latin-1")))
    return named or int(pdfium().FPDFText_GetFontWeight(text, index)) >= BOLD_WEIGHT


def _is_upright(text: Handle, index: int) -> bool:
    angle = float(pdfium().FPDFText_GetCharAngle(text, index))
    return angle < UPRIGHT or angle > 2 * math.pi - UPRIGHT


def _is_drawn(page: Handle) -> bool:
    """Whether something on a page is no text: a picture, perhaps of text."""
    return any(
        pdfium().FPDFPageObj_GetType(pdfium().FPDFPage_GetObject(page, number)) != pdfium().FPDF_PAGEOBJ_TEXT
        for number in range(min(pdfium().FPDFPage_CountObjects(page), MOST_PATHS))
    )


def _rules(page: Handle, place: Placing) -> Iterator[Rule]:
    """Yield the thin horizontal lines of a page, and the edges of frames: they part the rows of a table."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for number in range(min(pdfium().FPDFPage_CountObjects(page), MOST_PATHS)):
        one = pdfium().FPDFPage_GetObject(page, number)
        if pdfium().FPDFPageObj_GetType(one) != pdfium().FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium().FPDFPageObj_GetBounds(one, left, bottom, right, top):
            continue
        x0, y0, x1, y1 = place.box(left.value, bottom.value, right.value, top.value)
        if x1 - x0 >= SHORTEST_RULE:
            yield from (
                [Rule(x0, x1, y0)] if y1 - y0 <= THICKEST_RULE else [Rule(x0, x1, y0), Rule(x0, x1, y1)]
            )
