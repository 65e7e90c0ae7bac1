from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.prose.checking.figure import missing_from
from sstc_chat.rag.prose.checking.figures import figures_of, plain
from sstc_chat.rag.prose.checking.numberwords import chinese, number_words

# How each language groups thousands and marks decimals.
FORMATS = {
    "en": (",", "."),
    "fr": ("\u202f", ","),
    "es": (".", ","),
    "pt": (".", ","),
    "ru": ("\u00a0", ","),
    "ar": ("٬", "٫"),
    "zh": (",", "."),
}
SCALES = {
    "en": "million",
    "fr": "millions",
    "es": "millones",
    "pt": "milhões",
    "ru": "миллионов",
    "ar": "ملايين",
}
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ENGLISH_ONES = "one two three four five six seven eight nine".split()
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def values(text: str, language: str) -> list[list[float]]:
    return [sorted(one.values) for one in figures_of(plain(text), language)]


def written(number: float, language: str, decimals: int) -> str:
    group, mark = FORMATS[language]
    text = f"{number:,.{decimals}f}".replace(",", "G").replace(".", mark).replace("G", group)
    return text.translate(ARABIC_DIGITS) if language == "ar" else text


@given(st.integers(0, 10**9), st.sampled_from(sorted(FORMATS)))
def test_a_whole_number_has_its_value_in_every_format(number: int, language: str) -> None:
    assert float(number) in values(f"{written(number, language, 0)} x", language)[0]


@given(st.integers(100, 10**8), st.sampled_from(sorted(FORMATS)))
def test_a_decimal_number_has_one_value_in_every_format(hundredths: int, language: str) -> None:
    number = hundredths / 100
    assert values(f"x {written(number, language, 2)} x", language) == [pytest.approx([number])]


@given(st.integers(1, 999), st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(SCALES)))
def test_millions_agree_across_languages(number: int, one: str, other: str) -> None:
    first = figures_of(plain(f"{number} {SCALES[one]}"), one)
    second = figures_of(plain(f"{number * 1_000_000}"), other)
    assert not missing_from(first[0], second, frozenset())


@given(st.integers(20, 99))
def test_english_words_make_their_number(number: int) -> None:
    tens, ones = divmod(number, 10)
    words = ENGLISH_TENS[tens - 2] + (f"-{ENGLISH_ONES[ones - 1]}" if ones else "")
    assert values(f"The {words} people", "en") == [[float(number)]]


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_other_values_do_not_agree(one: int, other: int) -> None:
    first, second = figures_of(str(one), "en"), figures_of(str(other), "en")
    assert missing_from(first[0], second, frozenset()) is (one != other)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("cinq millions de dollars", "fr", 5e6),
        ("٥ ملايين دولار", "ar", 5e6),
        ("5000万美元", "zh", 5e7),
        ("三百五十万", "zh", 3.5e6),
        ("1,56 миллиона человек", "ru", 1.56e6),
        ("5.000 millones", "es", 5e9),
        ("quatre-vingt-dix-sept pays", "fr", 97),
        ("soixante-dix pays", "fr", 70),
        ("خمسة وعشرون بلداً", "ar", 25),
        ("الحادي عشر", "ar", 11),
        ("第十一次", "zh", 11),
        ("treinta y cinco países", "es", 35),
        ("duzentos e cinquenta", "pt", 250),
        ("двести пятьдесят", "ru", 250),
        ("The XI Annual Review", "en", 11),
        ("six and a half euros", "en", 6.5),
        ("44.6万", "zh", 446_000),
    ],
)
def test_a_figure_has_its_value(text: str, language: str, value: float) -> None:
    assert values(text, language) == [pytest.approx([value])]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ستُنشر قريباً", "ar"),
        ("十分重要的三方", "zh"),
        ("the first one", "en"),
        ("第二个项目", "zh"),
        ("un projet", "fr"),
    ],
)
def test_what_is_no_figure_is_none(text: str, language: str) -> None:
    assert values(text, language) == []


def test_numbers_beside_each_other_stay_apart() -> None:
    assert values("five, six or seven", "en") == [[5], [6], [7]]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("14 days", "two weeks", True),
        ("24 months", "two years", True),
        ("48 hours", "48 days", False),
        ("46 percent", "46%", True),
        ("46 percent", "46 people", False),
        ("2 - 3 pm", "14 o'clock", True),
    ],
)
def test_units_are_part_of_a_figure(one: str, other: str, agree: bool) -> None:
    quoted = figures_of(one, "en")
    assert missing_from(figures_of(other, "en")[0], quoted, frozenset()) is not agree


def test_chinese_numerals() -> None:
    assert [chinese(one) for one in ("十", "二十", "一百零五", "两千", "三亿")] == [
        10,
        20,
        105,
        2000,
        300_000_000,
    ]


def test_every_number_word_has_a_value() -> None:
    assert set(number_words()) == {"en", "fr", "es", "pt", "ru", "ar"}
    assert all(value >= 1 for words in number_words().values() for value in words.values())
