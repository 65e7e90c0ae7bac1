"""What tells a sentence that its quotes bear out from one that says something else.

Each signal is a plain number, computed alike for any subject and any of the languages. The words of the
sentence are aligned with those of the quotes by their vectors; then it is asked what is left over, and
whether what stands together in the sentence stands together in the quotes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sstc_chat.index.types import Vectors
from sstc_chat.index.vocabulary import folded
from sstc_chat.rag.prose.operators import CLASSES, REACH, Operator
from sstc_chat.rag.prose.reading import Reader, Reading, Word

TURNS = tuple(CLASSES)
# In pairs; a word of any language is on the side that it is more like.
OPPOSITES = tuple(
    pair.split("/")
    for pair in """
    increase/decrease rise/fall strengthen/weaken improve/worsen start/end begin/finish open/close arrive/leave
    before/after early/late first/last north/south east/west inside/outside employer/worker employee/employer
    landlord/tenant teacher/student doctor/patient parent/child buyer/seller give/receive lend/borrow send/receive
    import/export rural/urban public/private formal/informal allowed/forbidden accept/reject legal/illegal
    free/paid voluntary/compulsory internal/external national/international large/small long/short high/low
    more/less male/female men/women boys/girls young/old new/old day/night morning/evening winter/summer
    success/failure include/exclude join/leave protect/harm support/oppose agree/disagree present/absent
    temporary/permanent simple/complex cheap/expensive health/illness win/lose past/future rich/poor
    """.split()
)
SIDE = 0.06
ALIKE = 0.55
SAME_NAME = 80
NEAR = 3


@dataclass(frozen=True)
class Alignment:
    """The words of a sentence beside those of a quote: how alike, shape (sentence words, quote words)."""

    sentence: Reading
    quote: Reading
    alike: Vectors

    def best(self) -> Vectors:
        """Return for each word of the sentence how well it is matched, shape (sentence words,)."""
        found: Vectors = self.alike.max(axis=1, initial=0)
        return found


def aligned(sentence: Reading, quote: Reading) -> Alignment:
    """Return the words of both beside one another; those spelled alike are the same."""
    alike = np.clip(sentence.vectors @ quote.vectors.T, 0, 1)
    spelled = [folded(word.text) for word in quote.words]
    for row, word in enumerate(sentence.words):
        own = folded(word.text)
        for column, other in enumerate(spelled):
            if own == other or _stem(own, other):
                alike[row, column] = 1
            elif any(one.isdigit() for one in own + other):
                alike[row, column] = 0
    return Alignment(sentence, quote, alike)


def _stem(one: str, other: str) -> bool:
    """Whether two words are the same but for an ending."""
    least = min(len(one), len(other))
    shared = next((place for place in range(least) if one[place] != other[place]), least)
    return shared >= 4 and shared >= max(len(one), len(other)) - 3  # noqa: PLR2004


@dataclass(frozen=True)
class Signals:
    """Named values; `values` in the order of `names`."""

    names: tuple[str, ...]
    values: Vectors


class Measure:
    """Measures sentences beside quotes."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        words = [word for pair in OPPOSITES for word in pair]
        self._sides = reader.vectors(words).reshape(len(OPPOSITES), 2, -1)

    def signals(self, sentence: Reading, quotes: Sequence[Reading], whole: Reading) -> dict[str, float]:
        """Return the signals of `sentence` beside `quotes`; `whole` is all of them as one text."""
        alignment = aligned(sentence, whole)
        best = alignment.best()
        singles = [aligned(sentence, quote).best() for quote in quotes]
        low = np.sort(best)
        found = {
            "cover": float(best.mean()) if len(best) else 0.0,
            "weakest": float(low[0]) if len(low) else 0.0,
            "weak": float(low[: max(1, len(low) // 4)].mean()) if len(low) else 0.0,
            "second": float(low[min(1, len(low) - 1)]) if len(low) else 0.0,
            "single": max((float(one.mean()) for one in singles if len(one)), default=0.0),
            "single_weak": max((float(np.sort(one)[: max(1, len(one) // 4)].mean()) for one in singles if len(one)), default=0.0),
            "missing": float((best < ALIKE).sum()),
            "missing_share": float((best < ALIKE).mean()) if len(best) else 0.0,
            "length": float(np.log(max(1, len(sentence.words)))),
        }
        for role in ("multilingual", "english"):
            if role in sentence.views and role in whole.views:
                found[f"cosine_{role}"] = float((whole.views[role] @ sentence.views[role][0]).max())
                found[f"whole_{role}"] = float(whole.views[role][0] @ sentence.views[role][0])
                windows = sentence.views[role][1:] if len(sentence.views[role]) > 1 else sentence.views[role]
                found[f"window_{role}"] = float((windows @ whole.views[role].T).max(axis=1).min())
            else:
                found |= {f"cosine_{role}": 0.0, f"whole_{role}": 0.0, f"window_{role}": 0.0}
        found |= self._order(alignment)
        found |= self._together(alignment)
        found["opposite"] = self._opposite(alignment)
        found |= turned(alignment)
        return found

    def _order(self, alignment: Alignment) -> dict[str, float]:
        """Return how many pairs of words stand in another order, among names and among all."""
        rows = np.flatnonzero(alignment.best() >= ALIKE)
        places = alignment.alike[rows].argmax(axis=1) if len(rows) else np.array([], dtype=int)
        names = [place for place, row in enumerate(rows) if _named(alignment.sentence.words[row])]
        return {
            "disorder": _inversions(places),
            "names_disorder": _inversions(places[names]),
        }

    def _together(self, alignment: Alignment) -> dict[str, float]:
        """Return how well the words around each figure and name agree with those around it in the quote."""
        worst, margin = 1.0, 0.0
        for row, word in enumerate(alignment.sentence.words):
            if not (_named(word) or any(one.isdigit() for one in word.text)):
                continue
            columns = np.flatnonzero(alignment.alike[row] >= 0.8)
            if not len(columns):
                continue
            context = [r for r in range(row - NEAR, row + NEAR + 1) if 0 <= r < len(alignment.alike) and r != row]
            if not context:
                continue
            scores = [self._context(alignment, context, int(column)) for column in columns]
            worst = min(worst, max(scores))
            everywhere = float(alignment.alike[context].max(axis=1).mean())
            margin = max(margin, everywhere - max(scores))
        return {"together": worst, "apart": margin}

    def _context(self, alignment: Alignment, context: list[int], column: int) -> float:
        low, high = max(0, column - 2 * NEAR), column + 2 * NEAR + 1
        return float(alignment.alike[context, low:high].max(axis=1).mean())

    def _opposite(self, alignment: Alignment) -> float:
        """Return how surely a word of the sentence has its opposite, and not itself, in the quote."""
        if not len(alignment.sentence.words) or not len(alignment.quote.words):
            return 0.0
        mine = np.einsum("psd,wd->pws", self._sides, alignment.sentence.vectors)
        theirs = np.einsum("psd,wd->pws", self._sides, alignment.quote.vectors)
        result = 0.0
        for side in (0, 1):
            own = mine[:, :, side] - mine[:, :, 1 - side]
            strong = np.where(mine[:, :, side] >= 0.6, own, 0).max(axis=1)
            against = theirs[:, :, 1 - side] - theirs[:, :, side]
            there = np.where(theirs[:, :, 1 - side] >= 0.6, against, 0).max(axis=1)
            same = np.where(theirs[:, :, side] >= 0.6, -against, 0).max(axis=1)
            bad = np.minimum(strong, there) - np.maximum(same, 0)
            result = max(result, float(np.where((strong > SIDE) & (there > SIDE) & (same <= SIDE), bad, 0).max()))
        return result


def turned(alignment: Alignment) -> dict[str, float]:
    """Return for each class of operators whether the sentence has one that the quote lacks there, or lacks one."""
    result: dict[str, float] = {}
    best, columns = alignment.best(), alignment.alike.argmax(axis=1) if alignment.alike.size else []
    backward = alignment.alike.max(axis=0, initial=0)
    for name in TURNS:
        mine = [one for one in alignment.sentence.operators if one.name == name]
        theirs = [one for one in alignment.quote.operators if one.name == name]
        matched = sum(
            any(_reached(alignment, one, other) for other in theirs) for one in mine
        )
        touched = sum(_touched(alignment, other, backward) for other in theirs)
        result[f"{name}_new"] = float(bool(mine) and not theirs)
        result[f"{name}_moved"] = float(bool(mine) and bool(theirs) and matched < len(mine))
        result[f"{name}_lost"] = float(touched) if not mine else 0.0
    return result


def _reached(alignment: Alignment, mine: Operator, theirs: Operator) -> bool:
    rows = _near(alignment.sentence.words, mine)
    columns = _near(alignment.quote.words, theirs)
    return bool(rows and columns and alignment.alike[np.ix_(rows, columns)].max() >= ALIKE)


def _touched(alignment: Alignment, operator: Operator, backward: Vectors) -> float:
    """Return how much of what an operator of the quote reaches is said by the sentence."""
    columns = [one for one in _near(alignment.quote.words, operator) if alignment.quote.words[one].start >= operator.start][:2]
    return float(backward[columns].mean()) if columns else 0.0


def _near(words: Sequence[Word], operator: Operator) -> list[int]:
    before = [place for place, word in enumerate(words) if word.end <= operator.start][-2:]
    behind = [place for place, word in enumerate(words) if word.start >= operator.end][:REACH - 2]
    return before + behind


def _named(word: Word) -> bool:
    return any(one.isupper() for one in word.text)


def _inversions(places: NDArray[np.int_]) -> float:
    pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :] if a != b]
    return float(np.mean([a > b for a, b in pairs])) if pairs else 0.0
