"""What the tables know of sentences that may answer a question; no text is read for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from sstc_chat.index.database import LISTED, Tables, listed
from sstc_chat.index.evidence import Evidence, SentenceTerms, evidence_of
from sstc_chat.index.recent import Recent
from sstc_chat.index.types import Vectors
from sstc_chat.index.words import Words

SELECT_TERMS = """
SELECT sentence, document_id, kind = 'line', sentence_terms.words, counted, traits, section_terms.words
FROM sentence_terms
JOIN sentences ON sentences.number = sentence JOIN sections ON sections.number = sentences.section
JOIN section_terms ON section_terms.section = sentences.section
"""
SELECT_VIEWS = "SELECT number, vectors FROM sentence_vectors"
# How many sentences are kept in memory once they were read; with its views one takes some 15 kB.
REMEMBERED = 2048


class Sentences:
    """The sentences of an index that does not change.

    Parameters
    ----------
    tables
        That hold them.
    words
        Of the index.
    roles
        Of the encoders.
    """

    def __init__(self, tables: Tables, words: Words, roles: Iterable[str]) -> None:
        self._terms = Recent(partial(_terms_in, tables, words), REMEMBERED)
        self._views = {role: Recent(partial(_views_in, tables, role), REMEMBERED) for role in roles}

    def evidence(self, numbers: Iterable[int], vectors: Mapping[str, Vectors]) -> Evidence:
        """Return what is known of those of the sentences `numbers` that can be quoted.

        `vectors` is the question's under each encoder.
        """
        known = self._terms.of(sorted(numbers))
        rows = sorted(row for row in known.values() if row)
        views = {}
        for role in vectors:
            held = self._views[role].of(row.number for row in rows)
            views[role] = [held[row.number] for row in rows]
        return evidence_of(rows, views, vectors)


def _terms_in(tables: Tables, words: Words, numbers: list[int]) -> dict[int, SentenceTerms | None]:
    """Return what is stored of sentences; None for those that cannot be quoted."""
    rows = tables.rows(f"{SELECT_TERMS} WHERE sentence IN {LISTED}", listed(numbers))
    found = {
        number: SentenceTerms(
            number, document, is_line, words.known(own), words.known(counted), traits, words.known(above)
        )
        for number, document, is_line, own, counted, traits, above in rows
    }
    return {**dict.fromkeys(numbers), **found}


def _views_in(tables: Tables, role: str, numbers: list[int]) -> dict[int, bytes]:
    query = f"{SELECT_VIEWS} WHERE model = ? AND number IN {LISTED}"
    return dict(tables.rows(query, role, listed(numbers)))
