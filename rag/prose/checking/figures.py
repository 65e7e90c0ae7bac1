"""The figures of a sentence, whatever language and format they are written in.

"5 million $", "cinq millions de dollars" and "٥ ملايين" have the same value; "1.500" is 1500 in Spanish, and
may be one and a half, or 1500, in English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from sstc_chat.rag.prose.checking.calendar import MONTH_SIGN, unit_behind
from sstc_chat.rag.prose.checking.figure import Figure
from sstc_chat.rag.prose.checking.numberwords import CHINESE, CHINESE_SCALES, chinese, runs, value_of

WORD = re.compile(r"[^\W\d_]+|\d+|[%$€£¥.,;:]")
DATE = re.compile(r"(?<![\d.])(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d.]*\d)")
GROUPED = r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?!\d)"
NUMBER = re.compile(rf"(?:{GROUPED}(?:[.,]\d+)?|\d+(?:[.,٫٬]\d+)*)")
NUMERALS = re.compile(f"第?[{CHINESE}]+")
ROMAN = re.compile(r"\b(?=[XVI]{1,5}\b)(X{0,3})(IX|IV|V?I{0,3})\b(?!\.)")
ROMAN_VALUES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "": 0}
# A single numeral is part of many words (十分, 三方); before one of these it counts.
MEASURES = "个名位家国年月日项种次天周人岁届条所点份件座倍小"
SCALE = re.compile(rf"[ \u00a0\u202f-]?(?:([{''.join(CHINESE_SCALES)}千百]+)|([^\W\d_]+))")
PERCENT = re.compile(
    r"\s?(?:%|٪|per ?cent|pour ?cent|por ?ciento|por ?cento|процент|(?:في |ب)?(?:ال)?(?:مائة|مئة))",
    re.IGNORECASE,
)
PERCENT_BEFORE = re.compile(r"百分之$")
AFTERNOON = re.compile(r"(?::\d\d)?(?:\s?(?:-|–|to|and)\s?\d{1,2}(?::\d\d)?)?\s?p\.?\s?m\b", re.IGNORECASE)
DECIMAL_MARK = {"en": ".", "zh": ".", "fr": ",", "es": ",", "pt": ",", "ru": ",", "ar": "."}
MARKS = re.compile("[\u064b-\u0652\u0640]")
# "Second", and as an hour.
SECONDS = ("الثاني", "الثانية", "ثاني", "ثانية")
HALF = re.compile(r"\s(?:and a half|et demie?|y medi[oa]|e mei[oa]|с половиной|ونصف)\b", re.IGNORECASE)
HALF_DAY = 12
THOUSANDS = 3
YEARS = range(1500, 2200)


def plain(text: str) -> str:
    """Return `text` with European digits and without the vowel signs that Arabic may set or leave out."""
    return MARKS.sub("", "".join(str(unicodedata.decimal(one, one)) for one in text))


def figures_of(text: str, language: str) -> list[Figure]:
    """Return the figures of plain `text` as they stand in it, months of the calendar left out."""
    dates = list(_dates(text))
    found = [*dates, *_digits(text, language), *_numerals(text), *_words(text, language), *_roman(text)]
    kept: list[Figure] = []
    for one in sorted(found, key=lambda figure: (figure.start, -figure.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(_kind(one, text))
    return kept


def _dates(text: str) -> Iterator[Figure]:
    for match in DATE.finditer(text):
        for group in (1, 3, 4):
            value = frozenset({float(match[group])})
            yield Figure(value, *match.span(group), month=group != 4)  # noqa: PLR2004


def _digits(text: str, language: str) -> Iterator[Figure]:
    taken = [match.span() for match in DATE.finditer(text)]
    for match in NUMBER.finditer(text):
        in_date = any(start <= match.start() < end for start, end in taken)
        if in_date or text.startswith(MONTH_SIGN, match.end()):
            continue
        scale, end = _scale(text, match.end(), language)
        yield Figure(frozenset(value * scale for value in values_of(match[0], language)), match.start(), end)


def values_of(written: str, language: str) -> set[float]:
    """Return what digits with separators may stand for in a text in `language`."""
    digits = re.sub(r"[ \u00a0\u202f'’٬]", "", written).replace("٫", ".")
    marks = [one for one in digits if one in ".,"]
    if not marks:
        return {float(digits)}
    whole, last = re.split(r"[.,](?=\d+$)", digits)
    joined, decimal = float(re.sub("[.,]", "", digits)), float(f"{re.sub('[.,]', '', whole)}.{last}")
    if len(marks) > 1:
        return {decimal} if marks[-1] not in marks[:-1] else {joined}
    if len(last) != THOUSANDS or whole.startswith("0"):
        return {decimal}
    # What would be odd in the language may have been copied from another.
    return {joined, decimal} if marks[0] == DECIMAL_MARK.get(language, ".") else {joined}


def _scale(text: str, end: int, language: str) -> tuple[int, int]:
    """Return what the word behind a number multiplies it by, and where that ends."""
    match = SCALE.match(text, end)
    if not match:
        return 1, end
    if match[1]:
        return chinese(match[1]), match.end()
    value = value_of(match[2], language) or value_of(match[2], "en") or 1
    return (value, match.end()) if value >= 10**THOUSANDS else (1, end)


def _numerals(text: str) -> Iterator[Figure]:
    for match in NUMERALS.finditer(text):
        numeral, after = match[0].lstrip("第"), text[match.end() : match.end() + 1]
        if text[max(0, match.start() - 1) : match.start()].isdecimal() or after == MONTH_SIGN:
            continue
        counts = len(numeral) > 1 or (after and after in MEASURES) or match[0] != numeral
        if counts and numeral not in {"", "一"} and match[0] != "第二":
            yield Figure(frozenset({float(chinese(numeral))}), *match.span())


def _words(text: str, language: str) -> Iterator[Figure]:
    matches = list(WORD.finditer(text))
    for value, first, behind in runs([match[0] for match in matches], language):
        start, end = matches[first].start(), matches[behind - 1].end()
        if value > 1 and text[start:end] not in SECONDS:
            yield Figure(frozenset({float(value)}), start, end)


def _roman(text: str) -> Iterator[Figure]:
    for match in ROMAN.finditer(text):
        if match[0] not in {"", "I"}:
            yield Figure(frozenset({10.0 * len(match[1]) + ROMAN_VALUES[match[2]]}), *match.span())


def _kind(figure: Figure, text: str) -> Figure:
    """Return `figure` with what the words around it say of its kind."""
    before, behind = text[: figure.start], text[figure.end :]
    values = figure.values
    if AFTERNOON.match(behind):
        values |= {value + HALF_DAY for value in values if value < HALF_DAY}
    if HALF.match(behind):
        values = frozenset(value + 0.5 for value in values)
    percent = bool(PERCENT.match(behind) or PERCENT_BEFORE.search(before))
    year = any(value in YEARS for value in values)
    return replace(figure, values=values, percent=percent, unit="" if year else unit_behind(behind))
