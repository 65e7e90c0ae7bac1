"""What a change of the library does to answers that were saved, quote by quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sstc_chat.index.library import Library
from sstc_chat.rag.feedback.keeping import all_feedback
from sstc_chat.rag.records.checking import STATES, Reports, State
from sstc_chat.rag.records.storage import NAME
from sstc_chat.rag.review.rounds import Rounds

# How many quotes are in which state, by where they are kept.
Effects = Mapping[str, Counter[State]]
Record = Mapping[str, Any]


def effects_on_records(library: Library, changed: Collection[str]) -> Effects:
    """Return how many quotes that were saved from `changed` documents are in which state now.

    Parameters
    ----------
    library
        As it is after the change; answers are saved in its home, with what people thought of them and in
        rounds of review.
    changed
        The ids of documents that were replaced or taken out.
    """
    if not changed or not (library.home / NAME).exists():
        return {}
    saved = {
        "answers with feedback": [one.opinion.record for one in all_feedback(library.home)],
        "rounds of review": Rounds(library.home).records(),
    }
    concerned = {
        where: [one for one in records if any(document["id"] in changed for document in _cited(one))]
        for where, records in saved.items()
    }
    titles = {
        document["title"] for records in concerned.values() for one in records for document in _cited(one)
    }
    near = (one for one in library if one.id in changed or one.title in titles) if titles else ()
    reports = Reports(near)
    return {where: _states(reports, records, changed) for where, records in concerned.items() if records}


def effects_text(effects: Effects) -> str:
    """Return the effects in a sentence for each place; empty where nothing that was saved is concerned."""
    return " ".join(
        f"Quotes in {where}: {', '.join(f'{states[state]:,} {state}' for state in STATES)}."
        for where, states in effects.items()
    )


def _states(reports: Reports, records: Iterable[Record], changed: Collection[str]) -> Counter[State]:
    return Counter(
        finding.state
        for record in records
        for finding in reports.check(record).findings
        if finding.citation.document_id in changed
    )


def _cited(record: Record) -> list[Mapping[str, str]]:
    return [one["document"] for one in (*record["citations"], *record["nearest"])]
