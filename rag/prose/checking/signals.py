"""What tells a sentence that its quotes bear out from one that says something else.

Each signal is a plain number, computed alike for any subject and any of the languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np

from sstc_chat.index.types import Vectors
from sstc_chat.rag.prose.checking.alignment import ALIKE, Alignment, aligned
from sstc_chat.rag.prose.checking.company import company
from sstc_chat.rag.prose.checking.opposites import Opposites
from sstc_chat.rag.prose.checking.reader import Reader
from sstc_chat.rag.prose.checking.reading import Reading
from sstc_chat.rag.prose.checking.turns import turns

ROLES = ("multilingual", "english")


@dataclass(frozen=True)
class Beside:
    """A sentence beside its quotes.

    Attributes
    ----------
    whole
        All the quotes as one text.
    """

    sentence: Reading
    quotes: Sequence[Reading]
    whole: Reading

    @cached_property
    def alignment(self) -> Alignment:
        """The words of the sentence beside those of all the quotes."""
        return aligned(self.sentence, self.whole)

    @property
    def singles(self) -> Sequence[Alignment]:
        """The words of the sentence beside those of each quote."""
        if len(self.quotes) == 1:
            return [self.alignment]
        return [aligned(self.sentence, quote) for quote in self.quotes]


class Measure:
    """Measures sentences beside quotes."""

    def __init__(self, reader: Reader) -> None:
        self._opposites = Opposites(reader)

    def signals(self, beside: Beside) -> dict[str, float]:
        """Return the signals of a sentence beside its quotes."""
        sentence, whole, alignment = beside.sentence, beside.whole, beside.alignment
        return {
            "english": float(sentence.language == "en"),
            "quotes": float(len(beside.quotes)),
            "copied": _copied(sentence, whole),
            **_coverage(alignment),
            **_alone(alignment, beside.singles),
            **_cosines(sentence, whole),
            **company(alignment),
            "opposite": self._opposites.turned(sentence, whole),
            **turns(alignment),
        }


def _copied(sentence: Reading, whole: Reading) -> float:
    """Return the share of the sentence's words that stand in the quote, in its order."""
    blocks = SequenceMatcher(
        None, sentence.text.split(), whole.text.split(), autojunk=False
    ).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, len(sentence.text.split()))


def _coverage(alignment: Alignment) -> dict[str, float]:
    """Return how well the words of the sentence are matched."""
    low = np.sort(alignment.forward) if len(alignment.forward) else np.zeros(1, np.float32)
    return {
        "cover": float(low.mean()),
        "weakest": float(low[0]),
        "second": float(low[min(1, len(low) - 1)]),
        "weak": _lowest(low),
        "missing": float((low < ALIKE).sum()),
        "left": float(max((share for *_, share in alignment.told), default=0.0)),
    }


def _alone(alignment: Alignment, singles: Sequence[Alignment]) -> dict[str, float]:
    """Return how well one quote alone matches the sentence, and its worst clause."""
    clauses = [alignment.sentence.within(*clause) for clause in alignment.sentence.clauses]
    worst = min(
        (max(float(one.forward[words].mean()) for one in singles) for words in clauses if words), default=0.0
    )
    lost = max(
        (float((alignment.forward - one.forward).mean()) for one in singles if len(one.forward)), default=0.0
    )
    best = max((one.forward for one in singles), key=lambda each: float(each.sum()))
    return {
        "single": float(best.mean()) if len(best) else 0.0,
        "single_weak": _lowest(np.sort(best)) if len(best) else 0.0,
        "clause": worst,
        "shared": lost,
    }


def _cosines(sentence: Reading, whole: Reading) -> dict[str, float]:
    found: dict[str, float] = {}
    for role in ROLES:
        if role in sentence.views and role in whole.views:
            mine, theirs = sentence.views[role], whole.views[role]
            windows = (mine[1:] if len(mine) > 1 else mine) @ theirs.T
            found |= {
                f"cosine_{role}": float((theirs @ mine[0]).max()),
                f"whole_{role}": float(theirs[0] @ mine[0]),
                f"window_{role}": float(windows.max(axis=1).min()),
            }
        else:
            found |= {f"cosine_{role}": 0.0, f"whole_{role}": 0.0, f"window_{role}": 0.0}
    return found


def _lowest(rising: Vectors) -> float:
    """Return the mean of the lowest quarter."""
    return float(rising[: max(1, len(rising) // 4)].mean())
