"""Limit a question to some documents: by id, by language, by year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.index.types import Source

# A PDF writes D:20240503.
YEAR = re.compile(r"(?<=D:)\d{4}|(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)")
# Where metadata says when a document is from, the likeliest first.
DATES = ("year", "date")
SHOWN = 10


@dataclass(frozen=True)
class Limits:
    """What a question is limited to; what is empty limits nothing.

    Attributes
    ----------
    documents, languages, years
        Ids, codes such as `fr`, and years such as `2024`; a document must be among each of those given.
    """

    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    years: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def year_of(source: Source) -> str:
    """Return the year that a document is from, as its metadata says; empty where it does not."""
    said = (str(source.metadata.get(key, "")) for key in DATES)
    return next((found[0] for one in said if (found := YEAR.search(one))), "")


def documents_within(limits: Limits, sources: Iterable[Source]) -> frozenset[str]:
    """Return the ids of the documents that `limits` leaves; none means all, where it limits nothing.

    Raises
    ------
    QuestionError
        If a document, language or year is not in the library, or nothing is left.
    """
    every = list(sources)
    _check("document", limits.documents, [one.id for one in every])
    _check("language", limits.languages, [one.language for one in every])
    _check("year", limits.years, [year_of(one) for one in every])
    left = frozenset(
        one.id
        for one in every
        if (not limits.documents or one.id in limits.documents)
        and (not limits.languages or one.language in limits.languages)
        and (not limits.years or year_of(one) in limits.years)
    )
    if limits and not left:
        raise QuestionError("No document is left by these limits together. Give fewer of them.")
    return left if limits else frozenset()


def _check(what: str, wanted: Collection[str], known: Iterable[str]) -> None:
    there = sorted({one for one in known if one})
    for one in wanted:
        if one not in there:
            shown = ", ".join(there[:SHOWN]) + (
                f" and {len(there) - SHOWN:,} more" if len(there) > SHOWN else ""
            )
            raise QuestionError(
                f"There is no {what} {one!r} in the library. There are: {shown or 'none'}. "
                "See: sstc-chat index list"
            )
