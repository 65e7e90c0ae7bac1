"""Turn sentences into citations, and check each against the characters it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.corpus.markup import plain
from sstc_chat.index.store import Store
from sstc_chat.index.types import Line, Source
from sstc_chat.rag.types import Citation


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


def with_antecedent(line: Line, before: Line, store: Store) -> Line:
    """Return `line` with the sentence that it points back to in front, as one quote.

    Where the two are not one piece of the source, `line` alone.
    """
    end, start = before.spans[-1][1], line.spans[0][0]
    if line.block != before.block or line.document_id != before.document_id or end > start:
        return line
    spans = (*before.spans[:-1], (before.spans[-1][0], line.spans[0][1]), *line.spans[1:])
    text = f"{before.text} {line.text}"
    said = plain(store.characters(line.document_id, spans))
    return replace(line, text=text, spans=spans) if said == " ".join(text.split()) else line


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
