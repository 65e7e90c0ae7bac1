"""Prose is written on quotes as they were found, whatever becomes of the library while a model writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.records.selectors import annotated
from sstc_chat.rag.types import Answer
from sstc_chat.ui.chat.conversation import Turn, written

if TYPE_CHECKING:
    from tests.ui.conftest import Make


class Slow:
    """Writes one sentence, and before that every document is taken out."""

    def write(self, answer: Answer, _sources: object) -> Iterator[Answer]:
        first = replace(answer.sentences[0], text="So it began.", verdict="supported")
        yield replace(answer, sentences=(first,))
        yield replace(answer, sentences=(first,), milliseconds={"write": 1.0})


def test_a_document_that_is_taken_out_meanwhile_breaks_nothing_off(make: Make) -> None:
    lines, text = make.lines("one", ("paragraph", "It began in Turin."))
    answer = make.answer("Where?", make.citation(lines[0]))
    whole = make.engine({"one": [("paragraph", text.strip())]})
    record = annotated(record_of(answer), whole.store)
    turns = list(written(Turn("Where?", answer, record), Slow(), make.engine({})))  # type: ignore[arg-type]
    assert [turn.writing for turn in turns] == [True, False]
    for turn in turns:
        assert turn.record
        assert turn.record["citations"] == record["citations"]
        assert turn.record["sentences"][0]["text"] == "So it began."
