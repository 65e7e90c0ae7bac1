"""Which language a text is in (py3langid, a naive Bayes classifier over byte n-grams)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sstc_chat.corpus.arrays import map_arrays, write_arrays

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

PACKAGE = "py3langid"
FILE = "languages.safetensors"
# The languages of the multilingual encoder: outside of them nothing could be found.
LANGUAGES = (
    *("ar", "de", "en", "es", "fr", "it", "ja", "ko"),
    *("nl", "pl", "pt", "ru", "th", "tr", "zh"),
)
ENOUGH = 4000
# A question is asked again, and as the one before the next.
REMEMBERED = 256
# A name alone looks like any language. One is believed when it is likely, and clearly likelier than English;
# of 3,000 development questions in seven languages this mistakes none for English but six in French.
LIKELY = 0.4
CLEARLY = 3.0


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language that `text` is in; English where it is hard to say."""
    return _language_of(text[:ENOUGH])


@lru_cache(maxsize=REMEMBERED)
def _language_of(text: str) -> str:
    ranked: dict[str, float] = dict(_identifier().rank(text))
    best = max(ranked, key=lambda code: ranked[code])
    sure = ranked[best] >= LIKELY and ranked[best] > CLEARLY * ranked["en"]
    return best if sure else "en"


def unpack(folder: Path) -> None:
    """Write what tells the languages apart to `folder` as `use_unpacked` reads it.

    In the package it is compressed and knows 142 languages: half a second and 70 MB at every start.
    """
    import numpy as np

    known = _identifier()
    arrays = {"ptc": known.nb_ptc, "pc": known.nb_pc, "output": np.array(known.tk_output, dtype=np.int32)}
    arrays |= {"nextmove": np.asarray(known.tk_nextmove), "row": np.asarray(known.tk_row)}
    write_arrays(folder / FILE, arrays)


def use_unpacked(folder: Path) -> None:
    """Tell languages by what `unpack` wrote, from now on."""
    _unpacked.append(folder)
    _identifier.cache_clear()
    _language_of.cache_clear()


_unpacked: list[Path] = []


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    if _unpacked:
        one = map_arrays(_unpacked[-1] / FILE)
        # Python walks through these one by one, which is slow with numpy's numbers.
        nextmove, output, row = (one[name].data for name in ("nextmove", "output", "row"))
        return LanguageIdentifier(
            one["ptc"], one["pc"], list(LANGUAGES), nextmove, output, norm_probs=True, tk_row=row
        )
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
