"""The claims of a sentence that must stand in its quotes to the letter, whatever else is alike.

Figures, months, days of the week, currencies, countries, acronyms and addresses: a sentence that has one that
its quotes do not have is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sstc_chat.index.vocabulary import folded
from sstc_chat.rag.prose.figures import Figure
from sstc_chat.rag.prose.places import english_name
from sstc_chat.rag.prose.reading import Reading
from sstc_chat.rag.prose.signals import Measure

LONG_NUMBER = 4
LIKE_A_PLACE = 0.7
SEPARATOR = re.compile(r",? and |[,;] | or ")
LIST = re.compile(r"[^.:;()]+(?:, [^.:;()]+)* and [^.:;(),]+")


def missing_claims(
    sentence: Reading, quotes: Sequence[Reading], whole: Reading, measure: Measure
) -> list[str]:
    """Return what `sentence` claims and its quotes do not say."""
    return [
        *_figures(sentence, whole),
        *(f"month {one}" for one in sorted(sentence.months - whole.months) if not _as_number(one, whole)),
        *(f"weekday {one}" for one in sorted(sentence.weekdays - whole.weekdays)),
        *(f"currency {one}" for one in sorted(sentence.currencies - whole.currencies)),
        *(f"address {one}" for one in sorted(sentence.contacts) if one not in whole.text.lower()),
        *_places(sentence, whole, measure),
        *_acronyms(sentence, whole),
    ]


def _figures(sentence: Reading, quote: Reading) -> list[str]:
    digits = "".join(one for one in quote.text if one.isdigit())
    missing = []
    for figure in sentence.figures:
        written = sentence.text[figure.start : figure.end]
        own = "".join(one for one in written if one.isdigit())
        long = len(own) >= LONG_NUMBER and own in digits and own.isascii()
        counted = figure.word and _counts(figure, quote)
        if not (figure.within(quote.figures, quote.months) or long or counted):
            missing.append(f"figure {written}")
    return missing


def _counts(figure: Figure, quote: Reading) -> bool:
    """Whether a small number says how many places, or things in a list, the quote names."""
    lists = [len(SEPARATOR.findall(run)) + 1 for run in LIST.findall(quote.text)]
    counts = {float(one) for one in (*lists, len({code for code, _, _ in quote.places}))}
    return bool(figure.values & counts)


def _as_number(month: int, quote: Reading) -> bool:
    return any(one.month and month in one.values for one in quote.figures)


def _places(sentence: Reading, quote: Reading, measure: Measure) -> list[str]:
    named = {code for code, _, _ in quote.places}
    lower = quote.text.lower()
    missing = []
    for code in {code for code, _, _ in sentence.places} - named:
        name = english_name(code)
        alike = measure.reader.vectors([name]) @ quote.vectors.T if len(quote.words) else None
        near = alike is not None and float(alike.max()) >= LIKE_A_PLACE
        if name.lower()[:6] not in lower and not near:
            missing.append(f"place {name}")
    return missing


def _acronyms(sentence: Reading, quote: Reading) -> list[str]:
    if sentence.language != quote.language:
        return []
    text = folded(quote.text)
    known = {folded(word.text) for word in quote.words}
    return [
        f"acronym {word.text}"
        for word in sentence.words
        if word.acronym and word.text.isupper() and folded(word.text) not in known
    ]
