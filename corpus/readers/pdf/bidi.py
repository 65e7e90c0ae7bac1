"""Words of scripts that are written from right to left, as they are read (Unicode, UAX #9).

What a PDF says is where each sign stands. Some programs write a word from its end, some a line, some neither;
so the order comes from the places alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from sstc_chat.corpus.readers.pdf.words import Word

# Hebrew, Arabic, Syriac, Thaana and N'Ko with their presentation forms; not digits, which run the other way.
RIGHT = re.compile(r"[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufefc]")
FIRST = "\u0590"
# What runs from left to right within: letters with what stands between them, and numbers.
RUN = re.compile(r"[^\W_]+(?:[.,:/@&'’_+\-]+[^\W_]+)*")
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f]")
# In sizes of the font: what stands closer is one word, whatever the file says.
SPACE = 0.17
LAM, ALEF = "ل", "اأإآ"


def turns(character: str) -> bool:
    """Whether a character is of a script that is written from right to left."""
    return character >= FIRST and bool(RIGHT.match(character))


def turned(word: Word) -> Word:
    """Return a word with its characters from right to left, and what runs the other way within."""
    if len(word.middles) != len(word.text):
        return word
    order = _with_runs(word.text, _with_ligatures(word, _from_right(word)))
    return replace(
        word,
        text="".join(word.text[place] for place in order),
        indices=[word.indices[place] for place in order],
        middles=[word.middles[place] for place in order],
    )


def settled(word: Word) -> Word:
    """Return a word with its characters in the order in which they are read, if it is in such a script."""
    return turned(word) if RIGHT.search(word.text) else word


def _from_right(word: Word) -> list[int]:
    """Return the places of the characters from right to left, each mark behind the letter that has it."""
    places = range(len(word.text))
    letters = [place for place in places if not unicodedata.combining(word.text[place])] or list(places)

    def key(place: int) -> tuple[float, bool]:
        letter = min(letters, key=lambda one: abs(word.middles[one] - word.middles[place]))
        return (-word.middles[place], False) if place in letters else (-word.middles[letter], True)

    return sorted(places, key=key)


def _with_ligatures(word: Word, order: list[int]) -> list[int]:
    """Put lam in front of alef where both are one sign: then their middles nearly are the same."""
    for n in range(len(order) - 1):
        one, other = order[n], order[n + 1]
        near = word.middles[one] - word.middles[other] < word.size / 20
        if near and word.text[one] in ALEF and word.text[other] == LAM:
            order[n], order[n + 1] = other, one
    return order


def _with_runs(text: str, order: list[int]) -> list[int]:
    """Turn round what runs from left to right."""
    read = "".join(" " if RIGHT.match(text[place]) else text[place] for place in order)
    for run in RUN.finditer(read):
        turned = [run] if LATIN.search(run[0]) else NUMBER.finditer(read, *run.span())
        for one in turned:
            order[one.start() : one.end()] = reversed(order[one.start() : one.end()])
    return order
