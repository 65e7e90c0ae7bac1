from __future__ import annotations

from dataclasses import replace

import pytest

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.rag.citing import cite, verify
from sstc_chat.rag.engine import Engine


def test_every_sentence_of_the_report_can_be_cited(engine: Engine) -> None:
    (source,) = engine.sources()
    citations = cite(engine.lines(source.id), engine.documents)
    verify(citations, engine.store)
    assert [one.number for one in citations] == list(range(1, len(citations) + 1))
    assert {one.document_sha256 for one in citations} == {source.sha256}


@pytest.mark.parametrize("shift", [-1, 1, 40])
def test_a_quote_that_is_not_what_stands_at_its_spans_is_never_shown(engine: Engine, shift: int) -> None:
    (source,) = engine.sources()
    right = cite([engine.lines(source.id)[3]], engine.documents)[0]
    wrong = replace(right, spans=tuple((start + shift, end + shift) for start, end in right.spans))
    with pytest.raises(IndexDamagedError, match="index build"):
        verify([right, wrong], engine.store)


def test_a_changed_quote_is_never_shown(engine: Engine) -> None:
    (source,) = engine.sources()
    right = cite([engine.lines(source.id)[3]], engine.documents)[0]
    with pytest.raises(IndexDamagedError, match=source.id):
        verify([replace(right, quote=right.quote.replace("a", "e", 1))], engine.store)
