"""What a sentence has that a question may ask for: a count, a date, an amount, an address, names, a list.

They are read from its characters once, when the index is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
)
MONTH = re.compile(MONTHS)
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
DATE = re.compile(rf"\b(?:{YEAR.pattern})\b|\b(?:{MONTHS})\b|\bcentury\b|\b\w+day\b")
NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million".split()
)
NUMBER = re.compile(rf"\d|\b(?:{'|'.join(sorted(NUMBER_WORDS))}|half|both)\b", re.IGNORECASE)
AMOUNT = re.compile(r"[$€£¥%]|\b(?:dollars?|euros?|pounds|USD|EUR|per ?cent)\b", re.IGNORECASE)
CONTACT = re.compile(
    r"[\w.+-]+@\w[\w-]*\.|\bwww\.|https?:|\b[\w-]+\.(?:org|net|com|int|edu|gov)\b|\+\d[\d ()-]{6,}"
)
NAME = re.compile(r"(?<=[\w,;:] )[A-Z]\w+")
LEANING = re.compile(r"(?:It|Its|This|These|They|Their|He|She|His|Her|Those|That|Such|Both)\b")
ENDINGS = (".", "!", "?", "…", "。", "！", "？", "؟")
CLOSING = " \"'”’»)]』」"
WORD = re.compile(r"\w+")
# How many words behind a number may say what it counts.
COUNTED = 5


@dataclass(frozen=True)
class Traits:
    """What a sentence has; all are numbers, so that they can be stored side by side.

    Attributes
    ----------
    number, count, date, amount
        1 if it has a number, one that counts something, a date, an amount of money or a share.
    contact
        1 if it has an address to write to, to call or to visit.
    names, separators
        How many capitalised words stand inside it, and how many commas and semicolons.
    leaning
        1 if it begins with a word that points at the sentence before it.
    asking
        1 if it is a question itself.
    fragment
        1 if it ends like no sentence, as the lines of a list and what leads up to one do.
    length
        In characters.
    """

    number: float
    count: float
    date: float
    amount: float
    contact: float
    names: float
    separators: float
    leaning: float
    asking: float
    fragment: float
    length: float

    def values(self) -> tuple[float, ...]:
        """Return the traits in the order of their names."""
        return astuple(self)


TRAITS = tuple(one.name for one in fields(Traits))


def traits_of(text: str) -> Traits:
    """Return the traits of a sentence."""
    return Traits(
        number=bool(NUMBER.search(text)),
        count=any(True for _ in counted_words(text)),
        date=bool(DATE.search(text)),
        amount=bool(AMOUNT.search(text)),
        contact=bool(CONTACT.search(text)),
        names=len(NAME.findall(text)),
        separators=text.count(",") + text.count(";"),
        leaning=bool(LEANING.match(text)),
        asking=text.rstrip().endswith("?"),
        fragment=not text.rstrip(CLOSING).endswith(ENDINGS),
        length=len(text),
    )


def counted_words(text: str) -> Iterator[str]:
    """Yield the words that stand close behind a number which counts: no year, no day of a month."""
    words = WORD.findall(text)
    for place, word in enumerate(words):
        if word.isdecimal() and not YEAR.fullmatch(word):
            counts = not any(MONTH.fullmatch(near) for near in (*words[max(0, place - 1) : place + 3],))
        else:
            counts = word.lower() in NUMBER_WORDS
        if counts:
            yield from words[place + 1 : place + 1 + COUNTED]
