"""What most speaks against a sentence that is not shown, in a word that a reader can look for."""

from __future__ import annotations

from sstc_chat.rag.prose.alignment import Alignment
from sstc_chat.rag.prose.claims import Missing

# What it means that a class of operators stands in the sentence alone; the plainest comes first.
REASONS = {
    "negation": "negation",
    "only": "extent",
    "all": "extent",
    "says": "source",
    "because": "cause",
    "superlative": "extent",
    "done": "certainty",
    "least": "extent",
    "most": "extent",
    "must": "certainty",
}


def doubt_of(alignment: Alignment) -> Missing:
    """Return what the sentence says that its quote does not: a word that turns the sense, or the least alike."""
    quoted = {one.name for one in alignment.quote.operators}
    for name, reason in REASONS.items():
        for one in alignment.sentence.operators:
            if one.name == name and name not in quoted:
                return Missing(reason, alignment.sentence.text[one.start : one.end])
    words = alignment.sentence.words
    weakest = words[int(alignment.forward.argmin())].text if words else alignment.sentence.text
    return Missing("meaning", weakest)
