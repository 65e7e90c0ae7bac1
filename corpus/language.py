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
# A name alone looks like any language. One is believed when it is likely, and clearly likelier than English;
# of 3,000 development questions in seven languages this mistakes none for English but six in French.
LIKELY = 0.4
CLEARLY = 3.0


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language that `text` is in; English where it is hard to say."""
    ranked: dict[str, float] = dict(_identifier().rank(text[:ENOUGH]))
    best = max(ranked, key=lambda code: ranked[code])
    sure = ranked[best] >= LIKELY and ranked[best] > CLEARLY * ranked["en"]
    return best if sure else "en"


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
