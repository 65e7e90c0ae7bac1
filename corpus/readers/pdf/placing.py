"""From the space of a page, whose y goes up and which may be turned, to points as the page is shown."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

from sstc_chat.corpus.readers.pdf.file import Handle, pdfium
from sstc_chat.corpus.readers.pdf.words import Box

# PDFium places whole pixels: so many for a point, over so many points.
PIXELS = 100
REACH = 1000
Pair = tuple[float, float]


@dataclass(frozen=True)
class Placing:
    """Where the origin of a page is shown, and which way a point to the right and one up lead from it."""

    origin: Pair
    right: Pair
    up: Pair

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return left, top, right and bottom as shown, in points from the upper left corner."""
        (x0, y0), (x1, y1) = self._point(left, bottom), self._point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _point(self, x: float, y: float) -> Pair:
        return (
            self.origin[0] + x * self.right[0] + y * self.up[0],
            self.origin[1] + x * self.right[1] + y * self.up[1],
        )


def placing(page: Handle) -> Placing:
    """Return the placing of a page as it is shown, turned and cropped."""
    size = tuple(round(length * PIXELS) for length in page.get_size())
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown(right: float, up: float) -> Pair:
        pdfium().FPDF_PageToDevice(page, 0, 0, *size, 0, right, up, x, y)
        return x.value / PIXELS, y.value / PIXELS

    origin, right, up = shown(0, 0), shown(REACH, 0), shown(0, REACH)
    return Placing(
        origin,
        ((right[0] - origin[0]) / REACH, (right[1] - origin[1]) / REACH),
        ((up[0] - origin[0]) / REACH, (up[1] - origin[1]) / REACH),
    )
