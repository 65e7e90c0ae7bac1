"""Months and days of the week in seven languages, from the Unicode CLDR by Babel; units of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sstc_chat.rag.prose.checking.locales import names_of

# Babel's Arabic units are incomplete, and its Russian ones stand in the nominative.
UNITS = {
    "minute": "minute minutes minuto minutos دقيقة دقائق دقيقتين минута минуты минут",
    "hour": "hour hours heure heures h hora horas ساعة ساعات ساعتين час часа часов",
    "day": "day days jour jours día días dia dias يوم يوما أيام يومين день дня дней",
    "week": "week weeks semaine semaines semana semanas أسبوع أسبوعا أسابيع أسبوعين неделя недели недель",
    "month": "month months mois mes meses mês شهر شهرا أشهر شهور شهرين месяц месяца месяцев",
    "year": "year years an ans année années año años ano anos سنة عام عاما سنوات أعوام год года лет",
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split()}
MONTH_SIGN = "月"
CHINESE_DATE = re.compile(r"(\d{1,2})月")
WORD = re.compile(r"[^\W\d_]+")
# "may" and "march" are verbs too.
CAPITALISED = ("May", "March", "Mars", "Sun", "Sat", "Mon", "Wed", "Mar", "Jan", "Dec")
NEAR, NEAR_TEXT = 2, 40
UNSPACED = re.compile("[\u3400-\u9fff]")
UNSPACED_UNITS = {
    "小时": "hour",
    "分钟": "minute",
    "个月": "month",
    "周": "week",
    "星期": "week",
    "天": "day",
    "年": "year",
}
RUSSIAN = re.compile("[а-яё]")
RUSSIAN_ENDINGS = "аяеьюийыуом"
# "Among" and "the environment" begin like a Russian Wednesday; CLDR's pattern has a word of its own.
RUSSIAN_MAY = "мае"
LEFT_OUT = ("сред",)
ARABIC_PREFIX = re.compile("^[وبفلك](?=[\u0600-\u06ff]{3})")


def months_of(text: str) -> frozenset[int]:
    """Return the months that `text` names, 1 to 12."""
    named = set(_named(text, _months()))
    return frozenset(named | {int(match[1]) for match in CHINESE_DATE.finditer(text)} & set(range(1, 13)))


def weekdays_of(text: str) -> frozenset[int]:
    """Return the days of the week that `text` names, Monday being 0."""
    return frozenset(_named(text, _weekdays()))


def unit_behind(text: str) -> str:
    """Return the unit of time that a text begins with, a word or two apart; empty where there is none."""
    stripped = text.lstrip()
    for sign, unit in UNSPACED_UNITS.items():
        if stripped.startswith(sign):
            return unit
    near = WORD.findall(text[:NEAR_TEXT])[:NEAR]
    return next((UNIT_OF[word.lower()] for word in near if word.lower() in UNIT_OF), "")


def _named(text: str, names: dict[str, int]) -> Iterator[int]:
    for match in WORD.finditer(text):
        word = match[0]
        if word.islower() and word.capitalize() in CAPITALISED:
            continue
        spelled = _spelled(word)
        yield from (names[one] for one in _forms(spelled) if one in names)
    rest = text.lower()
    for name, number in names.items():  # of several words, or in a script that sets no spaces
        if not WORD.fullmatch(name) or UNSPACED.match(name):
            if name in rest:
                yield number
            rest = rest.replace(name, " ")


def _forms(spelled: str) -> set[str]:
    """Return a name of the calendar without what may be written to it: an Arabic "and", a plural."""
    return {spelled, ARABIC_PREFIX.sub("", spelled), spelled.removesuffix("s")}


def _spelled(word: str) -> str:
    """Return a word for comparing: a Russian one without its ending."""
    lower = word.lower()
    bare = lower.rstrip(RUSSIAN_ENDINGS) if RUSSIAN.match(lower) else lower
    return bare if len(bare) > 1 else lower


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return _by_length([*names_of("months"), (RUSSIAN_MAY, 5)])


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    return _by_length(list(names_of("days")))


def _by_length(names: list[tuple[str, int]]) -> dict[str, int]:
    spelled = ((_spelled(name), number) for name, number in names)
    known = (one for one in spelled if one[0] not in LEFT_OUT)
    return dict(sorted(known, key=lambda name: -len(name[0])))
