"""Intervals by the bootstrap: questions are drawn again, with replacement, and each figure taken again.

Percentile intervals (Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13). A draw is how
often each question came up; so a figure is a function of a row of counts, and many draws are one matrix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sstc_chat.rag.evaluation.report import Figure

Numbers = NDArray[np.float64]
ROUNDS = 1000
LEVEL = 0.95
SEED = 0
# Eight megabytes of counts: large sets do not need more memory than small ones.
BLOCK = 1 << 20


class Statistic(Protocol):
    """A figure of a set of questions."""

    @property
    def over(self) -> int:
        """How many questions it is taken over."""

    def values(self, counts: Numbers) -> Numbers:
        """Return the figure of each draw, shape (draws,), from its counts, shape (draws, questions).

        It is not a number where a draw does not say: a share of nothing, for example.
        """


def estimate(statistics: Mapping[str, Statistic], size: int, block: int = BLOCK) -> dict[str, Figure]:
    """Return the figures of `size` questions, with intervals; those that are undefined are left out.

    At most `block` counts are held at a time, and always those of one draw.
    """
    once = np.ones((1, size))
    values = {name: float(one.values(once)[0]) for name, one in statistics.items()}
    known = {name: one for name, one in statistics.items() if not np.isnan(values[name])}
    drawn: dict[str, list[Numbers]] = {name: [] for name in known}
    for counts in _draws(size, block):
        for name, one in known.items():
            drawn[name].append(one.values(counts))
    return {name: _figure(values[name], np.concatenate(drawn[name]), one.over) for name, one in known.items()}


def _draws(size: int, block: int) -> Iterator[Numbers]:
    """Yield the counts of `ROUNDS` draws, some rows at a time."""
    random = np.random.default_rng(SEED)
    rows = max(1, block // size)
    chances = np.full(size, 1 / size)
    for start in range(0, ROUNDS, rows):
        yield random.multinomial(size, chances, min(rows, ROUNDS - start)).astype(np.float64)


def _figure(value: float, drawn: Numbers, over: int) -> Figure:
    edge = (1 - LEVEL) / 2
    low, high = np.nanquantile(drawn, [edge, 1 - edge])
    return Figure(value, float(low), float(high), over)
