"""What a sentence has that a question may ask for: a count, a date, an amount, an address, names, a list.

They are read from its characters once, when the index is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields

from sstc_chat.index.vocabulary import surface_words

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|"
    "Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|"
    "январ[ьяе]|феврал[ьяе]|март[ае]?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|август[ае]?|сентябр[ьяе]|октябр[ьяе]|"
    "ноябр[ьяе]|декабр[ьяе]|"
    "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|"
    "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول"
)
MONTH = re.compile(MONTHS)
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# Chinese writes the unit behind the number, without a space: 2024年7月24日.
DATE_UNITS = ("年", "月", "日")
DATE = re.compile(
    rf"\b(?:{YEAR.pattern})\b|\b(?:{MONTHS})\b|\d\s?[{''.join(DATE_UNITS)}]|\bcentury\b|\b\w+day\b"
)
# A word that is a number in one language and something else in another ("once") is left out.
NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion "
    "deux trois quatre cinq sept huit neuf dix onze douze cent mille millions milliards "
    "dos tres cuatro cinco seis siete ocho nueve diez doce cien mil millones "
    "dois duas três quatro sete oito nove dez doze cem milhões "
    "zwei drei vier fünf sechs sieben acht neun zehn zwölf hundert tausend "
    "два две три четыре пять шесть семь восемь девять десять сто тысяч миллионов".split()
)
NUMBER = re.compile(rf"\d|\b(?:{'|'.join(sorted(NUMBER_WORDS))}|half|both)\b", re.IGNORECASE)
AMOUNT = re.compile(
    r"[$€£¥%]|\b(?:dollars?|d[oó]lar(?:es)?|доллар\w*|دولار|euros?|евро|يورو|pounds|USD|EUR|per ?cent)\b"
    r"|[美欧]元",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"[\w.+-]+@\w[\w-]*\.|\bwww\.|https?:|\b[\w-]+\.(?:org|net|com|int|edu|gov)\b|\+\d[\d ()-]{6,}"
)
NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-ÖØ-ÞА-ЯЁ]\w+")
LEANING = re.compile(r"(?:It|Its|This|These|They|Their|He|She|His|Her|Those|That|Such|Both)\b")
QUESTION_MARKS = ("?", "？", "؟")
ENDINGS = (".", "!", "?", "…", "。", "！", "？", "؟")
CLOSING = " \"'”’»)]』」"
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
        asking=text.rstrip().endswith(QUESTION_MARKS),
        fragment=not text.rstrip(CLOSING).endswith(ENDINGS),
        length=len(text),
    )


def counted_words(text: str) -> Iterator[str]:
    """Yield the words that stand close behind a number which counts: no year, no day of a month."""
    words = surface_words(text)
    for place, word in enumerate(words):
        if word.isdecimal() and not YEAR.fullmatch(word):
            near = words[max(0, place - 1) : place + 3]
            counts = not any(MONTH.fullmatch(one) or one in DATE_UNITS for one in near)
        else:
            counts = word.lower() in NUMBER_WORDS
        if counts:
            yield from words[place + 1 : place + 1 + COUNTED]
