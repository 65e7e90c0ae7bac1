"""What stands on a page of a PDF: its words with their places and fonts, its rules, its picture."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sstc_chat.corpus.readers.pdf.file import File, Handle, page_and_text, pdfium
from sstc_chat.corpus.readers.pdf.placing import Placing, placing
from sstc_chat.corpus.readers.pdf.words import Box, Page, Rule, Word

# Paths on a page that are looked at for the rules of tables; a map has millions.
MOST_PATHS = 3000
THICKEST_RULE = 3.0
SHORTEST_RULE = 15.0
BOLD = re.compile(r"(?i)bold|black|heavy|demi")
BOLD_WEIGHT = 600
UPRIGHT = 0.1
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
        return Page(width, height, list(_words(text, place)), list(_rules(page, place)))


def boxes_on(file: File, number: int, indices: Iterable[int]) -> list[Box]:
    """Return the boxes of characters on a page, in points from its upper left corner."""
    with page_and_text(file, number) as found:
        if found is None:
            return []
        page, text = found
        place, rectangle = placing(page), pdfium().FS_RECTF()
        return [_box(text, index, rectangle, place) for index in indices]


def picture_of(file: File, number: int, scale: float) -> Any:  # noqa: ANN401
    """Return a page as a picture (`PIL.Image`); `scale` is pixels for a point."""
    return file[number].render(scale=scale).to_pil()


def _words(text: Handle, place: Placing) -> Iterator[Word]:
    """Yield the words of a page in the order of the file."""
    word: Word | None = None
    rectangle = pdfium().FS_RECTF()
    for index in range(text.count_chars()):
        character = _character(pdfium().FPDFText_GetUnicode(text, index))
        if not character:
            if word:
                yield word
            word = None
            continue
        box = _box(text, index, rectangle, place)
        if word and not word.goes_on_at(box):
            yield word
            word = None
        if word:
            word.add(character, index, box)
        else:
            look = _size(text, index), _is_bold(text, index), _is_upright(text, index)
            word = Word(character, [index], *box, *look)
    if word:
        yield word


def _character(code: int) -> str:
    """Return a character; nothing for white space, and a sign of what was lost for what is none."""
    if code in HYPHENS:
        return "-"
    if code == 0 or code in HALF_CHARACTERS:
        return "\ufffd"
    return "" if code in CONTROL or chr(code).isspace() else chr(code)


def _box(text: Handle, index: int, rectangle: Handle, place: Placing) -> Box:
    pdfium().FPDFText_GetLooseCharBox(text, index, rectangle)
    return place.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


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
