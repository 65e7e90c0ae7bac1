"""What the Unicode CLDR knows, by Babel: months, days of the week, countries, in seven languages."""

from __future__ import annotations

from collections.abc import Iterator

# Lebanon's months are also those of Syria, Jordan and Palestine.
CALENDARS = ("en", "fr", "es", "pt", "ar", "ar_LB", "zh", "ru")


def names_of(kind: str) -> Iterator[tuple[str, int]]:
    """Yield each name of a month (`months`, from 1) or day of the week (`days`, Monday being 0)."""
    from babel import Locale

    for code in CALENDARS:
        names = getattr(Locale.parse(code), kind)
        for context in ("format", "stand-alone"):
            for number, name in names[context]["wide"].items():
                yield name, number
    for number, name in getattr(Locale.parse("en"), kind)["format"]["abbreviated"].items():
        yield name, number


def territories(language: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each country, continent and region in `language`, with its code."""
    from babel import Locale

    for code, name in Locale.parse(language).territories.items():
        yield name, code
