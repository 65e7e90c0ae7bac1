"""Arabic in PDFs of two makes reads as the page that was printed: each word, its marks, numbers and names."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby, permutations
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.readers.pdf.bidi import turned
from sstc_chat.corpus.readers.pdf.mirroring import in_turn, mirrored
from sstc_chat.corpus.readers.pdf.words import Page, Word
from sstc_chat.corpus.readers.places import boxes_of
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document, Spans

Says = Callable[[str, Spans], str]
SIZE = 10.0


@pytest.fixture(scope="module", params=["chromium", "libreoffice"])
def printed(request: pytest.FixtureRequest, files: Path) -> Document:
    (document,) = read_file(files / f"arabic-{request.param}.pdf")
    return document


@pytest.fixture(scope="module")
def page(files: Path) -> Document:
    (document,) = read_file(files / "arabic.html")
    return document


def words_of(document: Document) -> list[str]:
    return re.sub("•", " ", " ".join(one.text for one in read(document).sentences)).split()


def test_every_word_is_read_as_it_was_written(printed: Document, page: Document) -> None:
    assert words_of(printed) == words_of(page)


def test_every_quote_is_exact_and_its_boxes_hold_its_letters(printed: Document, says: Says) -> None:
    file = pypdfium2.PdfDocument(printed.original)
    for sentence in read(printed).sentences:
        assert says(printed.text, sentence.spans) == sentence.text
        held = ""
        for number, boxes in boxes_of(printed, sentence.spans).items():
            width, height = file[number - 1].get_size()
            text = file[number - 1].get_textpage()
            for x0, y0, x1, y1 in boxes:
                held += text.get_text_bounded(x0 * width, (1 - y1) * height, x1 * width, (1 - y0) * height)
        wanted, found = (sorted(filter(str.isalnum, one)) for one in (sentence.text, held))
        assert not [letter for letter in set(wanted) if wanted.count(letter) > found.count(letter)]
        assert len(found) <= 1.1 * len(wanted) + 4


def word_of(signs: str, order: list[int]) -> Word:
    """Return a word whose signs, given as they stand from left to right, come in some order in the file."""
    middles = [SIZE * place + SIZE / 2 for place in order]
    text = "".join(signs[place] for place in order)
    return Word(text, order, 0, 0, SIZE * len(signs), SIZE, SIZE, middles=middles)


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("باتك", "كتاب"),
        ("2024ماع", "عام2024"),
        ("1.5ب", "ب1.5"),
        ("ILOةمظنم", "منظمةILO"),
        ("ILO-2ـب", "بـILO-2"),
    ],
)
def test_what_runs_the_other_way_is_turned_in_whatever_order_the_file_has_it(shown: str, read: str) -> None:
    for order in list(permutations(range(len(shown))))[:: max(1, len(shown) ** 3)][:200]:
        assert turned(word_of(shown, list(order))).text == read


@given(st.lists(st.sampled_from(["سلام", "عمل", "ILO", "UNDP"]), min_size=1, max_size=8), st.randoms())
def test_a_line_is_read_from_the_right_and_latin_names_in_it_from_the_left(
    line: list[str], random: Random
) -> None:
    words, right = [], 1000.0
    for word in line:
        left = right - SIZE * len(word)
        middles = [left + SIZE * (place + 0.5) for place in range(len(word))]
        shown = word if word.isascii() else word[::-1]
        words.append(Word(shown, [0] * len(word), left, 0, right, SIZE, SIZE, middles=middles))
        right = left - SIZE
    random.shuffle(words)
    found = [word.text for word in in_turn(mirrored(Page(1000, 100, words)).words, [])]
    runs = [(latin, list(run)) for latin, run in groupby(line, key=str.isascii)]
    assert found == [word for latin, run in runs for word in (run[::-1] if latin else run)]
