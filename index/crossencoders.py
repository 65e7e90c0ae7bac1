"""Cross-encoders, which read two texts together: one puts passages in order, one checks sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sstc_chat.corpus.errors import ModelError
from sstc_chat.index.types import Vectors

if TYPE_CHECKING:
    from sstc_chat.index.transformer import TransformerPairs

# What models of natural language inference, and of the checking of facts, call the output that is wanted.
SUPPORTING = ("entailment", "entails", "supports", "supported")
WANTED = (
    "Give a folder, or the name of a model on a hub that can be reached: a cross-encoder with an output "
    "called entailment, or with a single output; or nothing."
)


@dataclass(frozen=True)
class CrossEncoding:
    """A loaded cross-encoder with a task."""

    pairs: TransformerPairs

    @property
    def name(self) -> str:
        """What the model is called."""
        return self.pairs.name

    @property
    def checksum(self) -> str:
        """What tells this model's weights from any other's."""
        return self.pairs.checksum


@dataclass(frozen=True)
class CrossReranker(CrossEncoding):
    """Puts passages in order; it has one output."""

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return how well each text answers, higher is better, shape (len(texts),)."""
        return self.pairs.outputs([(question, text) for text in texts]).reshape(len(texts))


@dataclass(frozen=True)
class Entailment(CrossEncoding):
    """Says whether texts bear out a sentence.

    Attributes
    ----------
    output
        Which of its outputs says so.
    """

    output: int

    def probability(self, texts: Sequence[str], sentence: str) -> float:
        """Return how likely it is, from 0 to 1, that `texts` together bear out `sentence`.

        Where they are longer than what the model reads, it is that of the best of them alone; of a text that
        would be cut it is 0, since the end may say otherwise.
        """
        whole = " ".join(texts)
        tried = [whole] if self.pairs.holds(whole, sentence) else texts
        read = [text for text in tried if self.pairs.holds(text, sentence)]
        outputs = self.pairs.outputs([(text, sentence) for text in read])
        return float(_probabilities(outputs)[:, self.output].max(initial=0))


def _probabilities(outputs: Vectors) -> Vectors:
    """Return the softmax of several outputs, the logistic function of a single one; both may be large."""
    single = outputs.shape[1] == 1
    logits = np.hstack([outputs, np.zeros_like(outputs)]) if single else outputs
    grown = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Vectors = grown / grown.sum(axis=1, keepdims=True)
    return shares


def load_reranker(name: str) -> CrossReranker:
    """Load a cross-encoder that puts passages in order.

    Raises
    ------
    ModelError
        If it cannot be loaded.
    """
    from sstc_chat.index.transformer import load_pairs

    try:
        return CrossReranker(load_pairs(name, outputs=1))
    except ModelError as error:
        raise ModelError(
            f"The reranker {error}. Give a folder, or the name of a model on a hub that can be reached, "
            "or nothing."
        ) from error


def load_checker(name: str) -> Entailment:
    """Load a cross-encoder that checks sentences: one of natural language inference, or one with one output.

    Raises
    ------
    ModelError
        If it cannot be loaded, or its outputs are not of that kind.
    """
    from sstc_chat.index.transformer import load_pairs

    try:
        pairs = load_pairs(name)
    except ModelError as error:
        raise ModelError(f"The checker {error}. {WANTED}") from error
    if not pairs.labels:
        raise ModelError(f"The checker {name} is no cross-encoder: it has learned no outputs. {WANTED}")
    known = [place for place, label in enumerate(pairs.labels) if label.lower() in SUPPORTING]
    if len(pairs.labels) > 1 and not known:
        raise ModelError(
            f"The checker {name} has outputs called {', '.join(pairs.labels)}, none of them entailment. "
            f"{WANTED} Where one of them means it, name it so under id2label in the model's config.json."
        )
    return Entailment(pairs, known[0] if known else 0)
