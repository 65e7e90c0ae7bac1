"""What most speaks against a sentence that is not shown, in a word that a reader can look for."""

from __future__ import annotations

from sstc_chat.rag.prose.checking.alignment import Alignment
from sstc_chat.rag.prose.checking.claims import Missing
from sstc_chat.rag.prose.checking.turns import TURNING


def doubt_of(alignment: Alignment) -> Missing:
    """Return what the sentence alone says: a word that turns the sense, or the one least alike."""
    quoted = {one.name for one in alignment.quote.operators}
    own = {one.name: one for one in reversed(alignment.sentence.operators)}
    turning = next((own[name] for name in TURNING if name in own and name not in quoted), None)
    if turning:
        return Missing("turn", alignment.sentence.text[turning.start : turning.end])
    words = alignment.sentence.words
    weakest = words[int(alignment.forward.argmin())].text if words else alignment.sentence.text
    return Missing("meaning", weakest)
