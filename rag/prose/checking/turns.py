"""What a sentence turns that its quote does not turn, and the other way round."""

from __future__ import annotations

from sstc_chat.rag.prose.checking.alignment import Alignment
from sstc_chat.rag.prose.checking.operators import Operator, classes
from sstc_chat.rag.prose.checking.reading import Reading

BEFORE, BEHIND = 2, 3
# Operators that turn the sense where they stand in the sentence alone; the plainest comes first.
TURNING = ("negation", "only", "all", "says", "because", "superlative", "done", "least", "most", "must")


def turns(alignment: Alignment) -> dict[str, float]:
    """Return for each class of operators how it stands in the sentence, beside the quote.

    `new`: it stands in the sentence, and nowhere in the quote. `away`: it stands in the quote too, but where
    the sentence has nothing from; the more, the less is told of that clause. `lost`: it stands in the quote
    alone; the more, the more the sentence tells of what is beside it. `told`: likewise, of its whole clause.
    `turned`: how many of `TURNING` are new.
    """
    found: dict[str, float] = {}
    for name in classes():
        mine = [one for one in alignment.sentence.operators if one.name == name]
        theirs = [one for one in alignment.quote.operators if one.name == name]
        told = max((_told(alignment, one) for one in theirs), default=0.0)
        beside = max((_beside(alignment, one) for one in theirs), default=0.0)
        found[f"{name}_new"] = float(bool(mine) and not theirs)
        found[f"{name}_away"] = 1 - beside if mine and theirs else 0.0
        found[f"{name}_lost"] = beside if theirs and not mine else 0.0
        found[f"{name}_told"] = told if theirs and not mine else 0.0
    found["turned"] = sum(found[f"{name}_new"] > 0 for name in TURNING)
    return found


def _told(alignment: Alignment, operator: Operator) -> float:
    """Return how much the sentence tells of the clause that `operator` stands in."""
    return max((share for start, end, share in alignment.told if start <= operator.start < end), default=0.0)


def _beside(alignment: Alignment, operator: Operator) -> float:
    """Return how much the sentence tells of the words beside `operator`."""
    beside = neighbours(alignment.quote, operator)
    return float(alignment.backward[beside].mean()) if beside else 0.0


def neighbours(reading: Reading, operator: Operator) -> list[int]:
    """Return the places of the words beside `operator`, more of those behind it."""
    before = [place for place, word in enumerate(reading.words) if word.end <= operator.start]
    behind = [place for place, word in enumerate(reading.words) if word.start >= operator.end]
    return before[-BEFORE:] + behind[:BEHIND]
