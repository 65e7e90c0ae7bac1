"""Choose among lines: a page that is set line by line answers with a run of lines, not with one of them."""

from __future__ import annotations

import numpy as np

from sstc_chat.index.evidence import Evidence
from sstc_chat.index.types import Vectors
from sstc_chat.rag.choosing.learned import Linear

# How many lines before and behind a line say something of it.
AROUND = 3
WINDOW = (
    *(f"before_{step}" for step in range(AROUND, 0, -1)),
    "itself",
    *(f"behind_{step}" for step in range(1, AROUND + 1)),
)
# A line that is this much less likely to answer than the best (log odds) is as good as none.
NONE = -6.0
# Characters of lines that a reader still reads; lines are shorter and emptier than sentences.
LONGEST = 1000


def window_of(scores: Vectors, evidence: Evidence) -> Vectors:
    """Return how far each line and those around it are behind the best, shape (sentences, len(WINDOW))."""
    behind: Vectors = np.clip(scores - scores.max(initial=NONE), NONE, 0)
    stretches = np.cumsum(~evidence.following)
    columns: Vectors = np.full((len(WINDOW), len(scores)), NONE, dtype=np.float32)
    columns[AROUND] = behind
    for step in range(1, AROUND + 1):
        together = stretches[step:] == stretches[:-step]
        columns[AROUND - step, step:][together] = behind[:-step][together]
        columns[AROUND + step, :-step][together] = behind[step:][together]
    window: Vectors = columns.T
    return window


def chances_of(scores: Vectors, evidence: Evidence, line: Linear) -> Vectors:
    """Return how likely each line is part of the answer, shape (sentences,)."""
    odds = line.of(WINDOW, window_of(scores, evidence))
    chances: Vectors = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return chances


def best_run(chances: Vectors, evidence: Evidence, place: int) -> range:
    """Return the run of lines around `place` whose expected F1 is highest.

    It is two times the chances in the run, over its length and the chances in all: Ye et al., "Optimizing
    F-measures: a tale of two approaches", ICML 2012 (https://arxiv.org/abs/1206.4625), where lines are
    independent.
    """
    first, last = _stretch(evidence, place)
    sums = np.cumsum([0, *chances[first:last]])
    lengths = np.cumsum([0, *evidence.trait("length")[first:last]])
    starts, ends = np.arange(first, place + 1) - first, np.arange(place + 1, last + 1) - first
    counts = ends - starts[:, np.newaxis]
    expected = 2 * (sums[ends] - sums[starts][:, np.newaxis]) / (counts + sums[-1])
    expected[(lengths[ends] - lengths[starts][:, np.newaxis] > LONGEST) & (counts > 1)] = -1
    start, end = np.unravel_index(expected.argmax(), expected.shape)
    return range(first + int(starts[start]), first + int(ends[end]))


def _stretch(evidence: Evidence, place: int) -> tuple[int, int]:
    """Return where the lines that follow on one another around `place` begin and end."""
    first, last = place, place + 1
    while evidence.following[first] and evidence.lines[first - 1]:
        first -= 1
    while last < len(evidence.lines) and evidence.following[last] and evidence.lines[last]:
        last += 1
    return first, last
