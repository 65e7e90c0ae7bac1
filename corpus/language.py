"""Which language a text is in (py3langid, a naive Bayes classifier over byte n-grams)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The languages of the multilingual encoder: outside of them nothing could be found.
LANGUAGES = (
    *("ar", "de", "en", "es", "fr", "it", "ja", "ko"),
    *("nl", "pl", "pt", "ru", "th", "tr", "zh"),
)
ENOUGH = 4000


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language `text` is most likely in."""
    code: str = _identifier().classify(text[:ENOUGH])[0]
    return code


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier
