"""FTS5 ranks as a naive BM25 does, finds stems, and takes any words that a reader types."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.index.changing.rows import INSERT_WORDS
from sstc_chat.index.database import create_tables
from sstc_chat.index.lexical import HEADING_WEIGHT, search_words, stemmed, words_of

# Words that Porter's algorithm leaves as they are.
WORDS = ["fund", "forum", "rio", "kenya", "work", "care", "tour", "plan", "2024", "g20"]
Rows = list[tuple[str, str]]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
corpora = st.lists(st.tuples(texts, texts), min_size=1, max_size=12)


def indexed(rows: Rows) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    create_tables(connection)
    connection.executemany(INSERT_WORDS, [(number, *row) for number, row in enumerate(rows)])
    return connection


def bm25(rows: Rows, words: list[str]) -> list[tuple[int, float]]:
    """Rank as https://sqlite.org/fts5.html#the_bm25_function says, written out with plain loops."""
    k1, b = 1.2, 0.75
    weights = (1.0, HEADING_WEIGHT)
    cut = [tuple(column.split() for column in row) for row in rows]
    lengths = [sum(len(column) for column in row) for row in cut]
    average = sum(lengths) / len(rows)
    scores = {}
    for number, row in enumerate(cut):
        score = 0.0
        for word in dict.fromkeys(words):
            having = sum(any(word in column for column in one) for one in cut)
            idf = max(1e-6, log((len(rows) - having + 0.5) / (having + 0.5)))
            frequency = sum(weight * column.count(word) for weight, column in zip(weights, row, strict=True))
            if frequency:
                length = 1 - b + b * lengths[number] / average
                score += idf * frequency * (k1 + 1) / (frequency + k1 * length)
                scores[number] = score
    return sorted(scores.items(), key=lambda one: (-one[1], one[0]))


@given(rows=corpora, words=st.lists(st.sampled_from([*WORDS, "absent"]), min_size=1, max_size=5))
@settings(max_examples=200)
def test_scores_equal_those_of_a_naive_bm25(rows: Rows, words: list[str]) -> None:
    with closing(indexed(rows)) as connection:
        found = search_words(connection, words, len(rows), rows=len(rows))
    expected = bm25(rows, words)
    assert dict(found) == pytest.approx(dict(expected), abs=1e-6)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    """Return an index in which no word is so common that its weight vanishes."""
    rows = [
        ("A workshop on care was held in Geneva", "Arab States"),
        ("Workshops were being organized", "Africa"),
        ("Côte d'Ivoire and İstanbul, in 2024", "Care"),
        ("snake_case and ½ of x²", "Other"),
        *[("Something else entirely", "Overview")] * 6,
    ]
    with closing(indexed(rows)) as opened:
        yield opened


def found(connection: sqlite3.Connection, question: str) -> list[int]:
    return [number for number, _ in search_words(connection, words_of(question), 9, rows=10)]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        pytest.param("workshop", {0, 1}, id="stem-of-plural"),
        pytest.param("WORKSHOPS", {0, 1}, id="plural-of-stem"),
        pytest.param("organizing", {1}, id="stem-of-verb"),
        pytest.param("cote", {2}, id="without-accent"),
        pytest.param("Côte", {2}, id="with-accent"),
        pytest.param("Co\u0302te", {2}, id="with-combining-accent"),
        pytest.param("İstanbul", {2}, id="turkish-capital"),
        pytest.param("d'Ivoire?", {2}, id="apostrophe"),
        pytest.param("snake", {3}, id="underscore"),
        pytest.param("½ x²", {3}, id="other-numbers"),
        pytest.param("care", {0, 2}, id="heading-too"),
        pytest.param("nowhere", set(), id="nowhere"),
    ],
)
def test_a_word_finds_its_other_forms(
    question: str, numbers: set[int], connection: sqlite3.Connection
) -> None:
    assert set(found(connection, question)) == numbers


def test_a_word_counts_more_in_the_text_than_in_the_heading(connection: sqlite3.Connection) -> None:
    assert found(connection, "care") == [0, 2]


def test_only_the_rows_asked_for_are_searched(connection: sqlite3.Connection) -> None:
    def within(numbers: list[int]) -> list[int]:
        rows = search_words(connection, ["workshop", "care"], 9, numbers, rows=10)
        return [number for number, _ in rows]

    assert within([1, 2, 7]) == [1, 2]
    assert within([]) == []


def test_no_more_rows_come_back_than_were_asked_for(connection: sqlite3.Connection) -> None:
    few, more = (search_words(connection, ["something"], top, rows=10) for top in (4, 9))
    assert few == more[:4]


HOSTILE = ['"', "'", "NEAR(", "OR", "AND", "NOT", "*", "^", "(", ")", ":", "text :", "-", "{a}", "+"]
hostile = st.lists(st.one_of(st.sampled_from([*HOSTILE, *WORDS, "😀", "_", "\0"]), st.text()))


@given(question=hostile.map(" ".join))
@settings(max_examples=200)
def test_whatever_a_reader_types_can_be_searched(question: str, connection: sqlite3.Connection) -> None:
    assert set(found(connection, question)) <= set(range(10))


def test_a_thousand_words_can_be_searched(connection: sqlite3.Connection) -> None:
    assert 0 in found(connection, "workshop " + " ".join(f"w{number}" for number in range(5000)))


@given(rows=st.lists(st.text(max_size=30), max_size=5))
@settings(max_examples=100)
def test_stems_are_those_that_are_searched(rows: list[str]) -> None:
    found = stemmed([*rows, "The workshops in Genève", "Workshop, GENEVE 2024"])
    assert len(found) == len(rows) + 2
    assert found[-2:] == ["the workshop in genev", "workshop genev 2024"]
    with closing(indexed([(row, "") for row in rows])) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.said USING fts5vocab ('main', 'chunk_words', 'row')")
        terms = {row[0] for row in connection.execute("SELECT term FROM temp.said")}
    assert {stem for one in found[:-2] for stem in one.split()} == terms


def test_the_commonest_words_are_left_out_where_too_many_rows_have_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [("fund " * (n % 2) + "work " * (n % 3 > 0) + "rio " * (n == 5), "") for n in range(30)]
    with closing(indexed(rows)) as connection:
        connection.executemany(
            "INSERT INTO spellings VALUES (?, ?)", [("fund", 15), ("work", 20), ("rio", 1)]
        )

        def found(words: list[str], most: int) -> set[int]:
            monkeypatch.setattr("sstc_chat.index.lexical.MOST_SCORED", most)
            return {number for number, _ in search_words(connection, words, 99, rows=30)}

        every = found(["work", "rio", "fund"], 36)
        assert len(every) == 25
        assert found(["work", "rio", "fund"], 35) == found(["rio", "fund"], 99) < every
        assert found(["work", "rio", "fund"], 15) == found(["rio"], 99)
        assert found(["work"], 1) == found(["work"], 99) != set()
