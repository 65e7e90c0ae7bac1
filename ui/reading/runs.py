"""Which source characters stand behind the characters of a line, so that a part can be marked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sstc_chat.corpus.mapped import MappedText, Offsets
from sstc_chat.corpus.markup import without_markup
from sstc_chat.corpus.types import Spans
from sstc_chat.index.types import Line


@dataclass(frozen=True)
class Run:
    """Characters of a line, and the range of the source they stand for.

    Where both have the same length, they correspond one to one. Where they do not, as with an
    escape, the run can only be marked as a whole.
    """

    text: str
    start: int
    end: int


def runs_of(line: Line, source: str) -> list[Run]:
    """Return the text of `line` in as few runs as can be.

    A run ends where the source has something that the text has not: markup, a second white space,
    a caption in the middle of a sentence.
    """
    mapped = _as_read(line.spans, source)
    if mapped.text != line.text:
        return [Run(line.text, line.spans[0][0], line.spans[-1][1])]
    firsts, lasts = _bounds(mapped)
    return [
        Run(mapped.text[i:j], int(mapped.starts[i]), int(mapped.ends[j - 1]))
        for i, j in zip(firsts, lasts, strict=True)
    ]


def _as_read(spans: Spans, source: str) -> MappedText:
    """Read `spans` by the rule that quotes are checked by, and keep where each character was."""
    parts = [MappedText.verbatim(source[start:end], start) for start, end in spans]
    joined = MappedText.join(parts)
    read = without_markup(joined.text)[0].collapse().strip()
    return MappedText(read.text, joined.starts[read.starts], joined.ends[read.ends - 1])


def _bounds(mapped: MappedText) -> tuple[Offsets, Offsets]:
    """Cut where the source does not go on at once, and around what stands for several of its."""
    single = mapped.ends - mapped.starts == 1
    follows = (mapped.starts[1:] == mapped.ends[:-1]) & single[1:] & single[:-1]
    cuts = np.flatnonzero(~follows) + 1
    return np.concatenate(([0], cuts)), np.concatenate((cuts, [len(mapped)]))
