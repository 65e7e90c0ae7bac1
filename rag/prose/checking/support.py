"""Whether quotes bear out a sentence: the check before it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.prose.checking.claims import missing_claims
from sstc_chat.rag.prose.checking.doubts import doubt_of
from sstc_chat.rag.prose.checking.judges import Judge, Trees
from sstc_chat.rag.prose.checking.lists import is_incomplete
from sstc_chat.rag.prose.checking.reader import Reader
from sstc_chat.rag.prose.checking.signals import Beside

# Something that must stand in the quotes to the letter is not there; a word turns the sense; or neither, and
# the meaning is too little alike.
REASONS = ("figure", "date", "currency", "address", "place", "name", "turn", "meaning")


@dataclass(frozen=True)
class Finding:
    """What the check found.

    Attributes
    ----------
    supported
        Whether the sentence may be shown.
    probability
        From 0 to 1: how likely the quotes bear it out; 0 where a claim is missing from them.
    missing
        What it says and the quotes do not, as it is written, such as `14` or `Kenya`.
    reason
        Why it may not; empty where it may.
    more
        Whether the quotes list more than the sentence names.
    """

    supported: bool
    probability: float
    missing: tuple[str, ...] = ()
    reason: str = ""
    more: bool = False


@dataclass(frozen=True)
class Quoted:
    """A quote and its language."""

    text: str
    language: str


class Support:
    """Checks sentences against quotes; may be shared by threads.

    Parameters
    ----------
    encoders
        By role: `english` and `multilingual`.
    judge
        Judges the meaning; the trees that were learned if None.
    """

    def __init__(self, encoders: Mapping[str, Encoder], judge: Judge | None = None) -> None:
        self.reader = Reader(encoders)
        self.judge = judge or Trees(self.reader)

    def check(self, sentence: str, language: str, quotes: Sequence[Quoted]) -> Finding:
        """Return whether `quotes` together bear out `sentence`, which is in `language`."""
        beside = self.beside(sentence, language, quotes)
        missing = list(missing_claims(beside.alignment))
        if missing:
            return Finding(False, 0.0, tuple(one.text for one in missing), missing[0].reason)
        probability = self.judge.probability(beside)
        if probability >= self.judge.least(language):
            return Finding(True, probability, more=is_incomplete(beside.alignment))
        doubt = doubt_of(beside.alignment)
        return Finding(False, probability, (doubt.text,), doubt.reason)

    def prepare(self, quotes: Sequence[Quoted]) -> None:
        """Read and encode `quotes` ahead, so that the first sentence need not wait for it."""
        for quote in quotes:
            self.reader.encode(quote.text, quote.language)

    def beside(self, sentence: str, language: str, quotes: Sequence[Quoted]) -> Beside:
        """Return `sentence` beside `quotes`, word by word."""
        each = [self.reader.read(quote.text, quote.language) for quote in quotes]
        return Beside(self.reader.read(sentence, language), each, self.reader.together(each))
