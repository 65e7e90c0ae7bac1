"""PDFs made by hand: text at places, in Helvetica, and rules. So a test says exactly what is on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

WIDTH, HEIGHT = 595, 842
FONTS = {"": "/F1", "bold": "/F2"}
# A text: the left end of its base line in points from the upper left corner, its words, its size, its font.
# A rule: its ends and how far down it is.
Text = tuple[float, float, str, float, str]
Rule = tuple[float, float, float]
Content = Sequence[Text | Rule]


@pytest.fixture(scope="session")
def lines() -> Callable[..., list[Text]]:
    """Return what puts texts one below the other, as a paragraph is set."""

    def put(x: float, y: float, *texts: str, size: float = 11, font: str = "") -> list[Text]:
        return [(x, y + 1.3 * size * number, text, size, font) for number, text in enumerate(texts)]

    return put


@pytest.fixture(scope="session")
def pdf_of() -> Callable[..., bytes]:
    """Return what makes a PDF of pages; `kids` stands instead of the list of its pages."""

    def make(*pages: Content, title: str = "", kids: str = "", rotate: int = 0) -> bytes:
        numbers = [6 + 2 * number for number in range(len(pages))]
        listed = kids or " ".join(f"{number} 0 R" for number in numbers)
        bodies = [
            "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
            f"<< /Type /Pages /Kids [{listed}] /Count {len(numbers)} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            f"<< /Title ({title}) /CreationDate (D:20240601120000Z) >>",
        ]
        for number, page in zip(numbers, pages, strict=True):
            stream = "\n".join(map(_drawn, page))
            bodies += [
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {number + 1} 0 R "
                f"/Rotate {rotate} /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
                f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
            ]
        return _file(bodies)

    return make


def _drawn(one: Text | Rule) -> str:
    if len(one) == 3:
        return f"{one[0]} {HEIGHT - one[2]} m {one[1]} {HEIGHT - one[2]} l S"
    x, y, text, size, font = one
    text = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {FONTS[font]} {size} Tf {x} {HEIGHT - y} Td ({text}) Tj ET"


def _file(bodies: Sequence[str]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    tail = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R >>\n"
    )
    return content + f"{tail}startxref\n{len(content)}\n%%EOF\n".encode()
