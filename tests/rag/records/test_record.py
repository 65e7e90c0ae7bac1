"""A record and the answer it was made of are one and the same; nothing else passes for a record."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.records.record import answer_of, record_of
from sstc_chat.rag.records.selectors import annotated
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, Question

Record = dict[str, Any]
Change = Callable[[Record], object]
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(CHARACTERS, max_size=30)
SPAN = st.tuples(st.integers(0, 10_000), st.integers(1, 500)).map(lambda pair: (pair[0], sum(pair)))
CITATION = st.builds(
    Citation,
    number=st.integers(1, 99),
    quote=TEXT,
    document_id=TEXT,
    document_title=TEXT,
    document_sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    section=st.lists(TEXT, max_size=3).map(tuple),
    page=st.none() | st.integers(0, 999),
    spans=st.lists(SPAN, min_size=1, max_size=3).map(tuple),
)
CITATIONS = st.lists(CITATION, max_size=4, unique_by=lambda one: one.number).map(tuple)
FINITE = st.floats(0, 1e6, allow_nan=False)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    citations = draw(CITATIONS)
    rested = st.lists(st.sampled_from(citations), max_size=3) if citations else st.just([])
    sentence = st.builds(
        AnswerSentence,
        text=TEXT,
        citations=rested.map(lambda cited: tuple(one.number for one in cited)),
        verdict=st.sampled_from(["quoted", "supported", "unsupported"]),
    )
    return Answer(
        question=draw(st.builds(Question, TEXT, TEXT, st.sampled_from(["en", "fr", "ar", "zh", "pt-BR"]))),
        refusal=draw(st.sampled_from([None, "outside", "unsaid", "no question"])),
        text=draw(TEXT),
        confidence=draw(st.floats(0, 1)),
        sentences=tuple(draw(st.lists(sentence, max_size=3))),
        citations=citations,
        nearest=draw(CITATIONS),
        fingerprint=draw(st.dictionaries(TEXT, TEXT, max_size=3)),
        milliseconds=draw(st.dictionaries(TEXT, FINITE, max_size=3)),
    )


@given(answers())
def test_an_answer_comes_back_from_its_record_as_it_was(answer: Answer) -> None:
    assert answer_of(json.loads(json.dumps(record_of(answer)))) == answer


@given(answers(), st.datetimes(timezones=st.just(timezone.utc), min_value=datetime(1000, 1, 1)))
def test_a_record_comes_back_from_its_answer_as_it_was(answer: Answer, made: datetime) -> None:
    record = record_of(answer, made)
    assert record_of(answer_of(record), made) == record


@pytest.fixture(scope="module")
def kept(engine: Engine) -> Record:
    """Return the record of an answer whose quote runs around a caption, and so has two pieces."""
    line = next(line for line in engine.lines(engine.sources()[0].id) if len(line.spans) > 1)
    answer = engine.ask(line.text)
    assert any(len(one.spans) > 1 for one in answer.citations)
    return annotated(record_of(answer), engine.store)


def test_a_record_says_what_the_answer_depends_on(kept: Record, engine: Engine) -> None:
    (source,) = engine.sources()
    assert kept["citations"][0]["document"] == {
        "id": source.id,
        "title": source.title,
        "sha256": source.sha256,
    }
    assert set(kept["fingerprint"]) == {"index", "english", "multilingual", "chunk_size"}
    assert kept["program"]
    ago = datetime.now(timezone.utc) - datetime.fromisoformat(kept["made"])
    assert timedelta(0) <= ago < timedelta(days=1)


def test_quotes_are_selected_as_the_web_annotation_model_has_it(kept: Record, engine: Engine) -> None:
    """The oracle is the whole source text, sliced here."""
    (source,) = engine.sources()
    text = engine.store.characters(source.id, ((0, 1 << 30),))
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
    for target in (one for cited in kept["citations"] for one in cited["target"]):
        position, quote = target["selector"]
        assert target["source"] == f"ni:///sha-256;{digest.rstrip('=')}"
        assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        start, end = position["start"], position["end"]
        assert quote["exact"] == text[start:end]
        assert quote["prefix"] == text[max(0, start - 32) : start]
        assert quote["suffix"] == text[end : end + 32]
        assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_a_quote_at_either_end_of_a_text_has_less_around_it() -> None:
    class Whole:
        def characters(self, _document: str, spans: tuple[tuple[int, int], ...]) -> str:
            return "".join("A cup of tea."[start:end] for start, end in spans)

    citation = Citation(1, "A cup of tea.", "tea", "Tea", "0" * 64, (), None, ((0, 13),))
    answer = Answer(Question("?", "?", "en"), None, "", 1.0, (), (citation,), (), {}, {})
    quote = annotated(record_of(answer), Whole())["citations"][0]["target"][0]["selector"][1]
    assert (quote["prefix"], quote["exact"], quote["suffix"]) == ("", "A cup of tea.", "")


def test_an_annotated_record_is_the_same_answer(kept: Record, engine: Engine) -> None:
    bare = answer_of(kept)
    assert annotated(record_of(bare, datetime.fromisoformat(kept["made"])), engine.store) == kept


def test_a_quote_of_another_text_is_not_annotated(kept: Record, engine: Engine) -> None:
    changed = copy.deepcopy(kept)
    changed["citations"][0]["quote"] += "!"
    with pytest.raises(RecordError, match="Ask the question again"):
        annotated(changed, engine.store)


def _put(value: object, *path: str | int) -> Change:
    def change(record: Record) -> None:
        inner: Any = record
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value

    return change


SELECTOR = ("citations", 0, "target", 0, "selector")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param(_put("another", "format"), "no record", id="another format"),
        pytest.param(_put(2, "version"), "version 2", id="a later version"),
        pytest.param(lambda record: record.pop("text"), "text: Field required", id="less"),
        pytest.param(_put("x", "more"), "more", id="more"),
        pytest.param(_put(7, "question"), "question", id="a number for a text"),
        pytest.param(_put("0.5", "confidence"), "confidence", id="a text for a number"),
        pytest.param(_put(1.5, "confidence"), "confidence", id="more than certain"),
        pytest.param(_put(float("nan"), "confidence"), "confidence", id="not a number"),
        pytest.param(_put("\ud800", "text"), "text", id="half a character"),
        pytest.param(_put("maybe", "refusal"), "refusal", id="an unknown refusal"),
        pytest.param(_put('en" onload="', "language"), "language", id="no language"),
        pytest.param(_put("yesterday", "made"), "made", id="no time"),
        pytest.param(_put(["a"], "citations"), "citations.0", id="no citation"),
        pytest.param(_put([], "citations", 0, "target"), "citations.0.target", id="no place"),
        pytest.param(_put(-1, *SELECTOR, 0, "start"), "start", id="before the first"),
        pytest.param(_put(0, *SELECTOR, 0, "end"), "is not behind the start", id="ends before it starts"),
        pytest.param(_put(1 << 70, *SELECTOR, 0, "end"), "end", id="too far"),
        pytest.param(_put("XPathSelector", *SELECTOR, 0, "type"), "selector", id="an unknown selector"),
        pytest.param(_put([], *SELECTOR), "not a position", id="no selector"),
        pytest.param(_put("0" * 64, "citations", 0, "document", "sha256"), "ni address", id="two sums"),
        pytest.param(_put([99], "sentences", 0, "citations"), "rest on [99]", id="a missing citation"),
    ],
)
def test_what_is_no_record_is_refused_and_named(kept: Record, change: Change, named: str) -> None:
    changed = copy.deepcopy(kept)
    change(changed)
    with pytest.raises(RecordError) as caught:
        answer_of(changed)
    assert named in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("value", [None, [], "record", {}, 5])
def test_other_things_are_no_records(value: object) -> None:
    with pytest.raises(RecordError, match="no record"):
        answer_of(value)


def test_deep_nesting_is_named_too(kept: Record) -> None:
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(RecordError, match="text"):
        answer_of({**kept, "text": deep})
