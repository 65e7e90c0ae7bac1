"""Lexical search: SQLite's FTS5 and its BM25.

FTS5 ranks with the Okapi BM25 of Robertson et al. (TREC-3, 1994), k1 = 1.2 and b = 0.75, and stems with
Porter's algorithm; https://sqlite.org/fts5.html#the_bm25_function. Its score is negative, better is lower;
here it is turned round, as everywhere higher is better.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from contextlib import closing
from itertools import accumulate

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.index.database import LISTED, listed

# That of `chunk_words` in schema.sql.
TOKENIZER = "porter unicode61 remove_diacritics 2"
WORD = re.compile(r"\w+")
COMBINING_MARK = re.compile("[\u0300-\u036f]")
# A heading says what its whole section is about, so one of its words counts less than one of the text.
HEADING_WEIGHT = 0.3
# SQLite refuses an expression of more than a thousand terms; no question needs a tenth of that.
MOST_TERMS = 64
# FTS5 scores every row that has one of the words. Where these are more than so many, the commonest words of a
# question are left out. For 20 questions to a million passages the ten best were still among the fifty best,
# and the slowest took 39 ms instead of 230.
MOST_SCORED = 20_000
HELD = f"SELECT spelling, chunks FROM spellings WHERE spelling IN {LISTED}"  # nosec B608 # noqa: S608 - our own


def require_fts5() -> None:
    """Raise a clear error where this Python's SQLite was built without FTS5."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
        except sqlite3.OperationalError as error:
            raise SSTCChatError(
                f"This Python's SQLite {sqlite3.sqlite_version} has no FTS5 ({error}). "
                "Use a Python from python.org or your system's packages."
            ) from error


def words_of(text: str) -> list[str]:
    """Return the words of `text`, in lower case and without accents, as FTS5's `unicode61` cuts them."""
    bare = COMBINING_MARK.sub("", unicodedata.normalize("NFD", text.lower()))
    return WORD.findall(unicodedata.normalize("NFC", bare).replace("_", " "))


def stemmed(texts: Sequence[str]) -> list[str]:
    """Return the words of each text as FTS5 indexes them, by their stems, with spaces between."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            f"CREATE VIRTUAL TABLE said USING fts5 (text, content = '', tokenize = '{TOKENIZER}')"
        )
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab ('said', 'instance')")
        connection.executemany("INSERT INTO said (rowid, text) VALUES (?, ?)", enumerate(texts))
        stems: list[list[str]] = [[] for _ in texts]
        for text, stem in connection.execute("SELECT doc, term FROM terms ORDER BY doc, offset"):
            stems[text].append(stem)
    return [" ".join(one) for one in stems]


def search_words(
    connection: sqlite3.Connection,
    words: Sequence[str],
    top: int,
    numbers: Sequence[int] | None = None,
    *,
    rows: int,
) -> list[tuple[int, float]]:
    """Return (number, BM25 score) of the `top` rows with any of `words`, best first.

    Parameters
    ----------
    connection
        To tables with `chunk_words`.
    words
        From `words_of`; each is matched by its stem.
    numbers
        Where given, only these rows.
    rows
        How many there are in all.
    """
    terms = list(dict.fromkeys(words))[:MOST_TERMS]
    if rows * len(terms) > MOST_SCORED:
        terms = _telling(connection, terms)
    if not terms or (numbers is not None and not numbers):
        return []
    match = " OR ".join(f'"{term}"' for term in terms)
    # With a plus FTS5 looks once for all that matches; without it, once for each of the rows.
    within = "" if numbers is None else f"AND +rowid IN {LISTED}"
    limits = () if numbers is None else (listed(numbers),)
    found = connection.execute(
        "SELECT rowid, -bm25(chunk_words, 1.0, ?) AS score FROM chunk_words "  # nosec B608 # noqa: S608 - our own
        f"WHERE chunk_words MATCH ? {within} ORDER BY score DESC, rowid LIMIT ?",
        (HEADING_WEIGHT, match, *limits, top),
    )
    return [(int(number), float(score)) for number, score in found]


def _telling(connection: sqlite3.Connection, terms: Sequence[str]) -> list[str]:
    """Return the rarest of `terms`, as many as stand in `MOST_SCORED` rows together, and at least one."""
    held = dict(connection.execute(HELD, (listed(terms),)).fetchall())
    rarest = sorted(terms, key=lambda term: held.get(term, 0))
    rows = list(accumulate(held.get(term, 0) for term in rarest))
    kept = {term for term, sum_ in zip(rarest, rows, strict=True) if sum_ <= max(MOST_SCORED, rows[0])}
    return [term for term in terms if term in kept]
