"""Whether quotes bear out a sentence: the check before it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.prose.claims import missing_claims
from sstc_chat.rag.prose.reading import Reader
from sstc_chat.rag.prose.signals import Measure


@dataclass(frozen=True)
class Finding:
    """What the check found.

    Attributes
    ----------
    supported
        Whether the sentence may be shown.
    probability
        From 0 to 1: how likely the quotes bear it out.
    missing
        What it claims and the quotes do not say, such as `figure 14`.
    """

    supported: bool
    probability: float
    missing: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Quoted:
    """A quote and its language."""

    text: str
    language: str


class Support:
    """Checks sentences against quotes.

    Parameters
    ----------
    encoders
        By role: `english` and `multilingual`.
    """

    def __init__(self, encoders: Mapping[str, Encoder]) -> None:
        self.reader = Reader(encoders)
        self.measure = Measure(self.reader)

    def check(self, sentence: str, language: str, quotes: Sequence[Quoted]) -> Finding:
        """Return whether `quotes` together bear out `sentence`, which is in `language`."""
        read = self.reader.read(sentence, language)
        each = [self.reader.read(quote.text, quote.language) for quote in quotes]
        whole = self.reader.read(" ".join(quote.text for quote in quotes), quotes[0].language)
        missing = missing_claims(read, each, whole, self.measure)
        signals = self.measure.signals(read, each, whole)
        probability = signals["cover"]
        return Finding(not missing and probability >= 0.5, probability, tuple(missing))
