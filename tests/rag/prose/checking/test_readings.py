from __future__ import annotations

import pytest

from sstc_chat.rag.prose.checking.calendar import months_of, unit_behind, weekdays_of
from sstc_chat.rag.prose.checking.figures import plain
from sstc_chat.rag.prose.checking.money import currencies_of
from sstc_chat.rag.prose.checking.operators import classes, operators_of
from sstc_chat.rag.prose.checking.places import places_of

LANGUAGES = {"en", "fr", "es", "pt", "ar", "zh", "ru"}


@pytest.mark.parametrize(
    "text",
    [
        "in July 2024",
        "en juillet",
        "en julio",
        "em julho",
        "в июле",
        "7月15日",
        "في يوليو",
        "في تموز",
        "on 3 Jul 2024",
    ],
)
def test_july_is_july_in_every_language(text: str) -> None:
    assert months_of(plain(text)) == {7}


@pytest.mark.parametrize("text", ["Countries may march on.", "Il a décidé.", "Среди них Мария", "decide"])
def test_verbs_and_other_words_are_no_months(text: str) -> None:
    assert months_of(text) == frozenset()


@pytest.mark.parametrize(
    "text", ["on Tuesdays", "Tue 10 am", "le mardi", "el martes", "во вторник", "周二", "星期二"]
)
def test_days_of_the_week(text: str) -> None:
    assert 1 in weekdays_of(text) or text == "周二"


@pytest.mark.parametrize(
    ("text", "unit"),
    [(" days", "day"), (" semaines", "week"), ("个月", "month"), (" лет", "year"), (" people", "")],
)
def test_units_of_time(text: str, unit: str) -> None:
    assert unit_behind(text) == unit


@pytest.mark.parametrize(
    "text", ["in Kenya", "au Kenya", "en Kenia", "no Quênia", "в Кении", "في كينيا", "وكينيا", "肯尼亚的农业"]
)
def test_kenya_is_kenya_in_every_language(text: str) -> None:
    assert places_of(text) == {"KE"}


def test_the_longest_name_is_the_place() -> None:
    assert places_of("Guinea Bissau and South Africa") == {"GW", "ZA"}


@pytest.mark.parametrize("text", ["$5", "five dollars", "dólares", "долларов", "دولار", "美元"])
def test_dollars(text: str) -> None:
    assert currencies_of(text) == {"USD"}


def names(text: str, language: str, ends: set[int] | None = None) -> set[str]:
    return {one.name for one in operators_of(text, language, ends or set())}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It does not", "en"),
        ("It doesn't", "en"),
        ("Il n’aide pas", "fr"),
        ("no ayuda", "es"),
        ("não ajuda", "pt"),
        ("не помогает", "ru"),
        ("لا يساعد", "ar"),
    ],
)
def test_negation_is_seen(text: str, language: str) -> None:
    assert "negation" in names(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("not only this", "en"),
        ("no more than 35", "en"),
        ("не менее 48", "ru"),
        ("لا بد من", "ar"),
        ("no solo", "es"),
    ],
)
def test_what_only_looks_like_negation_is_none(text: str, language: str) -> None:
    assert "negation" not in names(text, language)


def test_a_chinese_operator_is_a_word_of_its_own() -> None:
    assert "all" not in names("都灵", "zh", {0, 2})
    assert "all" in names("他们都来", "zh", {0, 2, 3, 4})


def test_every_class_has_every_language() -> None:
    assert all(set(listed) == LANGUAGES for listed in classes().values())
