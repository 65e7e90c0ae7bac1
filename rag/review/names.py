"""What people type on the desk: a name and a note, checked before they are kept."""

from __future__ import annotations

import unicodedata

from sstc_chat.corpus.errors import ReviewError

LONGEST_NAME = 80
LONGEST_NOTE = 2000


def checked_name(name: str) -> str:
    """Return a name as it is kept: on one line, in one Unicode form, so that it is told from no other.

    Raises
    ------
    ReviewError
        If it is empty or too long.
    """
    kept = " ".join(_shown(name).split())
    if not kept or len(kept) > LONGEST_NAME:
        raise ReviewError(
            f"The name {name[:LONGEST_NAME]!r} will not do. Give 1 to {LONGEST_NAME} characters.",
            reason="name",
        )
    return kept


def checked_note(note: str) -> str:
    """Return a note as it is kept.

    Raises
    ------
    ReviewError
        If it is too long.
    """
    kept = _shown(note).strip()
    if len(kept) > LONGEST_NOTE:
        raise ReviewError(
            f"The note has {len(kept):,} characters; at most {LONGEST_NOTE:,} are kept. Shorten it."
        )
    return kept


def _shown(text: str) -> str:
    """Return what of a text is seen: no control characters but line feeds, no lone surrogates."""
    normal = unicodedata.normalize("NFC", text)
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"} else " " for c in normal)
