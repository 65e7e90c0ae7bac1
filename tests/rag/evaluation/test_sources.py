"""From spans to lines, against a loop over characters; and the check of a citation, which finds faults."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.types import Document, Spans
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.sources import Sources, lines_of
from sstc_chat.rag.types import Citation

QUESTION = "What is Ejo Heza?"


@pytest.fixture
def citation(engine: Engine) -> Citation:
    return engine.ask(QUESTION).citations[0]


@given(st.text("ab \n\r\x0b\u2028", max_size=60), st.data())
def test_lines_are_those_of_each_character_that_is_not_white(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(places, places).map(sorted).map(tuple), max_size=4))
    spans = tuple((start, end) for start, end in pairs)
    expected = {
        text[:place].count("\n")
        for start, end in spans
        for place in range(start, end)
        if not text[place].isspace()
    }
    assert lines_of(text, spans) == expected


@pytest.mark.parametrize(
    ("spans", "lines"),
    [
        pytest.param(((0, 5),), {0}, id="one line"),
        pytest.param(((6, 9),), {1}, id="a part of a line"),
        pytest.param(((0, 20),), {0, 1, 4}, id="over blank lines"),
        pytest.param(((0, 6),), {0}, id="with the line feed behind it"),
        pytest.param(((16, 20), (0, 2)), {0, 4}, id="two spans"),
        pytest.param((), set(), id="none"),
    ],
)
def test_lines_of_a_worked_case(spans: Spans, lines: set[int]) -> None:
    assert lines_of("first\nsecond\n\n \nlast", spans) == lines


def test_a_whole_text_is_that_of_the_document(engine: Engine, report: Document) -> None:
    assert Sources(engine.store).text(report.id) == report.text


def test_an_excerpt_says_what_the_citation_does(engine: Engine, report: Document, citation: Citation) -> None:
    excerpt = Sources(engine.store).excerpt(citation)
    assert excerpt.text == " ".join(citation.quote.split())
    lines = report.text.split("\n")
    assert all(lines[line].strip() for line in excerpt.lines)
    assert excerpt.text[:20] in plain(" ".join(lines[line] for line in sorted(excerpt.lines)))


def test_a_citation_of_the_engine_is_exact(engine: Engine, citation: Citation) -> None:
    assert Sources(engine.store).is_exact(citation)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"quote": "The initiative emphasises"}, id="another quote"),
        pytest.param({"spans": ((0, 40),)}, id="another place"),
        pytest.param({"spans": ()}, id="no place"),
        pytest.param({"spans": (), "quote": ""}, id="nothing at all"),
        pytest.param({"spans": ((-5, 10),)}, id="before the beginning"),
        pytest.param({"spans": ((10, 1 << 29),)}, id="behind the end"),
        pytest.param({"spans": ((40, 10),)}, id="backwards"),
        pytest.param({"document_sha256": "0" * 64}, id="another document"),
    ],
)
def test_a_citation_with_a_fault_is_not(
    engine: Engine, citation: Citation, changes: dict[str, object]
) -> None:
    assert not Sources(engine.store).is_exact(replace(citation, **changes))  # type: ignore[arg-type]
