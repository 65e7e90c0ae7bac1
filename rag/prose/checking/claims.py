"""The claims of a sentence that must stand in its quotes to the letter, whatever else is alike.

Figures, months, days of the week, currencies, countries, names and addresses: a sentence that has one that
its quotes do not have is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sstc_chat.rag.prose.checking.alignment import Alignment
from sstc_chat.rag.prose.checking.figure import missing_from
from sstc_chat.rag.prose.checking.names import missing_names
from sstc_chat.rag.prose.checking.places import english_names
from sstc_chat.rag.prose.checking.reading import Reading

LONG_NUMBER = 4
LIKE_A_PLACE = 0.7


@dataclass(frozen=True)
class Missing:
    """What a sentence says and its quotes do not: of what kind it is, and the words themselves."""

    reason: str
    text: str


def missing_claims(alignment: Alignment) -> Iterator[Missing]:
    """Yield what the sentence claims and the quote does not say."""
    yield from _figures(alignment)
    yield from _dates(alignment.sentence, alignment.quote)
    yield from _places(alignment)
    yield from (Missing("name", name) for name in missing_names(alignment))


def _figures(alignment: Alignment) -> Iterator[Missing]:
    sentence, quote = alignment.sentence, alignment.quote
    digits = _digits(quote.text)
    for figure in sentence.figures:
        written = sentence.text[figure.start : figure.end]
        # A telephone number may be cut otherwise.
        long = written.isdecimal() and len(written) >= LONG_NUMBER and written in digits
        if missing_from(figure, quote.figures, quote.months) and not (long or any(alignment.counts(figure))):
            yield Missing("figure", written)


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())


def _dates(sentence: Reading, quote: Reading) -> Iterator[Missing]:
    numbered = {int(value) for one in quote.figures if one.month for value in one.values}
    for month in sorted(sentence.months - quote.months - numbered):
        yield Missing("date", f"month {month}")
    for day in sorted(sentence.weekdays - quote.weekdays):
        yield Missing("date", f"weekday {day + 1}")
    for currency in sorted(sentence.currencies - quote.currencies):
        yield Missing("currency", currency)
    for address in sorted(sentence.contacts):
        if address not in quote.text.lower():
            yield Missing("address", address)


def _places(alignment: Alignment) -> Iterator[Missing]:
    sentence, quote = alignment.sentence, alignment.quote
    named, lower = {code for code, *_ in quote.places}, quote.text.lower()
    for code, start, end in sentence.places:
        if code in named or any(name.lower() in lower for name in english_names(code)):
            continue
        rows = sentence.within(start, end)
        if not rows or float(alignment.forward[rows].min()) < LIKE_A_PLACE:
            yield Missing("place", sentence.text[start:end])
