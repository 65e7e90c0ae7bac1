"""Which language a reader is shown the page in."""

from __future__ import annotations

from collections.abc import Iterator

from sstc_chat.ui.languages.words import LANGUAGES

DEFAULT = "en"


def preferred(chosen: str | None, accepted: str) -> str:
    """Return the language that was chosen on the page, or else the browser's first that there is.

    Parameters
    ----------
    chosen
        What the page remembered; any text.
    accepted
        The header `Accept-Language` (RFC 9110, section 12.5.4): `pt-BR, pt;q=0.9, en;q=0.5`.
    """
    if chosen in LANGUAGES:
        return str(chosen)
    weighed = sorted(_weighed(accepted), key=lambda pair: -pair[1])
    return next((language for language, weight in weighed if language in LANGUAGES and weight > 0), DEFAULT)


def _weighed(accepted: str) -> Iterator[tuple[str, float]]:
    for entry in accepted.split(","):
        tag, _, weight = entry.partition(";")
        yield tag.strip().partition("-")[0].lower(), _number(weight.strip().removeprefix("q="))


def _number(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0
