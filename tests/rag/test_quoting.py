"""Sentences that belong together are one quote, exact to the character, and nothing is quoted twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.types import Document, Spans
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Line, Progress
from sstc_chat.rag.citing import joined
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import load_settings

Says = Callable[[str, Spans], str]
# A paragraph that a caption tears, and one that begins behind it with a word that points back.
TORN = """# Ruritania

The teapot of Ruritania holds nine cups of tea and it was made in the year 1910 by



Photo Credit : ILO

a potter in the capital of the country.

It was sold to a museum in Lisbon for nine dollars.
"""
LISTED = """# Grand Fenwick

The council of Grand Fenwick decided on the following:

- a bridge of stone across the river
- a school of music for the children
- a ferry to the island of Brill
- a garden of herbs
"""


@pytest.fixture(scope="module")
def small(
    tmp_path_factory: pytest.TempPathFactory, encoders: dict[str, Encoder], no_progress: Progress
) -> Iterator[Engine]:
    """Index the two texts above."""
    settings = load_settings({"home": tmp_path_factory.mktemp("small")}, environment={})
    documents = [Document("torn", "A teapot", TORN, "en"), Document("listed", "A list", LISTED, "en")]
    with open_library(settings.home) as library:
        library.add(documents)
        build_index(settings.home, library, encoders, settings.index_settings(), no_progress)
    with closing(open_store(settings.home, encoders, settings.index_settings())) as store:
        yield Engine(store, encoders)


def quotes_of(engine: Engine, question: str) -> list[str]:
    return [one.quote for one in engine.ask(question).citations]


def sections(engine: Engine) -> list[list[Line]]:
    """Return the sentences of the report, those of a block together."""
    (source,) = engine.sources()
    lines = engine.lines(source.id)
    return [[one for one in lines if one.block == block] for block in sorted({one.block for one in lines})]


@settings(max_examples=60)
@given(st.data())
def test_sentences_of_a_paragraph_are_one_exact_quote(
    engine: Engine, report: Document, says: Says, data: st.DataObject
) -> None:
    block = data.draw(st.sampled_from([one for one in sections(engine) if len(one) > 1]))
    first = data.draw(st.integers(0, len(block) - 2))
    run = block[first : data.draw(st.integers(first + 2, len(block)))]
    kept = data.draw(st.integers(0, len(run) - 1))
    whole = joined(run, engine.store, kept)
    assert whole.text == " ".join(line.text for line in run)
    assert says(report.text, whole.spans) == whole.text
    assert all(start < end for start, end in whole.spans)
    assert all(first_end <= second for (_, first_end), (second, _) in pairwise(whole.spans))


def test_where_two_are_not_one_piece_the_one_that_was_chosen_is_kept(small: Engine) -> None:
    _, paragraph, caption, behind = small.lines("torn")
    assert (caption.kind, behind.text[:2]) == ("caption", "It")
    assert joined([paragraph, caption, behind], small.store, 0) == paragraph
    assert joined([paragraph, caption, behind], small.store, 1) == caption
    assert joined([caption, behind], small.store, 1) == behind


def test_a_caption_is_not_what_it_points_back_to(small: Engine) -> None:
    quotes = quotes_of(small, "To which museum in Lisbon was it sold?")
    assert "It was sold to a museum in Lisbon for nine dollars." in quotes
    assert not [one for one in quotes if "Photo" in one]


def test_a_caption_is_quoted_alone(engine: Engine) -> None:
    quotes = quotes_of(engine, "Where was the G20 photo taken in Rio in November 2024?")
    assert quotes[0] == "Photo Credit : Brazilian Presidency of G20, Rio, November 2024"
    (source,) = engine.sources()
    for line, behind in pairwise(engine.lines(source.id)):
        if line.kind == "caption":
            assert joined([line, behind], engine.store) == line


def test_a_list_is_quoted_with_what_leads_up_to_it(small: Engine) -> None:
    best = quotes_of(small, "What did the council of Grand Fenwick decide on?")[0]
    items = ("bridge", "school", "ferry", "garden")
    assert best.startswith("The council of Grand Fenwick decided on the following:")
    assert [best.index(one) for one in items] == sorted(best.index(one) for one in items)


def test_all_that_a_small_index_shows_is_exact(small: Engine, says: Says) -> None:
    texts = {"torn": TORN, "listed": LISTED}
    for question in ("Who made the teapot of Ruritania?", "Is there a ferry to the island of Brill?"):
        answer = small.ask(question)
        assert answer.citations
        for one in answer.citations:
            assert says(texts[one.document_id], one.spans) == one.quote


@pytest.mark.parametrize(
    "question",
    [
        "What did the Summer University combine?",
        "What does the SSTC project for the informal economy address?",
        "What builds on the Regional Care Initiative?",
        "What is the email address?",
        "Quels pays participent aux projets ?",
        "¿Qué es la cooperación Sur-Sur?",
        "ما هي الدول العربية المشاركة؟",
        "哪些国家参加了该项目？",
        "Write me a poem about the sea.",
    ],
)
def test_nothing_is_shown_twice(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    spans = sorted(span for one in (*answer.citations, *answer.nearest) for span in one.spans)
    assert spans
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
