"""The figures of a sentence, whatever language and format they are written in.

"5 million $", "cinq millions de dollars" and "٥ ملايين" have the same value; "1.500" is 1500 or one and a
half, and so it has both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sstc_chat.rag.prose.calendar import MONTH_SIGN, unit_behind
from sstc_chat.rag.prose.numberwords import CHINESE, CHINESE_SCALES, chinese, runs, value_of

WORD = re.compile(r"[^\W\d_]+|\d+|[%$€£¥]")
DATE = re.compile(r"(?<![\d.])(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d.]*\d)")
GROUPED = r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?!\d)"
NUMBER = re.compile(rf"(?:{GROUPED}|\d+(?:[.,٫٬]\d+)*)")
NUMERALS = re.compile(f"第?[{CHINESE}]+")
# A single numeral is part of many words (十分, 三方); before one of these it counts.
MEASURES = "个名位家国年月日项种次天周人岁届条所点份件座倍小"
SCALE = re.compile(rf"[ \u00a0\u202f-]?([^\W\d_]+)|([{''.join(CHINESE_SCALES)}千百]+)")
PERCENT = re.compile(
    r"\s?(?:%|٪|per ?cent|percent|pour cent|por ciento|por cento|процент|(?:في |ب)?(?:ال)?(?:مائة|مئة))", re.IGNORECASE
)
PERCENT_BEFORE = re.compile(r"百分之$")
AFTERNOON = re.compile(r"(?::\d\d)?\s?(?:p\.?\s?m\b)", re.IGNORECASE)
ARABIC_MARK = re.compile("[\u064b-\u0652\u0640]")
ARABIC_ORDINAL = re.compile(r"(?:الحادي|الحادية|الثاني|الثانية|الثالث|الثالثة|الرابع|الرابعة|الخامس|السادس|السابع|الثامن|التاسع)\s$")
HALF_DAY = 12
SMALL = 1000
YEARS = range(1500, 2200)


@dataclass(frozen=True)
class Figure:
    """A number as it stands in a text.

    Attributes
    ----------
    values
        What it may be.
    start, end
        Where it stands.
    percent
        Whether it is a share of a hundred.
    unit
        The unit of time behind it, such as `day`; empty where there is none.
    month
        Whether it may be the month of a date.
    word
        Whether it is written in letters.
    """

    values: frozenset[float]
    start: int
    end: int
    percent: bool = False
    unit: str = ""
    month: bool = False
    word: bool = False

    def within(self, others: list[Figure], months: frozenset[int]) -> bool:
        """Whether one of `others` is this figure, or one of `months`, where this is the month of a date."""
        return any(self.agrees(other) for other in others) or (self.month and bool(self.values & months))

    def agrees(self, other: Figure) -> bool:
        """Whether `other` is of the same value and, where both say it, of the same kind."""
        units = not (self.unit and other.unit) or self.unit == other.unit
        return bool(self.values & other.values) and self.percent == other.percent and units


def figures_of(text: str, language: str) -> list[Figure]:
    """Return the figures of `text` as they stand in it, months of the calendar left out."""
    plain = ARABIC_MARK.sub("\u200d", "".join(str(unicodedata.decimal(one, one)) for one in text))
    found = [*_dates(plain), *_digits(plain, language), *_numerals(plain), *_words(plain, language)]
    kept: list[Figure] = []
    for one in sorted(found, key=lambda figure: (figure.start, -figure.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(_kind(one, plain))
    return kept


def _dates(text: str) -> Iterator[Figure]:
    for match in DATE.finditer(text):
        for group in (1, 3, 4):
            yield Figure(
                frozenset({float(match[group])}), match.start(group), match.end(group), month=group < 4  # noqa: PLR2004
            )


def _digits(text: str, language: str) -> Iterator[Figure]:
    taken = [match.span() for match in DATE.finditer(text)]
    for match in NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        if text[match.end() :].startswith(MONTH_SIGN):
            continue
        scale, end = _scale(text, match.end(), language)
        yield Figure(frozenset(value * scale for value in _values(match[0])), match.start(), end)


def _values(written: str) -> set[float]:
    """Return what digits with separators may stand for."""
    digits = re.sub(r"[ \u00a0\u202f'’٬]", "", written).replace("٫", ".")
    marks = [one for one in digits if one in ".,"]
    if not marks:
        return {float(digits)}
    whole, last = re.split(r"[.,](?=\d+$)", digits)
    joined = float(re.sub(r"[.,]", "", digits))
    decimal = float(f"{re.sub('[.,]', '', whole)}.{last}")
    if len(marks) > 1:
        return {decimal} if marks[-1] not in marks[:-1] else {joined}
    return {joined, decimal} if len(last) == 3 and whole != "0" else {decimal}  # noqa: PLR2004


def _scale(text: str, end: int, language: str) -> tuple[int, int]:
    """Return what the word behind a number multiplies it by, and where that ends."""
    match = SCALE.match(text, end)
    if not match:
        return 1, end
    if match[2]:
        return chinese(match[2]) if match[2][-1] in CHINESE_SCALES else 1, match.end()
    value = value_of(match[1], language) or value_of(match[1], "en") or 1
    return (value, match.end()) if value >= SMALL else (1, end)


def _numerals(text: str) -> Iterator[Figure]:
    for match in NUMERALS.finditer(text):
        numeral = match[0].lstrip("第")
        after = text[match.end() : match.end() + 1]
        if text[max(0, match.start() - 1) : match.start()].isdecimal() or after == MONTH_SIGN:
            continue
        if numeral != "一" and (len(numeral) > 1 or (after and after in MEASURES) or match[0] != numeral):
            yield Figure(frozenset({float(chinese(numeral))}), match.start(), match.end(), word=True)


def _words(text: str, language: str) -> Iterator[Figure]:
    matches = list(WORD.finditer(text))
    for value, first, behind in runs([match[0] for match in matches], language):
        start, end = matches[first].start(), matches[behind - 1].end()
        if not ARABIC_ORDINAL.search(text[:start]):
            yield Figure(frozenset({float(value)}), start, end, word=True)


def _kind(figure: Figure, text: str) -> Figure:
    """Return `figure` with what the words around it say of its kind."""
    before, behind = text[: figure.start], text[figure.end :]
    values = figure.values
    if AFTERNOON.match(behind):
        values |= {value + HALF_DAY for value in values if value < HALF_DAY}
    percent = bool(PERCENT.match(behind) or PERCENT_BEFORE.search(before))
    year = any(value in YEARS for value in values)
    return replace(figure, values=values, percent=percent, unit="" if year else unit_behind(behind))
