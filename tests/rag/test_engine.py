from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.corpus.types import Document, Spans
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.types import Answer

Check = Callable[[Answer], None]


@pytest.fixture(scope="module")
def check(report: Document, says: Callable[[str, Spans], str]) -> Check:
    """Check what holds of any answer to any question."""

    def checked(answer: Answer) -> None:
        shown = answer.nearest if answer.refused else answer.citations
        assert bool(answer.citations) != answer.refused
        assert 0 <= answer.confidence <= 1
        for citation in shown:
            assert says(report.text, citation.spans) == " ".join(citation.quote.split())
        assert [one.number for one in shown] == list(range(1, len(shown) + 1))
        assert [one.text for one in answer.sentences] == [one.quote for one in answer.citations]
        numbers = [int(number) for number in re.findall(r"” \[(\d+)\]", answer.text)]
        assert numbers == [one.number for one in answer.citations]

    return checked


def test_an_answer_quotes_the_report_exactly(engine: Engine, check: Check) -> None:
    answer = engine.ask("What is Ejo Heza?")
    check(answer)
    assert not answer.refused
    assert "long-term savings scheme (Ejo Heza)" in answer.citations[0].quote
    assert answer.citations[0].section == ("Africa",)
    assert answer.text.startswith("The report says: “The initiative emphasizes")


def test_a_quote_runs_around_a_caption_in_two_spans(engine: Engine, check: Check) -> None:
    answer = engine.ask("Who gathered key figures at the Annual Review of the Brazil-ILO South-South?")
    check(answer)
    quote = next(one for one in answer.citations if "gathered key figures" in one.quote)
    assert len(quote.spans) == 2
    assert "Photo" not in quote.quote


def test_what_the_report_does_not_say_is_refused(engine: Engine, check: Check) -> None:
    answer = engine.ask("Write me a poem about the sea.")
    check(answer)
    assert answer.refusal == "outside"
    assert len(answer.nearest) == 3
    assert "are not about this" in answer.text


def test_what_is_no_question_has_no_nearest_passages(engine: Engine) -> None:
    answer = engine.ask("What is it, and why?")
    assert answer.refusal == "no question"
    assert (answer.confidence, answer.citations, answer.nearest) == (0, (), ())


@pytest.mark.parametrize(
    ("right", "missed"),
    [
        ("When was the Belgrade workshop held?", "How much did the Belgrade workshop cost?"),
        ("Where was the OECD forum on triangular cooperation?", "Which hotel hosted the Lisbon forum?"),
        ("What is Ejo Heza?", "How many members does Ejo Heza have?"),
    ],
)
def test_a_near_miss_is_refused(engine: Engine, check: Check, right: str, missed: str) -> None:
    answer, refusal = engine.ask(right), engine.ask(missed)
    check(answer)
    check(refusal)
    assert not answer.refused
    assert refusal.refused
    assert answer.confidence > refusal.confidence


def test_a_sentence_that_points_back_is_quoted_with_the_one_before(engine: Engine, check: Check) -> None:
    answer = engine.ask("Which ILO standards do the African social protection activities align with?")
    check(answer)
    quote = next(one.quote for one in answer.citations if "Recommendation 202" in one.quote)
    assert quote.index("In Guinea Bissau") < quote.index("These activities aim")


def test_a_follow_up_is_answered_from_what_it_leans_on(engine: Engine, check: Check) -> None:
    answer = engine.ask("When was it held?", ["Tell me about the workshop in Belgrade."])
    check(answer)
    assert "10-12 September 2024" in " ".join(one.quote for one in answer.citations)
    assert answer.question.standalone == "Tell me about the workshop in Belgrade. When was it held?"


def test_the_same_question_has_the_same_answer(engine: Engine) -> None:
    first, second = (engine.ask("What is Ejo Heza?") for _ in range(2))
    assert (first.text, first.confidence, first.citations, first.fingerprint) == (
        second.text,
        second.confidence,
        second.citations,
        second.fingerprint,
    )


def test_many_may_ask_at_once(engine: Engine) -> None:
    questions = ["What is Ejo Heza?", "Where was the workshop?", "¿Dónde se celebró?"] * 4
    with ThreadPoolExecutor(8) as pool:
        together = [answer.text for answer in pool.map(engine.ask, questions)]
    assert together == [engine.ask(question).text for question in questions]


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=120))
def test_any_text_is_answered_exactly_refused_or_no_question(engine: Engine, check: Check, text: str) -> None:
    try:
        answer = engine.ask(text, [text])
    except QuestionError:
        return
    check(answer)


def test_search_gives_passages_best_first(engine: Engine) -> None:
    hits = engine.search("Ejo Heza", 4)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("documents", [[], [("a", "Only a heading")], [("a", "One."), ("b", "One.")]])
def test_small_libraries(
    tmp_path: Path,
    encoders: dict[str, Encoder],
    no_progress: Progress,
    documents: list[tuple[str, str]],
) -> None:
    chunks = {"chunk_size": 800}
    with open_library(tmp_path) as library:
        library.add(Document(identity, identity, text, "en") for identity, text in documents)
        build_index(tmp_path, library, encoders, chunks, no_progress)
    engine = Engine(open_store(tmp_path, encoders, chunks), encoders)
    answer = engine.ask("What is one?")
    quotes = [one.quote for one in (*answer.citations, *answer.nearest)]
    assert quotes == sorted(set(quotes))
    engine.store.close()
