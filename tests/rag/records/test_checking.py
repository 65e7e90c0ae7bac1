"""What became of quotes: documents are edited as people edit them, and the edit says what must be found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document, Sentence
from sstc_chat.rag.records.checking import Checked, Reports
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.records.selectors import annotated
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, Question

Record = dict[str, Any]
SHIFTING = st.text(st.characters(codec="utf-8", exclude_characters="\\[]()"), min_size=1, max_size=40)


class Shelf:
    """Documents whose characters can be had as from an index."""

    def __init__(self, *documents: Document) -> None:
        self.texts = {one.id: one.text for one in documents}

    def characters(self, document_id: str, spans: tuple[tuple[int, int], ...]) -> str:
        return "".join(self.texts[document_id][start:end] for start, end in spans)


def record(document: Document, sentence: Sentence, *, bare: bool = False) -> Record:
    """Return the record of an answer that quotes a sentence; a bare one lacks the characters around."""
    citation = Citation(
        1, sentence.text, document.id, document.title, document.sha256, (), None, sentence.spans
    )
    said = AnswerSentence(sentence.text, (1,), "quoted")
    text = f"It says: “{sentence.text}” [1]"
    answer = Answer(Question("What?", "What?", "en"), None, text, 0.9, (said,), (citation,), (), {}, {})
    made = record_of(answer)
    return made if bare else annotated(made, Shelf(document))


def checked(kept: Record, *documents: Document) -> tuple[str, str, str]:
    """Return the state, the document in which it is found, and how the source reads there."""
    found = Reports(documents).check(kept)
    (finding,) = found.findings
    if finding.place is None:
        return finding.state, "", ""
    document = finding.place.document
    assert document in documents
    says = plain("".join(document.text[start:end] for start, end in finding.place.spans))
    assert says == finding.place.text
    return finding.state, document.id, says


@pytest.fixture(scope="module")
def sentences(report: Document) -> tuple[Sentence, ...]:
    return read(report).sentences


def test_every_quote_of_an_unchanged_report_is_the_same(
    report: Document, sentences: tuple[Sentence, ...]
) -> None:
    reports = Reports([report])
    for sentence in sentences:
        for bare in (True, False):
            found = reports.check(record(report, sentence, bare=bare))
            assert [one.state for one in found.findings] == ["same"]
            assert found.holds


@settings(max_examples=40)
@given(data=st.data(), added=SHIFTING)
def test_a_quote_moves_with_what_is_put_before_it(
    report: Document, sentences: tuple[Sentence, ...], data: st.DataObject, added: str
) -> None:
    sentence = data.draw(st.sampled_from(sentences))
    place = data.draw(st.integers(0, sentence.spans[0][0]))
    edited = replace(report, text=f"{report.text[:place]}{added}{report.text[place:]}")
    (finding,) = Reports([edited]).check(record(report, sentence)).findings
    assert finding.state == "moved"
    assert finding.place
    moved = tuple((start + len(added), end + len(added)) for start, end in sentence.spans)
    # Where several places read the same and are surrounded by the same, any of them will do.
    assert finding.place.spans == moved or plain(edited.text).count(sentence.text) > 1
    assert finding.place.text == " ".join(sentence.text.split())


def test_of_several_places_it_is_the_one_with_the_same_around_it() -> None:
    text = "Green tea. It is good. Much is drunk.\n\nBlack tea. It is good. Less is."
    old = Document("tea", "Tea", text, "en")
    new = replace(old, text="White tea. It is good. Some is drunk.\n\n" + old.text)
    for sentence in [one for one in read(old).sentences if one.text == "It is good."]:
        (finding,) = Reports([new]).check(record(old, sentence)).findings
        shift = len(new.text) - len(old.text)
        assert finding.place
        assert finding.place.spans == tuple((start + shift, end + shift) for start, end in sentence.spans)


def test_without_anything_around_it_the_nearest_place_is_taken() -> None:
    old = Document("tea", "Tea", "Green tea is good. Black tea.", "en")
    new = replace(old, text=f"Green tea is good. Much.{' ' * 40}Green tea is good.")
    (finding,) = Reports([new]).check(record(old, read(old).sentences[0], bare=True)).findings
    assert finding.place
    assert finding.place.spans == ((0, 18),)


@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Tea costs \\$5\n a cup.", id="other line breaks"),
        pytest.param("Tea costs $5 a cup.", id="an escape less"),
        pytest.param("Tea [costs](#) \\$5 a cup.", id="a link more"),
        pytest.param("See: Tea costs \\$5 a cup. Or two.", id="in the middle of a line"),
    ],
)
def test_a_quote_that_reads_the_same_has_moved(text: str, *, bare: bool) -> None:
    old = Document("tea", "Tea", "Tea costs \\$5 a cup.", "en")
    kept = record(old, read(old).sentences[0], bare=bare)
    assert checked(kept, replace(old, text=text)) == ("moved", "tea", "Tea costs $5 a cup.")


def test_a_quote_around_a_caption_is_found_with_another_caption_and_without(report: Document) -> None:
    sentence = next(one for one in read(report).sentences if len(one.spans) == 2)
    (_, end), (start, _) = sentence.spans
    quote = " ".join(sentence.text.split())
    for bare in (True, False):
        kept = record(report, sentence, bare=bare)
        for between in ("\n\n\n\nA picture of tea\n\n", " "):
            edited = replace(report, text=report.text[:end] + between + report.text[start:])
            assert checked(kept, edited) == ("moved", report.id, quote)


@pytest.mark.parametrize("by", ["id", "title", "sum"])
def test_another_version_is_known_by_its_id_its_title_or_its_sum(by: str) -> None:
    old = Document("tea-1", "On tea", "Tea costs 5 dollars a cup.", "en")
    new = Document("tea-2", "All about tea", "Now: Tea costs 5 dollars a cup.", "en")
    shared = {"id": {"id": old.id}, "title": {"title": old.title}, "sum": {"text": old.text}}
    same: dict[str, Any] = shared[by]
    other = Document("x", "X", "Coffee.", "en")
    found = checked(record(old, read(old).sentences[0]), other, replace(new, **same))
    assert found == ("same" if by == "sum" else "moved", same.get("id", "tea-2"), old.text)


def test_the_very_document_comes_before_its_other_versions() -> None:
    old = Document("tea-1", "On tea", "Tea costs 5 dollars a cup.", "en")
    new = Document("tea-2", "On tea", "Now: Tea costs 5 dollars a cup.", "en")
    kept = record(old, read(old).sentences[0])
    assert checked(kept, new, old)[:2] == ("same", "tea-1")


def test_a_changed_quote_is_shown_beside_what_is_most_like_it() -> None:
    old = Document("tea", "Tea", "Green tea is good. Tea costs 5 dollars a cup in Ruritania. Drink it.", "en")
    new = replace(old, text="Tea costs 7 dollars a cup in Ruritania. Green tea is good. Drink it.")
    kept = record(old, read(old).sentences[1])
    assert checked(kept, new) == ("changed", "tea", "Tea costs 7 dollars a cup in Ruritania.")


def test_a_quote_of_several_sentences_is_compared_with_several() -> None:
    text = "Tea comes first. It costs 5 dollars a cup. Many drink it in Ruritania. Coffee comes last."
    old = Document("tea", "Tea", text, "en")
    whole = replace(read(old).sentences[0], text=text[:70], spans=((0, 70),))
    new = replace(old, text=f"On drinks.\n\n{text.replace('5', '7')}")
    state, _, says = checked(record(old, whole), new)
    assert (state, says) == ("changed", text[:70].replace("5", "7"))


def test_what_is_nowhere_is_gone() -> None:
    old = Document("tea", "Tea", "Tea costs 5 dollars a cup in Ruritania.", "en")
    kept = record(old, read(old).sentences[0])
    (finding,) = Reports([replace(old, text="Nothing is said of prices here.")]).check(kept).findings
    assert (finding.state, finding.versions) == ("gone", 1)
    (finding,) = Reports([Document("x", "X", old.text + " So it is.", "en")]).check(kept).findings
    assert (finding.state, finding.versions) == ("gone", 0)
    (finding,) = Reports([]).check(kept).findings
    assert (finding.state, finding.versions) == ("gone", 0)


def _tampered(kept: Record, **changes: object) -> Checked:
    document = Document("tea", "Tea", "Tea costs 5 dollars a cup in Ruritania.", "en")
    return Reports([document]).check({**kept, **changes})


@pytest.fixture
def tea() -> Record:
    document = Document("tea", "Tea", "Tea costs 5 dollars a cup in Ruritania.", "en")
    return record(document, read(document).sentences[0])


def test_a_quote_that_was_tampered_with_is_not_the_same(tea: Record) -> None:
    (cited,) = tea["citations"]
    forged = {**cited, "quote": "Tea costs 9 dollars a cup in Ruritania."}
    found = _tampered(tea, citations=[forged])
    assert [one.state for one in found.findings] == ["changed"]
    assert [one.text for one in found.misquoted] == [cited["quote"]]
    assert not found.holds


def test_a_sentence_that_is_not_what_it_quotes_is_found(tea: Record) -> None:
    (said,) = tea["sentences"]
    assert _tampered(tea).holds
    for forged in ({**said, "text": "Tea costs nothing."}, {**said, "citations": []}):
        found = _tampered(tea, sentences=[forged], text=f"It says: “{forged['text']}” [1]")
        assert [one.text for one in found.misquoted] == [forged["text"]]
        assert not found.holds
    assert not _tampered(tea, text="It says: “Tea costs nothing.” [1]").holds


def test_prose_that_quotes_support_is_no_quote_itself(tea: Record) -> None:
    said = {"text": "A cup of tea is 5 dollars.", "citations": [1], "verdict": "supported"}
    assert _tampered(tea, sentences=[said], text="A cup of tea is 5 dollars. [1]").holds


def test_a_refusal_is_checked_by_its_nearest_passages(tea: Record) -> None:
    found = _tampered(tea, citations=[], sentences=[], nearest=tea["citations"], refusal="unsaid", text="No.")
    assert [one.state for one in found.findings] == ["same"]


@pytest.mark.parametrize("quote", ["", " ", "x" * 100_000])
def test_any_quote_comes_to_an_end(tea: Record, quote: str) -> None:
    (cited,) = tea["citations"]
    found = _tampered(tea, citations=[{**cited, "quote": quote}])
    assert [one.state for one in found.findings] == ["gone"]
