"""The naive way to answer, for comparison: the passages whose vectors are nearest are the answer.

LangChain's recursive splitter with windows of 800 characters that overlap by 100, the encoder for English,
and an exact search by inner product. It knows no history and refuses nothing; its confidence is the best
cosine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sstc_chat.corpus.chunks import recursive_ranges
from sstc_chat.corpus.markup import plain
from sstc_chat.index.dense.flat import FlatIndex
from sstc_chat.index.embedding import embed
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Progress, Vectors
from sstc_chat.rag.evaluation.asking import DEPTH
from sstc_chat.rag.evaluation.sources import lines_of
from sstc_chat.rag.evaluation.types import Excerpt, Response, Task

SIZE, OVERLAP = 800, 100
# What it is called, and how many passages it shows.
PASSAGES = {"naive, one passage": 1, "naive, three passages": 3}


@dataclass(frozen=True)
class Baseline:
    """The windows of all documents, and their vectors by the same numbers."""

    windows: Sequence[Excerpt]
    dense: FlatIndex
    encoder: Encoder

    def ask(self, task: Task) -> dict[str, Response]:
        """Return its response to a question, with one passage and with more.

        Where the lines of an answer are known, its document is given, as it is to the engine.
        """
        vector = self.encoder.encode_question(task.question)
        ranked = self.dense.search(vector, DEPTH)
        best = self._within(task, vector) if task.form == "lines" else ranked
        shown = [self.windows[number] for number, _ in best]
        response = Response(
            refused=False,
            confidence=best[0][1] if best else 0.0,
            excerpts=(),
            ranked=tuple(self.windows[number] for number, _ in ranked),
        )
        return {name: replace(response, excerpts=tuple(shown[:most])) for name, most in PASSAGES.items()}

    def _within(self, task: Task, vector: Vectors) -> list[tuple[int, float]]:
        """Return the windows of the gold documents and their cosines, nearest first."""
        numbers = [place for place, one in enumerate(self.windows) if one.document_id in task.gold]
        scored = [(number, float(self.dense.vector(number) @ vector)) for number in numbers]
        return sorted(scored, key=lambda pair: -pair[1])


def build_baseline(texts: Mapping[str, str], encoder: Encoder, progress: Progress) -> Baseline:
    """Cut the source texts, by document id, into windows and encode them.

    A window is compared and counted without its markup, so that this costs it no right answer.
    """
    cut = list(_windows(texts))
    vectors = embed({str(place): [text] for place, (_, text) in enumerate(cut)}, encoder, progress)
    rows = [np.empty((0, encoder.dimension), np.float32), *(vectors[str(place)] for place in range(len(cut)))]
    return Baseline([excerpt for excerpt, _ in cut], FlatIndex.of(np.concatenate(rows)), encoder)


def _windows(texts: Mapping[str, str]) -> Iterator[tuple[Excerpt, str]]:
    """Yield each window, and its text as it stands in the source."""
    for identity, text in texts.items():
        for start, end in recursive_ranges(text, SIZE, OVERLAP):
            window = text[start:end]
            yield Excerpt(identity, plain(window), lines_of(text, ((start, end),))), window
