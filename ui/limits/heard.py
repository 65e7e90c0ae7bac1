"""What a browser says is chosen. It may say anything, and what it says may have gone since."""

from __future__ import annotations

from collections.abc import Sequence

from sstc_chat.corpus.errors import LimitsError
from sstc_chat.index.types import Source
from sstc_chat.rag.documents.limits import KINDS, Limits, documents_within, known_within


def limits_in(value: object) -> Limits:
    """Return what a browser says is chosen; it may say anything."""
    fields = value if isinstance(value, dict) else {}
    kinds = (fields.get(kind) for kind in KINDS)
    lists = (kind if isinstance(kind, list) else [] for kind in kinds)
    return Limits(*(tuple(one for one in values if isinstance(one, str)) for values in lists))


def asked_under(limits: Limits, sources: Sequence[Source]) -> list[Source]:
    """Return the documents that are asked under `limits`, as far as those are known here."""
    try:
        left = documents_within(known_within(limits, sources), sources)
    except LimitsError:
        return []
    return [one for one in sources if one.id in left or not left]
