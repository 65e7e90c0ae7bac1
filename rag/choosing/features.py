"""What is known of a sentence as an answer to a question, as numbers that mean the same on any report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sstc_chat.index.evidence import Evidence
from sstc_chat.index.store import Store
from sstc_chat.index.types import Vectors
from sstc_chat.rag.choosing.terms import Terms
from sstc_chat.rag.retrieval import Found, Query

# A match counts by its third power, so that many half matches do not make a whole one.
POWER = 3
EXACTLY = 0.85
# A word of a sentence is new if no word of the question comes this close to it.
NEW = 0.6

FEATURES = (
    *("passage", "rank", "english", "multilingual", "nearest_view"),
    *("coverage", "exact_coverage", "context_coverage", "neighbour_coverage", "passage_coverage"),
    *("weakest", "weakest_near", "before", "after"),
    *("length", "new_words", "leaning", "asking", "date", "names", "separators"),
    *(
        "count_given",
        "counted",
        "amount_given",
        "contact_given",
        "date_given",
        "place_named",
        "person_named",
        "several_listed",
    ),
    "leaning_on",
)


@dataclass(frozen=True)
class Candidates:
    """The sentences of the passages found, and how the question's terms are matched.

    Attributes
    ----------
    evidence
        What the index knows of them.
    places
        The place of each one's passage among the hits, from 0, shape (sentences,).
    own, near, within
        The best match of each term in the sentence, its title and headings; in these and the sentences
        before and behind; in these and the passage. Shape (terms, sentences).
    bare, counted
        In the sentence alone, and in its words that are counted.
    """

    evidence: Evidence
    places: NDArray[np.intp]
    bare: Vectors
    own: Vectors
    near: Vectors
    within: Vectors
    counted: Vectors


def candidates_of(query: Query, found: Found, store: Store) -> Candidates:
    """Return the sentences of the passages found, with their matches."""
    numbers = [one for hit in found.hits for one in range(hit.passage.first, hit.passage.last)]
    evidence = store.evidence(numbers, query.vectors)
    matches = query.terms.matches
    bare = np.maximum(evidence.words.highest(matches), _given(query.terms, evidence, "contact"))
    own = np.maximum(bare, evidence.context.highest(matches))
    near = np.maximum(own, np.maximum(_before(bare, evidence), _after(bare, evidence)))
    places = _places(found, evidence.numbers)
    return Candidates(
        evidence=evidence,
        places=places,
        bare=bare,
        own=own,
        near=near,
        within=np.maximum(own, found.matches[:, places]),
        counted=evidence.counted.highest(matches),
    )


def features_of(query: Query, found: Found, candidates: Candidates) -> Vectors:
    """Return the features of each sentence, shape (sentences, len(FEATURES))."""
    evidence, terms, asked = candidates.evidence, query.terms, query.asked
    likeness = evidence.likeness["multilingual"]
    none = np.zeros(len(evidence.numbers), dtype=np.float32)
    english = evidence.likeness["english"].whole if "english" in evidence.likeness else none
    closest = english if query.role == "english" else likeness.best
    before = _before(closest[np.newaxis], evidence)[0]
    names: Vectors = np.log1p(evidence.trait("names"))
    separators: Vectors = np.log1p(evidence.trait("separators"))
    scores = np.array([hit.score for hit in found.hits], dtype=np.float32)
    columns: Sequence[Vectors] = (
        *(scores[candidates.places], np.log1p(candidates.places), english, likeness.whole, likeness.best),
        terms.share(candidates.bare**POWER),
        terms.share(np.asarray(candidates.bare >= EXACTLY, dtype=np.float32)),
        *(terms.share(one**POWER) for one in (candidates.own, candidates.near, candidates.within)),
        *(
            weakest(candidates.own),
            weakest(candidates.near),
            before,
            _after(closest[np.newaxis], evidence)[0],
        ),
        *(np.log1p(evidence.trait("length")), np.log1p(_new_words(terms, evidence))),
        *(evidence.trait(name) for name in ("leaning", "asking", "date")),
        *(names, separators),
        asked.count * evidence.trait("count"),
        asked.count * candidates.counted.max(axis=0, initial=0) ** POWER,
        *(_given(terms, evidence, trait).max(axis=0, initial=0) for trait in ("amount", "contact")),
        asked.time * evidence.trait("date"),
        *(asked.place * names, asked.person * names, asked.several * separators),
        evidence.trait("leaning") * before,
    )
    features: Vectors = np.array(columns, dtype=np.float32).T
    return features


def _given(terms: Terms, evidence: Evidence, trait: str) -> Vectors:
    """Return how much each term asks for a trait that the sentence has, shape (terms, sentences).

    A line with a number to call need not say "telephone".
    """
    return np.outer(terms.asking[trait], evidence.trait(trait)).astype(np.float32)


def weakest(matches: Vectors) -> Vectors:
    """Return the match of the term that is matched least, shape (sentences,); 0 without terms."""
    return matches.min(axis=0) if len(matches) else np.zeros(matches.shape[1], dtype=np.float32)


def _places(found: Found, numbers: NDArray[np.int32]) -> NDArray[np.intp]:
    """Return the place of each sentence's passage among the hits."""
    firsts = np.array([hit.passage.first for hit in found.hits])
    order = np.argsort(firsts)
    places: NDArray[np.intp] = order[np.searchsorted(firsts[order], numbers, side="right") - 1]
    return places


def _before(values: Vectors, evidence: Evidence) -> Vectors:
    """Return each sentence's value as that of the one right before it; 0 where there is none here."""
    shifted = np.zeros_like(values)
    shifted[:, 1:] = values[:, :-1] * evidence.following[1:]
    return shifted


def _after(values: Vectors, evidence: Evidence) -> Vectors:
    shifted = np.zeros_like(values)
    shifted[:, :-1] = values[:, 1:] * evidence.following[1:]
    return shifted


def _new_words(terms: Terms, evidence: Evidence) -> Vectors:
    """Return how many words of each sentence no term of the question is like, shape (sentences,)."""
    new = (terms.matches.max(axis=0, initial=0) < NEW) & terms.subject
    return evidence.words.counts(new.astype(np.float32))
