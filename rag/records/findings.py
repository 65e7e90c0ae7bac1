"""What a check has found, as text for a terminal and as a JSON object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sstc_chat.rag.output import Json
from sstc_chat.rag.records.checking import STATES, Checked, Finding


def findings_text(checked: Sequence[Checked]) -> str:
    """Return for each answer what became of its quotes, and how many there are of each kind."""
    counts = _counts(checked)
    total = ", ".join(f"{counts[state]} {state}" for state in STATES)
    return "\n".join([*(line for one in checked for line in _lines(one)), f"Quotes: {total}"])


def findings_object(checked: Sequence[Checked]) -> Json:
    """Return the same as a JSON object."""
    counts = _counts(checked)
    return {
        "holds": all(one.holds for one in checked),
        "counts": {state: counts[state] for state in STATES},
        "answers": [
            {
                "question": one.answer.question.text,
                "holds": one.holds,
                "citations": [_finding_object(finding) for finding in one.findings],
                "misquoted": [sentence.text for sentence in one.misquoted],
            }
            for one in checked
        ],
    }


def _counts(checked: Sequence[Checked]) -> Counter[str]:
    return Counter(finding.state for one in checked for finding in one.findings)


def _lines(one: Checked) -> Iterator[str]:
    yield " ".join(one.answer.question.text.split())
    for finding in one.findings:
        yield f"  [{finding.citation.number}] {finding.state}{_where(finding)}"
        if finding.state == "changed" and finding.place:
            yield f"      was: {finding.citation.quote}"
            yield f"      now: {finding.place.text}"
    for sentence in one.misquoted:
        yield f"  not what it quotes: {sentence.text}"
    yield ""


def _where(finding: Finding) -> str:
    if finding.place is None:
        missing = "the document is not in the library" if not finding.versions else "nothing like it is there"
        return f": {finding.citation.document_title} ({finding.citation.document_id}), {missing}"
    spans = ", ".join(f"{start}–{end}" for start, end in finding.place.spans)
    document = finding.place.document
    return f": {document.title} ({document.id}), characters {spans}"


def _finding_object(finding: Finding) -> Json:
    place = finding.place
    return {
        "number": finding.citation.number,
        "state": finding.state,
        "quote": finding.citation.quote,
        "document_id": finding.citation.document_id,
        "spans": [list(span) for span in finding.citation.spans],
        "now": place
        and {
            "document_id": place.document.id,
            "document_title": place.document.title,
            "document_sha256": place.document.sha256,
            "spans": [list(span) for span in place.spans],
            "text": place.text,
            "likeness": round(place.likeness / 100, 4),
        },
    }
