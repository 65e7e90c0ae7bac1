"""Limit a question to some documents: by id, by language, by year."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields

from sstc_chat.corpus.errors import LimitsError
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


ALL = Limits()


def year_of(source: Source) -> str:
    """Return the year that a document is from, as its metadata says; empty where it does not."""
    said = (str(source.metadata.get(key, "")) for key in DATES)
    return next((found[0] for one in said if (found := YEAR.search(one))), "")


# What a document can be chosen by, and what it is called there.
KINDS: dict[str, Callable[[Source], str]] = {
    "documents": lambda source: source.id,
    "languages": lambda source: source.language,
    "years": year_of,
}


def documents_within(limits: Limits, sources: Iterable[Source]) -> frozenset[str]:
    """Return the ids of the documents that `limits` leaves; none means all, where it limits nothing.

    Raises
    ------
    LimitsError
        If a document, language or year is not in the library, or nothing is left.
    """
    if not limits:
        return frozenset()
    every = list(sources)
    chosen = {kind: frozenset(getattr(limits, kind)) for kind in KINDS if getattr(limits, kind)}
    for kind in chosen:
        _check(kind[:-1], getattr(limits, kind), {KINDS[kind](one) for one in every} - {""})
    left = frozenset(
        one.id for one in every if all(KINDS[kind](one) in some for kind, some in chosen.items())
    )
    if not left:
        raise LimitsError("No document is left by these limits together. Give fewer of them.")
    return left


def known_within(limits: Limits, sources: Iterable[Source]) -> Limits:
    """Return `limits` without what is not in the library; of what is wholly unknown all is kept.

    So who chose only what has gone since is told, and is not answered from all documents.
    """
    if not limits:
        return limits
    every = list(sources)
    there = {kind: {name(source) for source in every} - {""} for kind, name in KINDS.items()}
    known = {kind: tuple(one for one in getattr(limits, kind) if one in there[kind]) for kind in KINDS}
    return Limits(*(known[kind] or getattr(limits, kind) for kind in KINDS))


def _check(what: str, wanted: Collection[str], known: Collection[str]) -> None:
    for one in wanted:
        if one not in known:
            there = sorted(known)
            shown = ", ".join(there[:SHOWN]) + (
                f" and {len(there) - SHOWN:,} more" if len(there) > SHOWN else ""
            )
            raise LimitsError(
                f"There is no {what} {one!r} in the library. There are: {shown or 'none'}. "
                "See: sstc-chat index list"
            )
