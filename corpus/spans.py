"""From a stretch of reading text back to the characters it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

import numpy as np

from sstc_chat.corpus.mapped import MappedText
from sstc_chat.corpus.types import Span, Spans


def spans_of(mapped: MappedText, source: str, links: Mapping[Span, Span]) -> Spans:
    """Return the source spans that `mapped` was read from, in reading order.

    There are as few as can be: a span runs on over white space, over escapes, and over a link that
    is quoted whole. It ends where something else stands in between, such as a caption in the
    middle of a sentence, or the target of a link that is only quoted in part; and at white space that
    is not read, such as a line break behind the hyphen of a compound. `links` leads from the span of a
    link's label to that of the link.
    """
    apart = _apart(mapped, source)
    whole: list[Span] = []
    for run in _merge(_runs(mapped), source, apart):
        link = links.get(_trimmed(run, source), run)
        apart |= {link[0]} if run[0] in apart else set()
        whole.append(link)
    return tuple(_merge(whole, source, apart))


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


def _apart(mapped: MappedText, source: str) -> set[int]:
    """Return where in the source runs begin in front of which there is white space that is not read."""
    cuts = np.flatnonzero(mapped.starts[1:] != mapped.ends[:-1]) + 1
    return {
        int(mapped.starts[i])
        for i in cuts
        if source[mapped.ends[i - 1] : mapped.starts[i]].isspace()
        and not mapped.text[i - 1].isspace()
        and not mapped.text[i].isspace()
    }


def _merge(runs: Iterable[Span], source: str, apart: Set[int]) -> list[Span]:
    """Join neighbours with nothing but white space between them, but for those that are to stay apart."""
    merged: list[Span] = []
    for start, end in runs:
        space = merged and merged[-1][1] <= start and not source[merged[-1][1] : start].strip()
        if space and start not in apart:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
