"""The claims of a sentence that must stand in its quotes to the letter, whatever else is alike.

Figures, months, days of the week, currencies, countries, names and addresses: a sentence that has one that
its quotes do not have is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sstc_chat.index.vocabulary import folded
from sstc_chat.rag.prose.checking.alignment import Alignment, same_stem
from sstc_chat.rag.prose.checking.figure import missing_from
from sstc_chat.rag.prose.checking.places import english_names
from sstc_chat.rag.prose.checking.reading import Reading, Word

LONG_NUMBER = 4
LIKE_A_PLACE = 0.7


@dataclass(frozen=True)
class Missing:
    """What a sentence says and its quotes do not: of what kind it is, and the words themselves."""

    reason: str
    text: str


def missing_claims(alignment: Alignment) -> Iterator[Missing]:
    """Yield what the sentence claims and the quote does not say."""
    yield from _figures(alignment.sentence, alignment.quote)
    yield from _dates(alignment.sentence, alignment.quote)
    yield from _places(alignment)
    yield from _names(alignment)


def _figures(sentence: Reading, quote: Reading) -> Iterator[Missing]:
    digits = _digits(quote.text)
    for figure in sentence.figures:
        written = sentence.text[figure.start : figure.end]
        # A telephone number may be cut otherwise.
        long = written.isdecimal() and len(written) >= LONG_NUMBER and written in digits
        if missing_from(figure, quote.figures, quote.months) and not long:
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


def _names(alignment: Alignment) -> Iterator[Missing]:
    """Yield the names and acronyms that are spelled otherwise, in a language that would spell them alike."""
    sentence, quote = alignment.sentence, alignment.quote
    if sentence.language != quote.language:
        return
    places = {code for code, *_ in quote.places}
    known = [folded(word.text) for word in quote.words]
    known += [folded(part) for code in places for name in english_names(code) for part in name.split()]
    initials = "".join(word.text[0] for word in quote.words).lower()
    taken = {place for _, start, end in sentence.places for place in sentence.within(start, end)}
    for place, word in enumerate(sentence.words):
        spelled = folded(word.text)
        if (
            place in taken
            or not _is_name(word, sentence)
            or any(same_stem(spelled, other) for other in known)
        ):
            continue
        if not (word.acronym and spelled in initials):
            yield Missing("name", word.text)


def _is_name(word: Word, sentence: Reading) -> bool:
    """Whether a word has a capital that is not from where it stands."""
    before = sentence.text[: word.start].rstrip(" \"'“‘(«")
    begins = not before or before[-1] in ".!?:;"
    return word.acronym or (word.named and not begins)
