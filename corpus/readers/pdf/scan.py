"""Read the pages of a PDF that are pictures of text with Tesseract, if that is asked for."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache

from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.pdf.file import File, opened, outline, said
from sstc_chat.corpus.readers.pdf.lines import lines_of
from sstc_chat.corpus.readers.pdf.page import page_of, picture_of
from sstc_chat.corpus.readers.pdf.reader import FEWEST_CHARACTERS, extract_of
from sstc_chat.corpus.readers.pdf.words import Box, Page, Word

# The languages that questions are asked in; those that are installed are looked for together.
LANGUAGES = ("eng", "fra", "spa", "por", "ara", "chi_sim", "rus")
# Tesseract reads best at 300 dots per inch; a point is 1/72.
SCALE = 300 / 72
# Words of which Tesseract is surer, in per cent.
SURE = 30.0


def extract(content: bytes) -> Extract:
    """Return the text of a PDF; a page without text is read by Tesseract.

    Raises
    ------
    UnreadableError
        As `reader.extract` does, or if Tesseract is not installed.
    """
    with opened(content) as file:
        pages = [page_or_scan(file, number) for number in range(len(file))]
        return extract_of([(page, lines_of(page)) for page in pages], outline(file), said(file))


def page_or_scan(file: File, number: int) -> Page:
    """Return a page, read by Tesseract if it has no text."""
    page = page_of(file, number)
    if sum(len(word.text) for word in page.words) >= FEWEST_CHARACTERS:
        return page
    return Page(page.width, page.height, list(_recognized(file, number)))


def boxes_in(page: Page, indices: list[int]) -> list[Box]:
    """Return the boxes of characters that Tesseract found, each an even share of that of its word."""
    places = {index: (word, n) for word in page.words for n, index in enumerate(word.indices)}
    found = []
    for word, n in (places[index] for index in indices):
        wide = (word.x1 - word.x0) / len(word.indices)
        found.append((word.x0 + n * wide, word.y0, word.x0 + (n + 1) * wide, word.y1))
    return found


def is_installed() -> bool:
    """Whether there is a Tesseract."""
    return shutil.which("tesseract") is not None


def _recognized(file: File, number: int) -> Iterator[Word]:
    picture_of(file, number, SCALE).save(picture := io.BytesIO(), "PNG")
    command = [_tesseract(), "stdin", "stdout", "-l", "+".join(_languages()), "tsv"]
    done = subprocess.run(command, input=picture.getvalue(), capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise UnreadableError("cannot be read by Tesseract, which broke off. Try another version of it.")
    yield from _words(done.stdout.decode("utf-8", "replace"))


def _words(table: str) -> Iterator[Word]:
    """Yield the words in a table of Tesseract, each with the height of its line for the size of its font."""
    sizes: dict[tuple[str, ...], float] = {}
    index = 0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        line = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        x0, y0, wide, tall = (int(row[name]) / SCALE for name in ("left", "top", "width", "height"))
        if row["level"] == "4":
            sizes[line] = tall
        text = "".join((row["text"] or "").split())
        if text and float(row["conf"]) >= SURE:
            indices = list(range(index, index + len(text)))
            yield Word(text, indices, x0, y0, x0 + wide, y0 + tall, round(sizes[line]))
            index += len(text)


@lru_cache(maxsize=1)
def _languages() -> list[str]:
    listed = subprocess.run([_tesseract(), "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    installed = listed.stdout.split()
    return [one for one in LANGUAGES if one in installed] or ["eng"]


def _tesseract() -> str:
    found = shutil.which("tesseract")
    if found is None:
        raise UnreadableError(
            "cannot be read with --ocr: Tesseract is not installed. Install it (on Debian: apt install "
            "tesseract-ocr) and add the file again."
        )
    return found
