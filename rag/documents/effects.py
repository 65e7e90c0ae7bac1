"""What a change of the library does to answers that were saved, quote by quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sstc_chat.index.library import Library
from sstc_chat.rag.feedback.keeping import all_feedback
from sstc_chat.rag.feedback.opinions import Feedback
from sstc_chat.rag.records.checking import STATES, Reports, State
from sstc_chat.rag.records.storage import NAME


def effects_on_records(library: Library, changed: Collection[str]) -> Counter[State]:
    """Return how many quotes that were saved from `changed` documents are in which state now.

    Parameters
    ----------
    library
        As it is after the change; answers are saved in its home, with what people thought of them.
    changed
        The ids of documents that were replaced or taken out.
    """
    if not changed or not (library.home / NAME).exists():
        return Counter()
    saved = [one for one in all_feedback(library.home) if _cited(one) & set(changed)]
    titles = {citation.document_title for one in saved for citation in one.answer.citations}
    near = (one for one in library if one.id in changed or one.title in titles) if saved else ()
    reports = Reports(near)
    return Counter(
        finding.state
        for one in saved
        for finding in reports.check(one.opinion.record).findings
        if finding.citation.document_id in changed
    )


def effects_text(effects: Counter[State]) -> str:
    """Return the effects in one line; empty where nothing that was saved is concerned."""
    told = ", ".join(f"{effects[state]:,} {state}" for state in STATES)
    return f"Quotes in saved answers: {told}." if effects else ""


def _cited(feedback: Feedback) -> set[str]:
    answer = feedback.answer
    return {citation.document_id for citation in (*answer.citations, *answer.nearest)}
