"""Counts that a sentence makes of a list in its quotes: "four countries", where they list four.

Nothing is counted but what rules can: one list, each of its items set apart by a comma and the last by one
joining word, and nothing that says that it goes on. Whatever else a figure counts must stand in the quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sstc_chat.rag.prose.checking.figure import Figure
from sstc_chat.rag.prose.checking.lists import AMONG, Item, lists_of
from sstc_chat.rag.prose.checking.reading import Reading, Word

JOINING = re.compile(r" (?:and|or|et|ou|y|o|e|и|или) ")
COUNTRIES = re.compile(
    r"countr(?:y|ies)|pays|país(?:es)?|стран\w*|(?:ال)?(?:بلدان|دول)|国家|国", re.IGNORECASE
)
COUNTRY_CODE = re.compile("(?!EU)[A-Z]{2}")
LEADING = re.compile(r":\s*$")


def counted(figure: Figure, sentence: Reading, quote: Reading) -> Iterator[tuple[Word, Word | None, Item]]:
    """Yield what `figure` may count: the word behind it, the word that leads up to a list, and the list.

    The list has as many items as `figure` says. Where the word behind it is "countries" nothing leads up to
    the list, which then names all countries of the quote and nothing else; else the two words must be one.
    """
    thing = next((word for word in sentence.words if word.start >= figure.end), None)
    if thing is None or figure.percent or figure.unit or AMONG.search(quote.text):
        return
    for items in lists_of(quote.text):
        whole = (items[0][0], items[-1][1])
        if len(JOINING.findall(quote.text[slice(*whole)])) > 1:
            continue
        if COUNTRIES.fullmatch(thing.text):
            if _countries(items, quote) in figure.values:
                yield thing, None, whole
        elif LEADING.search(quote.text[: whole[0]]) and len(items) in figure.values:
            before = [word for word in quote.words if word.end <= whole[0]]
            if before:
                yield thing, before[-1], whole


def _countries(items: list[Item], quote: Reading) -> int:
    """Return how many countries the items are, 0 where they are not that alone."""
    within = [[code for code, start, _ in quote.places if item[0] <= start < item[1]] for item in items]
    while within and not within[0]:  # such as "In July 2024, "
        within.pop(0)
    named = [codes[0] for codes in within if len(codes) == 1 and COUNTRY_CODE.fullmatch(codes[0])]
    alone = len(named) == len(within) == len(set(named)) and {code for code, *_ in quote.places} == set(named)
    return len(named) if alone else 0
