"""What Milvus knows of sentences that may answer a question: their words, traits and vectors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from sstc_chat.corpus.errors import StoreError
from sstc_chat.index.evidence import Evidence, SentenceTerms, evidence_of
from sstc_chat.index.milvus.generation import Generation
from sstc_chat.index.milvus.packing import to_bytes, unpacked
from sstc_chat.index.milvus.schema import VIEWS
from sstc_chat.index.milvus.words import Words
from sstc_chat.index.types import Vectors


def read_evidence(
    generation: Generation, words: Words, numbers: Sequence[int], vectors: Mapping[str, Vectors]
) -> Evidence:
    """Read the evidence of those of the sentences `numbers` that can be quoted.

    `vectors` is the question's under each encoder.
    """
    rows = generation.rows("sentences", "number", numbers, ["number", "row", "terms"])
    found = [
        (row["number"], unpacked(row["row"]), terms)
        for row in sorted(rows, key=lambda row: int(row["number"]))
        if (terms := unpacked(row["terms"]))
    ]
    known = [
        SentenceTerms(number, row[1], row[5] == "line", *_as_places(words, *terms[2:]))
        for number, row, terms in found
    ]
    views = {
        role: _views(generation, role, [(terms[0], terms[1][role]) for *_, terms in found])
        for role in vectors
    }
    return evidence_of(known, views, vectors)


def require_all(found: Collection[int], wanted: Collection[int]) -> None:
    """Raise an error where the library was changed between two of the questions that make an answer."""
    if len(found) < len(set(wanted)):
        raise StoreError("The library in Milvus was changed while it was asked. Ask again.")


def _as_places(
    words: Words, own: str, counted: str, traits: str, context: str
) -> tuple[bytes, bytes, bytes, bytes]:
    spoken, counts, above = (words.known(to_bytes(one)) for one in (own, counted, context))
    return spoken, counts, to_bytes(traits), above


def _views(generation: Generation, role: str, contents: Sequence[tuple[int, int]]) -> list[bytes]:
    """Return the vectors of each of `contents`, given with how many they are."""
    wanted = {content * VIEWS + place for content, size in contents for place in range(size)}
    rows = generation.rows(f"{role}_views", "number", wanted, ["number", "vector"])
    held = {row["number"]: np.array(row["vector"], dtype=np.float32).tobytes() for row in rows}
    require_all(held, wanted)
    return [b"".join(held[content * VIEWS + place] for place in range(size)) for content, size in contents]
