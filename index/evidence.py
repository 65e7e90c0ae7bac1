"""What the index knows of sentences that may answer a question, as arrays: no text is read for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sstc_chat.index.ragged import Ragged
from sstc_chat.index.traits import TRAITS
from sstc_chat.index.types import Vectors


class SentenceTerms(NamedTuple):
    """What is stored of a sentence: its number, document and kind, numbers of words, and traits as bytes."""

    number: int
    document_id: str
    is_line: bool
    words: bytes
    counted: bytes
    traits: bytes
    context: bytes


@dataclass(frozen=True)
class Likeness:
    """How alike sentences are to a question under one encoder, cosines, each of shape (sentences,).

    Attributes
    ----------
    whole
        Of the whole sentence.
    best
        Of the nearest of its views.
    """

    whole: Vectors
    best: Vectors


@dataclass(frozen=True)
class Evidence:
    """Sentences that can be quoted, in reading order.

    Attributes
    ----------
    numbers
        Of the sentences, shape (sentences,).
    following
        Whether each follows right behind the one before it here, in the same document, shape (sentences,).
    lines
        Whether each is a line by itself and not part of a paragraph, shape (sentences,).
    words, counted, context
        The words of each, those of them that are counted, and those of the title and headings above it.
    traits
        In the order of `TRAITS`, shape (sentences, traits).
    likeness
        For each encoder.
    """

    numbers: NDArray[Any]
    following: NDArray[np.bool_]
    lines: NDArray[np.bool_]
    words: Ragged
    counted: Ragged
    context: Ragged
    traits: Vectors
    likeness: Mapping[str, Likeness]

    def trait(self, name: str) -> Vectors:
        """Return one trait of every sentence, shape (sentences,)."""
        column: Vectors = self.traits[:, TRAITS.index(name)]
        return column


def evidence_of(
    rows: Sequence[SentenceTerms], views: Mapping[str, Sequence[bytes]], vectors: Mapping[str, Vectors]
) -> Evidence:
    """Return the evidence of sentences in reading order; `views` has the vectors of each, by encoder."""
    found, documents, lines, words, counted, traits, context = zip(*rows, strict=True) if rows else ((),) * 7
    places = np.array(found, dtype=np.int64)
    same = np.array([one == other for one, other in zip(documents[1:], documents, strict=False)], dtype=bool)
    following = np.zeros(len(rows), dtype=bool)
    following[1:] = (np.diff(places) == 1) & same
    return Evidence(
        numbers=places,
        following=following,
        lines=np.array(lines, dtype=bool),
        words=Ragged.of(words),
        counted=Ragged.of(counted),
        context=Ragged.of(context),
        traits=np.frombuffer(b"".join(traits), dtype=np.float32).reshape(-1, len(TRAITS)),
        likeness={role: _likeness(views[role], vector) for role, vector in vectors.items()},
    )


def _likeness(blobs: Sequence[bytes], vector: Vectors) -> Likeness:
    if not blobs:
        return Likeness(np.empty(0, np.float32), np.empty(0, np.float32))
    views = np.frombuffer(b"".join(blobs), dtype=np.float32).reshape(-1, len(vector))
    # On one thread: waking more of them costs more than this little product.
    cosines = np.einsum("ij,j->i", views, vector)
    sizes = [len(blob) // vector.nbytes for blob in blobs]
    firsts = np.cumsum([0, *sizes[:-1]])
    return Likeness(cosines[firsts], np.maximum.reduceat(cosines, firsts))
