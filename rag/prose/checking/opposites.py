"""Whether a word of the sentence has its opposite in the quote, and not itself.

The pairs are English; a word of any language is on the side that it is more like, in the space that the
multilingual encoder has for all of them.
"""

from __future__ import annotations

import numpy as np

from sstc_chat.index.types import Vectors
from sstc_chat.rag.prose.checking.reader import Reader
from sstc_chat.rag.prose.checking.reading import Reading

PAIRS = tuple(
    tuple(pair.split("/"))
    for pair in """
    increase/decrease rise/fall strengthen/weaken improve/worsen start/end begin/finish open/close
    arrive/leave before/after early/late first/last north/south east/west inside/outside employer/worker
    employee/employer landlord/tenant teacher/student doctor/patient parent/child buyer/seller
    give/receive lend/borrow send/receive import/export rural/urban public/private formal/informal
    allowed/forbidden accept/reject legal/illegal free/paid voluntary/compulsory internal/external
    national/international large/small long/short high/low more/less male/female men/women boys/girls
    young/old new/old day/night morning/evening winter/summer success/failure include/exclude join/leave
    protect/harm support/oppose agree/disagree present/absent temporary/permanent simple/complex
    cheap/expensive health/illness win/lose past/future rich/poor elective/compulsory expand/reduce
    left/right adults/children global/local mother/father above/below entry/exit income/expense
    tax/subsidy teach/learn question/answer continue/stop simplify/complicate together/separately
    quickly/slowly weekday/weekend single/married employed/unemployed create/abolish
    """.split()
)
SIDE, NEAR = 0.06, 0.5


class Opposites:
    """Knows the two sides of each pair; shape (pairs, 2, dimension)."""

    def __init__(self, reader: Reader) -> None:
        words = [word for pair in PAIRS for word in pair]
        self._sides = reader.vectors(words).reshape(len(PAIRS), 2, -1)

    def turned(self, sentence: Reading, quote: Reading) -> float:
        """Return how surely `sentence` says the opposite of a word of `quote`, 0 where it does not."""
        if not len(sentence.words) or not len(quote.words):
            return 0.0
        mine, theirs = self._leaning(sentence), self._leaning(quote)
        worst = 0.0
        for side in (0, 1):
            strong, same, against = mine[:, side], theirs[:, side], theirs[:, 1 - side]
            turned = np.where(same <= SIDE, np.minimum(strong, against), 0)
            worst = max(worst, float(np.where(turned > SIDE, turned, 0).max()))
        return worst

    def _leaning(self, reading: Reading) -> Vectors:
        """Return how far some word leans to either side of each pair, shape (pairs, 2)."""
        near = np.einsum("psd,wd->pws", self._sides, reading.vectors)
        apart = near - near[:, :, ::-1]
        leaning: Vectors = np.where(near >= NEAR, apart, 0).max(axis=1)
        return leaning
