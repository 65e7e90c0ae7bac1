"""Countries and continents by their names in seven languages, from the Unicode CLDR by Babel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sstc_chat.rag.prose.checking.data import data_of
from sstc_chat.rag.prose.checking.locales import territories

LANGUAGES = ("en", "fr", "es", "pt", "ar", "zh", "ru")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# The world, and what is no place but an organisation.
LEFT_OUT = ("001", "UN", "EZ")
ARABIC_PREFIXES = "وبفلك"
ARABIC_FOR_THE = re.compile("^لل")
RUSSIAN_VOWELS = "аяоеиыйь"
RUSSIAN_ENDINGS = RUSSIAN_VOWELS + "уюмхв"
LONGEST_ENDING = 3
SHORTEST_STEM = 3
# How reports write what the CLDR calls otherwise.
OFFICIAL = {
    "Republic of Korea": "KR",
    "Cape Verde": "CV",
    "Turkey": "TR",
    "Viet Nam": "VN",
    "Ivory Coast": "CI",
    "EU": "EU",
    "UAE": "AE",
    "UK": "GB",
    "USA": "US",
    "DRC": "CD",
}
MOST_WORDS = 5
CHINESE = re.compile("[\u3400-\u9fff]")
# What stands in brackets, or behind a dash, is not part of the name.
AWAY = re.compile(r"\s*[(（].*?[)）]|\s+[-–—]\s+.*|[-–—]\w+$(?<=金)")


def places_of(text: str) -> frozenset[str]:
    """Return the codes of the countries, continents and regions that `text` names, the longest name first."""
    return frozenset(code for code, _, _ in place_ranges(text))


def place_ranges(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each country, continent or region with where it stands in `text`."""
    yield from _chinese(text)
    words = list(WORD.finditer(text))
    place = 0
    while place < len(words):
        for size in range(min(MOST_WORDS, len(words) - place), 0, -1):
            run = words[place : place + size]
            code = _code(text[run[0].start() : run[-1].end()])
            if code:
                yield code, run[0].start(), run[-1].end()
                place += size
                break
        else:
            place += 1


@lru_cache(maxsize=512)
def english_names(code: str) -> frozenset[str]:
    """Return what a place, or what comes from there, is called in English."""
    return frozenset(name for name, known in _names("en") if known == code) | frozenset(
        _demonyms().get(code, ())
    )


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, list[str]]:
    """Return how English writes those that are spelled quite otherwise than their country."""
    known: dict[str, list[str]] = data_of("demonyms.json")
    return known


def _code(spelled: str) -> str | None:
    if not (spelled[:1].isupper() or "\u0600" <= spelled[:1] <= "\u06ff"):
        return None
    key = _key(spelled).removesuffix("'s")
    forms = (
        *_bare(key),
        ARABIC_FOR_THE.sub("ال", key),
        f"ال{ARABIC_FOR_THE.sub('', key)}",
    )
    known = next((_spaced()[form] for form in forms if form in _spaced()), None)
    return known or _russian(key)


def _bare(key: str) -> list[str]:
    """Return a name as it is, and without the one or two letters that Arabic writes to it."""
    cuts = [cut for cut in range(3) if all(one in ARABIC_PREFIXES for one in key[:cut])]
    return [key[cut:] for cut in cuts]


def _russian(key: str) -> str | None:
    """Return the place of a Russian name in any case."""
    for cut in range(LONGEST_ENDING + 1):
        stem, ending = key[: len(key) - cut], key[len(key) - cut :]
        if stem in _stems() and all(one in RUSSIAN_ENDINGS for one in ending):
            return _stems()[stem]
    return None


def _chinese(text: str) -> Iterator[tuple[str, int, int]]:
    pattern, codes = _unspaced()
    yield from ((codes[match[0]], *match.span()) for match in pattern.finditer(text))


@lru_cache(maxsize=1)
def _spaced() -> dict[str, str]:
    return {
        _key(name): code
        for language in LANGUAGES
        if language not in {"zh"}
        for name, code in _names(language)
    }


@lru_cache(maxsize=1)
def _stems() -> dict[str, str]:
    stems = ((_key(name).rstrip(RUSSIAN_VOWELS), code) for name, code in _names("ru"))
    return {stem: code for stem, code in stems if len(stem) >= SHORTEST_STEM}


@lru_cache(maxsize=1)
def _unspaced() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = dict(_names("zh"))
    return re.compile("|".join(map(re.escape, sorted(codes, key=len, reverse=True)))), codes


def _names(language: str) -> Iterator[tuple[str, str]]:
    for name, code in territories(language):
        if code not in LEFT_OUT:
            yield AWAY.sub("", name), code
    yield from ((name, code) for name, code in OFFICIAL.items() if language == "en")


def _key(name: str) -> str:
    return " ".join(name.lower().replace("’", "'").replace("ё", "е").replace("-", " ").split())
