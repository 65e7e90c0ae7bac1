"""The words of the page in one language; all of them stand in one file for each language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Each by the name that its own readers give it.
LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
    "zh": "中文",
    "ru": "Русский",
}
RIGHT_TO_LEFT = frozenset({"ar"})
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """The words of the page in `language`, by key: `chat.ask` is `ask` in the part `chat`."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of `key`, with `values` in place of the names in braces."""
        return self.texts[key].format_map(values)

    @property
    def direction(self) -> str:
        """Where lines begin: `ltr` or `rtl`."""
        return direction(self.language)


def direction(language: str) -> str:
    """Return where lines of a language begin: `ltr` or `rtl`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@cache
def words_in(language: str) -> Words:
    """Return the words in one of `LANGUAGES`."""
    parts = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    texts = {f"{part}.{key}": text for part, keys in parts.items() for key, text in keys.items()}
    return Words(language, texts)
