"""No text is lost or said twice, and every range and id holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document, Reading

MARKUP = (
    r"(?P<link>\[)[^\[\]]*(?P<target>\]\([^()\s]*\))",
    r"(?P<escape>\\)[^\w\s]",
    r"(?m)^[^\S\n]*(?P<heading>[▶►]|#{1,6}(?=[ \t]))",
)


def markup_places(source: str) -> Iterator[int]:
    """Yield where the characters stand that are not read: found again here, by other means."""
    for pattern in MARKUP:
        for match in re.finditer(pattern, source):
            for group in match.groupdict():
                yield from range(*match.span(group))


def assert_nothing_lost(reading: Reading) -> None:
    source = reading.document.text
    unread = set(markup_places(source))
    read_at = Counter(place for one in reading.sentences for span in one.spans for place in range(*span))
    for place, character in enumerate(source):
        if place not in unread and not character.isspace():
            assert read_at[place] == 1, f"{character!r} at {place} is read {read_at[place]} times"


def assert_whole(reading: Reading, size: int) -> None:
    sentences = reading.sentences
    for one in sentences:
        assert reading.text[one.start : one.end] == one.text == one.text.strip()
        section = reading.sections[one.section]
        assert section.start <= one.start < one.end <= section.end
    covered: list[int] = []
    for chunk in reading.chunks:
        members = sentences[chunk.first : chunk.last]
        covered += range(chunk.first, chunk.last)
        assert {one.section for one in members} == {chunk.section}
        assert reading.text[members[0].start : members[-1].end] == chunk.text
        above = (reading.document.title, *reading.sections[chunk.section].path)
        assert chunk.context == ". ".join(dict.fromkeys(above))
        assert len(chunk.text) <= size or len(members) == 1
    assert covered == list(range(len(sentences)))


def test_nothing_of_the_report_is_lost(reading: Reading) -> None:
    assert_nothing_lost(reading)


@pytest.mark.parametrize("size", [100, 300, 800, 10_000])
def test_the_chunks_of_the_report_are_whole(report: Document, size: int) -> None:
    assert_whole(read(report, size), size)


@given(data=st.data())
@settings(max_examples=200)
def test_nothing_of_a_torn_text_is_lost(
    data: st.DataObject, torn_sources: st.SearchStrategy[str], read_text: Callable[..., Reading]
) -> None:
    assert_nothing_lost(read_text(data.draw(torn_sources)))


@given(data=st.data(), size=st.integers(20, 900))
@settings(max_examples=100)
def test_sentences_sections_and_chunks_of_a_torn_text_hold_together(
    data: st.DataObject,
    size: int,
    torn_sources: st.SearchStrategy[str],
    read_text: Callable[..., Reading],
) -> None:
    reading = read_text(data.draw(torn_sources), size)
    assert_whole(reading, size)
    # Sections follow one on another, and each begins with its own heading.
    bounds = [(one.start, one.end) for one in reading.sections]
    assert bounds[0][0] == 0
    assert bounds[-1][1] == len(reading.text)
    assert all(end + 1 == start for (_, end), (start, _) in pairwise(bounds))
    for section in reading.sections[1:]:
        assert reading.text[section.start :].startswith(section.path[-1])


@given(data=st.data())
@settings(max_examples=50)
def test_ids_are_distinct_and_reading_twice_gives_equal_values(
    data: st.DataObject, torn_sources: st.SearchStrategy[str], read_text: Callable[..., Reading]
) -> None:
    source = data.draw(torn_sources)
    reading = read_text(source)
    assert reading == read_text(source)
    for items in (reading.sentences, reading.chunks):
        ids = [one.id for one in items]
        assert len(set(ids)) == len(ids)


def test_ids_depend_on_the_document_and_on_the_text(read_text: Callable[..., Reading]) -> None:
    one = read_text("Same words.")
    other_text = read_text("Same word.")
    other_document = read(Document("another", "Made up", "Same words.", "en"))
    ids = {reading.sentences[0].id for reading in (one, other_text, other_document)}
    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", identity) for identity in ids)


def test_the_context_of_a_chunk_is_its_title_and_the_headings_above_it() -> None:
    text = "# Africa\n\nIt began.\n\n## Kenya\n\nIt went on.\n\n# Asia\n\nIt ended."
    chunks = read(Document("made-up", "Made up", text, "en")).chunks
    assert [one.context for one in chunks] == ["Made up. Africa", "Made up. Africa. Kenya", "Made up. Asia"]
    chunks = read(Document("made-up", "Africa", text, "en")).chunks
    assert [one.context for one in chunks] == ["Africa", "Africa. Kenya", "Africa. Asia"]


def test_under_another_title_a_chunk_has_another_id_and_a_sentence_the_same() -> None:
    one, other = (read(Document("made-up", title, "Same words.", "en")) for title in ("One", "Other"))
    assert one.chunks[0].id != other.chunks[0].id
    assert one.sentences[0].id == other.sentences[0].id


def test_the_source_is_not_changed(report: Document, reading: Reading) -> None:
    assert reading.document is report
    assert reading.document.sha256 == report.sha256
