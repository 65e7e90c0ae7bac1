"""Turn sentences into citations, and check each against the characters it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.corpus.markup import plain
from sstc_chat.index.store import Store
from sstc_chat.index.types import Line, Source
from sstc_chat.rag.choosing.ranking import Ranking
from sstc_chat.rag.composing import in_order
from sstc_chat.rag.types import Citation


def cited(
    ranking: Ranking,
    chosen: Sequence[int],
    runs: Sequence[Sequence[int]],
    store: Store,
    sources: Mapping[str, Source],
) -> tuple[Citation, ...]:
    """Return each run of places as a citation that holds the best of those chosen in it, checked."""
    numbers = ranking.candidates.evidence.numbers.tolist()
    lines = store.lines(numbers[place] for run in runs for place in run)
    best = [next(place for place in chosen if place in run) for run in runs]
    quotes = [
        joined([lines[numbers[place]] for place in run], store, run.index(kept))
        for run, kept in zip(runs, best, strict=True)
    ]
    citations = cite(in_order(quotes), sources)
    verify(citations, store)
    return citations


def cite(lines: Sequence[Line], sources: Mapping[str, Source]) -> tuple[Citation, ...]:
    """Return a citation for each line, numbered from 1."""
    return tuple(
        _citation(number, line, sources[line.document_id]) for number, line in enumerate(lines, start=1)
    )


def verify(citations: Sequence[Citation], store: Store) -> None:
    """Check before we show: every quote must be what the source says at its spans.

    Raises
    ------
    IndexDamagedError
        If one is not. An index that passed its own sums never brings that about.
    """
    for citation in citations:
        source = plain(store.characters(citation.document_id, citation.spans))
        if source != " ".join(citation.quote.split()):
            raise IndexDamagedError(
                f"The quote {citation.quote[:60]!r} is not what {citation.document_id} says at "
                f"{list(citation.spans)}. Run: sstc-chat index build"
            )


def joined(lines: Sequence[Line], store: Store, kept: int = 0) -> Line:
    """Return `lines`, which follow on one another, as one quote.

    Where they are not one piece of the source, it is the piece that holds the one at `kept`. A caption is a
    piece of its own: it belongs to its picture.
    """
    whole = lines[kept]
    for line in lines[kept + 1 :]:
        longer = _followed_by(whole, line, store)
        if longer is None:
            break
        whole = longer
    for line in reversed(lines[:kept]):
        longer = _followed_by(line, whole, store)
        if longer is None:
            break
        whole = longer
    return whole


def _followed_by(line: Line, other: Line, store: Store) -> Line | None:
    """Return both as one quote, or None where they are not one piece of the source."""
    if "caption" in {line.kind, other.kind}:
        return None
    end, start = line.spans[-1][1], other.spans[0][0]
    spans = (*line.spans[:-1], (line.spans[-1][0], other.spans[0][1]), *other.spans[1:])
    text = " ".join(f"{line.text} {other.text}".split())
    whole = end <= start and plain(store.characters(line.document_id, spans)) == text
    return replace(line, text=text, spans=spans) if whole else None


def _citation(number: int, line: Line, source: Source) -> Citation:
    return Citation(
        number=number,
        quote=line.text,
        document_id=source.id,
        document_title=source.title,
        document_sha256=source.sha256,
        section=line.section,
        page=line.page,
        spans=line.spans,
    )
