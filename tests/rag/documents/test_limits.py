"""A question is limited to what is in the library, and to all that was asked for together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.index.types import Source
from sstc_chat.rag.documents.limits import Limits, documents_within, known_within, year_of


def source(name: str, language: str, **metadata: object) -> Source:
    return Source(name, name.title(), language, "0" * 64, metadata)


SOURCES = [
    source("one", "en", year="2024"),
    source("two", "fr", date="Genève, le 3 mai 2023"),
    source("three", "en", date="D:20230504"),
    source("four", "ar"),
]


@pytest.mark.parametrize(
    ("metadata", "year"),
    [
        ({"year": 2024}, "2024"),
        ({"year": "", "date": "2021-05-04"}, "2021"),
        ({"date": "May 4, 1998"}, "1998"),
        ({"date": "D:20230504120000"}, "2023"),
        ({"year": "unknown"}, ""),
        ({"date": "No. 120245"}, ""),
        ({}, ""),
    ],
)
def test_the_year_is_read_from_what_the_metadata_says(metadata: dict[str, object], year: str) -> None:
    assert year_of(source("any", "en", **metadata)) == year


some = st.lists(st.sampled_from(["one", "two", "three", "four"]), unique=True)
languages = st.lists(st.sampled_from(["en", "fr", "ar"]), unique=True)
years = st.lists(st.sampled_from(["2023", "2024"]), unique=True)


@given(documents=some, languages=languages, years=years)
def test_what_is_left_has_all_that_was_asked_for(
    documents: list[str], languages: list[str], years: list[str]
) -> None:
    limits = Limits(tuple(documents), tuple(languages), tuple(years))
    expected = {one.id for one in SOURCES}
    if documents:
        expected &= set(documents)
    if languages:
        expected &= {one.id for one in SOURCES if one.language in languages}
    if years:
        expected &= {one.id for one in SOURCES if year_of(one) in years}
    if not expected:
        with pytest.raises(QuestionError, match="No document is left"):
            documents_within(limits, SOURCES)
    else:
        assert documents_within(limits, SOURCES) == (expected if limits else frozenset())


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(("five",)), "no document 'five' in the library. There are: four, one, three, two."),
        (Limits((), ("xx",)), "no language 'xx' in the library. There are: ar, en, fr."),
        (Limits((), (), ("1999",)), "no year '1999' in the library. There are: 2023, 2024."),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(limits: Limits, said: str) -> None:
    with pytest.raises(QuestionError) as caught:
        documents_within(limits, SOURCES)
    assert said in str(caught.value)


def test_what_is_not_there_is_left_out_unless_nothing_would_be_left_of_its_kind() -> None:
    assert known_within(Limits(("one", "five"), ("fr",), ("1999", "")), SOURCES) == Limits(
        ("one",), ("fr",), ("1999", "")
    )
    assert known_within(Limits(("five",)), SOURCES) == Limits(("five",))


def test_what_has_no_year_is_not_chosen_by_having_none() -> None:
    with pytest.raises(QuestionError, match="no year ''"):
        documents_within(Limits((), (), ("",)), SOURCES)


def test_of_many_documents_some_are_named() -> None:
    many = [source(f"document-{number:03}", "en") for number in range(25)]
    with pytest.raises(QuestionError, match=r"document-009 and 15 more\."):
        documents_within(Limits(("five",)), many)
