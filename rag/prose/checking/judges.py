"""What judges the meaning of a sentence whose claims stand in its quotes: trees, or a model by setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sstc_chat.rag.prose.checking.learned import learned
from sstc_chat.rag.prose.checking.reader import Reader
from sstc_chat.rag.prose.checking.signals import Beside, Measure


class Judge(Protocol):
    """What judges."""

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """What its verdicts depend on, besides what the quotes do."""

    def probability(self, beside: Beside) -> float:
        """Return how likely the quotes bear out the sentence, from 0 to 1."""

    def least(self, language: str) -> float:
        """Return the probability from which on a sentence in `language` is shown."""


class Trees:
    """The trees that come with the project: they weigh signals, and their thresholds are learned too."""

    fingerprint: Mapping[str, str] = {}

    def __init__(self, reader: Reader) -> None:
        self._measure = Measure(reader)

    def probability(self, beside: Beside) -> float:
        """Return the mean vote of the trees."""
        return learned().probability(self._measure.signals(beside))

    def least(self, language: str) -> float:
        """Return the learned threshold."""
        return learned().thresholds["english" if language == "en" else "multilingual"]


class Entails(Protocol):
    """A model that reads quotes and sentence together."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def checksum(self) -> str:
        """What tells this model's weights from any other's."""

    def probability(self, texts: Sequence[str], sentence: str) -> float:
        """Return how likely `texts` together bear out `sentence`, from 0 to 1."""


@dataclass(frozen=True)
class ModelJudge:
    """A model, and the probability from which on it is believed."""

    model: Entails
    threshold: float

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """The model with its threshold."""
        return {"checker": f"{self.model.name} {self.model.checksum} {self.threshold}"}

    def probability(self, beside: Beside) -> float:
        """Return what the model says."""
        return self.model.probability([quote.text for quote in beside.quotes], beside.sentence.text)

    def least(self, language: str) -> float:  # noqa: ARG002
        """Return the threshold, which is the same for all languages."""
        return self.threshold
