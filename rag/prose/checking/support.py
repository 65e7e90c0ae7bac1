"""Whether quotes bear out a sentence: the check before it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.prose.checking.claims import missing_claims
from sstc_chat.rag.prose.checking.doubts import doubt_of
from sstc_chat.rag.prose.checking.learned import learned
from sstc_chat.rag.prose.checking.lists import is_incomplete
from sstc_chat.rag.prose.checking.reader import Reader
from sstc_chat.rag.prose.checking.signals import Measure, Measured

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
    """

    def __init__(self, encoders: Mapping[str, Encoder]) -> None:
        self._reader = Reader(encoders)
        self._measure = Measure(self._reader)

    def check(self, sentence: str, language: str, quotes: Sequence[Quoted]) -> Finding:
        """Return whether `quotes` together bear out `sentence`, which is in `language`."""
        measured = self.measured(sentence, language, quotes)
        missing = list(missing_claims(measured.alignment))
        if missing:
            return Finding(False, 0.0, tuple(one.text for one in missing), missing[0].reason)
        known = learned()
        probability = known.probability(measured.signals)
        role = "english" if language == "en" else "multilingual"
        if probability >= known.thresholds[role]:
            return Finding(True, probability, more=is_incomplete(measured.alignment))
        doubt = doubt_of(measured.alignment)
        return Finding(False, probability, (doubt.text,), doubt.reason)

    def prepare(self, quotes: Sequence[Quoted]) -> None:
        """Read `quotes` ahead, so that the first sentence need not wait for it."""
        for quote in quotes:
            self._reader.read(quote.text, quote.language)

    def measured(self, sentence: str, language: str, quotes: Sequence[Quoted]) -> Measured:
        """Return the signals of `sentence` beside `quotes`."""
        each = [self._reader.read(quote.text, quote.language) for quote in quotes]
        whole = self._reader.read(" ".join(quote.text for quote in quotes), quotes[0].language)
        return self._measure.measured(self._reader.read(sentence, language), each, whole)
