"""Numbers that are written as words, in seven languages.

"One" counts as the end of a number alone, as in "thirty-one": in most languages it is the article too.
"Second" is left out, which is a unit of time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from sstc_chat.rag.prose.checking.data import data_of

JOINING = frozenset("and et y e и و".split())
ARABIC_PREFIXES = ("", "و", "ب", "ل", "ال", "وال", "بال", "لل")
HUNDRED = 100
FOUR_TWENTIES = (4, 20)
CHINESE_DIGITS = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE_SCALES = {"万": 10_000, "亿": 100_000_000}
CHINESE = "".join((*CHINESE_DIGITS, *CHINESE_UNITS, *CHINESE_SCALES))


@lru_cache(maxsize=1)
def number_words() -> dict[str, dict[str, int]]:
    """Return what each word stands for, by language."""
    words: dict[str, dict[str, int]] = data_of("numberwords.json")
    return words


def value_of(word: str, language: str) -> int | None:
    """Return what one word of a number stands for, or None where it is no number."""
    lower, known = word.lower(), number_words().get(language, {})
    if language != "ar":
        return known.get(lower)
    bare = (lower.removeprefix(prefix) for prefix in ARABIC_PREFIXES if lower.startswith(prefix))
    return next((known[one] for one in bare if one in known), None)


def composed(values: Sequence[int]) -> int:
    """Return the number that words make together: 2, 100, 50 are 250."""
    total = current = 0
    for value in values:
        if value == HUNDRED:
            current = max(1, current) * value
        elif value >= 10 * HUNDRED:
            total += max(1, current) * value
            current = 0
        elif (current, value) == FOUR_TWENTIES:
            current = current * value
        else:
            current += value
    return total + current


def chinese(text: str) -> int:
    """Return the number that Chinese numerals write: 三百五十万 is 3,500,000."""
    total = section = digit = 0
    for one in text:
        if one in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[one]
        elif one in CHINESE_UNITS:
            section += max(1, digit) * CHINESE_UNITS[one]
            digit = 0
        else:
            total = (total + max(1, section + digit)) * CHINESE_SCALES[one]
            section = digit = 0
    return total + section + digit


def runs(words: Sequence[str], language: str) -> Iterator[tuple[int, int, int]]:
    """Yield the value of each run of number words, with the places of its first word and behind its last."""
    place = 0
    while place < len(words):
        values, end = _run(words, place, language)
        if values:
            yield composed(values), place, end
        place = max(end, place + 1)


def _run(words: Sequence[str], place: int, language: str) -> tuple[list[int], int]:
    """Return what the number words from `place` on stand for, and where they end; an "and" may join two."""
    values: list[int] = []
    end = place
    while end < len(words):
        joins = bool(values) and words[end].lower() in JOINING and end + 1 < len(words)
        value = value_of(words[end + joins], language)
        if value is None or not _goes_on(values, value, language):
            break
        values.append(value)
        end += 1 + joins
    return values, end


def _goes_on(values: Sequence[int], value: int, language: str) -> bool:
    """Whether `value` is part of the number before it: in "five, six" it is not."""
    if not values or value >= 10 * HUNDRED:
        return True
    before = values[-1]
    if before >= 10 * HUNDRED or (value == HUNDRED and before < 10):  # noqa: PLR2004
        return True
    tens = before % 10 == 0 and before > 10 and value < 10  # noqa: PLR2004
    score = before in {60, 20, 80, 10} and value < 20 and language == "fr"  # noqa: PLR2004  soixante-dix
    fours = (before, value) == FOUR_TWENTIES
    hundreds = before % HUNDRED == 0 and value < HUNDRED
    arabic = language == "ar" and before < 10 <= value < HUNDRED  # noqa: PLR2004  five and twenty
    return tens or score or fours or hundreds or arabic
