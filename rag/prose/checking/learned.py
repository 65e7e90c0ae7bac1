"""The trees that weigh the signals of a sentence: `learned.json`, made by `benchmarks/learn_support.py`.

They are extremely randomized trees (Geurts et al., Machine Learning 63, 2006,
https://doi.org/10.1007/s10994-006-6226-1), whose votes are averaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sstc_chat.index.types import Vectors
from sstc_chat.rag.prose.checking.data import data_of

LEAF = -1


@dataclass(frozen=True)
class Forest:
    """Trees, their nodes one behind the other; every array but `roots` has shape (nodes,).

    Attributes
    ----------
    signal
        Which signal a node asks for, or `LEAF`.
    least
        A value above this goes right, any other left.
    left, right
        The node to go to.
    vote
        What a leaf says, from 0 to 1.
    roots
        The first node of each tree, shape (trees,).
    """

    signal: NDArray[np.int_]
    least: Vectors
    left: NDArray[np.int_]
    right: NDArray[np.int_]
    vote: Vectors
    roots: NDArray[np.int_]

    def mean(self, values: Vectors) -> float:
        """Return the mean vote of the trees on `values`, shape (signals,)."""
        nodes = self.roots
        while (inner := self.signal[nodes] != LEAF).any():
            below = values[self.signal[nodes]] <= self.least[nodes]
            nodes = np.where(inner, np.where(below, self.left[nodes], self.right[nodes]), nodes)
        return float(self.vote[nodes].mean())


@dataclass(frozen=True)
class Learned:
    """What was learned from sentences that are true of their quotes, and lies.

    Attributes
    ----------
    signals
        Their names, in the order of the forest's numbers.
    thresholds
        By role, `english` or `multilingual`: from this probability on a sentence is shown.
    """

    signals: tuple[str, ...]
    forest: Forest
    thresholds: Mapping[str, float]

    def probability(self, signals: Mapping[str, float]) -> float:
        """Return how likely a sentence with these signals is borne out, from 0 to 1."""
        return self.forest.mean(np.array([signals[name] for name in self.signals], dtype=np.float32))


@lru_cache(maxsize=1)
def learned() -> Learned:
    """Return what was learned."""
    data = data_of("learned.json")
    forest = data["forest"]
    return Learned(
        signals=tuple(data["signals"]),
        forest=Forest(
            signal=np.array(forest["signal"]),
            least=np.array(forest["least"], dtype=np.float32),
            left=np.array(forest["left"]),
            right=np.array(forest["right"]),
            vote=np.array(forest["vote"], dtype=np.float32),
            roots=np.array(forest["roots"]),
        ),
        thresholds=data["thresholds"],
    )
