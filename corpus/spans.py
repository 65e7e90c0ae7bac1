"""From a stretch of reading text back to the characters it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from sstc_chat.corpus.mapped import MappedText
from sstc_chat.corpus.types import Span, Spans


def spans_of(mapped: MappedText, source: str, links: Mapping[Span, Span]) -> Spans:
    """Return the source spans that `mapped` was read from, in reading order.

    There are as few as can be: a span runs on over white space, over escapes, and over a link that
    is quoted whole. It ends where something else stands in between, such as a caption in the
    middle of a sentence, or the target of a link that is only quoted in part. `links` leads from
    the span of a link's label to that of the link.
    """
    runs = _merge(_runs(mapped), source)
    return tuple(_merge((links.get(_trimmed(run, source), run) for run in runs), source))


def _runs(mapped: MappedText) -> list[Span]:
    """Cut where one character's source does not follow on the one before."""
    if not len(mapped):
        return []
    cuts = np.flatnonzero(mapped.starts[1:] != mapped.ends[:-1]) + 1
    firsts = [0, *cuts.tolist()]
    lasts = [*(cuts - 1).tolist(), len(mapped) - 1]
    return [(int(mapped.starts[i]), int(mapped.ends[j])) for i, j in zip(firsts, lasts, strict=True)]


def _trimmed(run: Span, source: str) -> Span:
    """Leave out the white space at either end."""
    text = source[slice(*run)]
    return run[0] + len(text) - len(text.lstrip()), run[1] - len(text) + len(text.rstrip())


def _merge(runs: Iterable[Span], source: str) -> list[Span]:
    """Join neighbours with nothing but white space between them."""
    merged: list[Span] = []
    for start, end in runs:
        if merged and merged[-1][1] <= start and not source[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
