"""Search in a text as a reader would; the oracle folds with Python's own tables of Unicode."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from sstc_chat.ui.page.frontpage import STATIC

FIND = """(searches) => searches.map(([query, made]) => {
  document.body.innerHTML = made;
  return sstc.search.find(sstc.search.read(document.body), query).map(String);
})"""
# What may be left out, by script: the names of its characters begin with these words.
POINTED = ("COMBINING ", "ARABIC ", "HEBREW ", "SYRIAC ")
SHAPES = str.maketrans("‘’‚‛ʼ′“”„‟«»″‐‑‒–—―−", "''''''" + '"' * 7 + "-" * 7)
LETTERS = st.sampled_from("aAeEéÉñſßﬁİıŁçΣσςЁёйאבָּאأإٱآيَكّهـकिकाกำ東が각٣۵5'’–-“ \u00a0\u200d\u00ad🌍")
WORDS = st.text(LETTERS, max_size=30)


def fold(text: str) -> str:
    """Return what a reader who types without accents would have typed."""
    folded = "".join(map(fold_point, text))
    return " ".join(folded.split())


def fold_point(point: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", point).upper().lower())
    kept = "".join(one for one in plain if not is_ignored(one))
    digits = (
        str(unicodedata.digit(one)) if re.match("[٠-٩۰-۹]", one) else one for one in kept.translate(SHAPES)
    )
    return re.sub(r"\s", " ", "".join(digits))


def is_ignored(point: str) -> bool:
    category = unicodedata.category(point)
    pointed = unicodedata.name(point, "").startswith(POINTED)
    return point == "ـ" or category == "Cf" or (category.startswith("M") and pointed)


@pytest.fixture(scope="module")
def bare(browser: Browser) -> Iterator[Page]:
    """Return an empty page with nothing but the search."""
    page = browser.new_page()
    page.add_script_tag(content="const sstc = {};")
    page.add_script_tag(path=STATIC / "reading-search.js")
    yield page
    page.close()


def found(page: Page, *searches: tuple[str, list[str]]) -> list[list[str]]:
    """Return what each query finds in its blocks, in which `|` is the boundary of an element."""
    places: list[list[str]] = page.evaluate(FIND, [(query, made(blocks)) for query, blocks in searches])
    return places


def made(blocks: list[str]) -> str:
    parts = ("".join(f"<i>{html.escape(part)}</i>" for part in block.split("|")) for block in blocks)
    return "".join(f"<p class=passage>{part}</p>" for part in parts)


@pytest.mark.parametrize(
    ("query", "blocks", "expected"),
    [
        pytest.param("care", ["Care and CARE, scare"], ["Care", "CARE", "care"], id="case"),
        pytest.param("cote d'ivoire", ["In Côte d’Ivoire."], ["Côte d’Ivoire"], id="accents and apostrophes"),
        pytest.param("CÔTE", ["cote"], ["cote"], id="accents in the query"),
        pytest.param("one. two", ["It is one.| |Two are| more."], ["one. Two"], id="across sentences"),
        pytest.param("ivoire", ["Iv|oi|re"], ["Ivoire"], id="across elements"),
        pytest.param("  one   two ", ["one \n |  two"], ["one \n   two"], id="any white space"),
        pytest.param("one two", ["one", "two"], [], id="not across blocks"),
        pytest.param("aa", ["aaaaa"], ["aa", "aa"], id="none within another"),
        pytest.param("", ["a"], [], id="nothing"),
        pytest.param(" \u0301", ["a"], [], id="nothing but what is ignored"),
        pytest.param("a.c", ["abc a.c"], ["a.c"], id="no pattern"),
        pytest.param("strasse", ["Straße"], ["Straße"], id="a letter that is two"),
        pytest.param("é", ["cafe\u0301 x"], ["e\u0301"], id="a mark of its own is marked too"),
        pytest.param("الاجتماعيه", ["الاِجْتِمَاعِيَّهـ"], ["الاِجْتِمَاعِيَّهـ"], id="vowel points"),
        pytest.param("احمد", ["أحمد"], ["أحمد"], id="alef with hamza"),
        pytest.param("2024", ["في ٢٠٢٤"], ["٢٠٢٤"], id="digits"),
        pytest.param("南南", ["加强南南合作"], ["南南"], id="Chinese"),
        pytest.param("юг - юг", ["Юг — Юг"], ["Юг — Юг"], id="dashes"),
        pytest.param("еще", ["Ещё"], ["Ещё"], id="Russian"),
        pytest.param("कि", ["का कि"], ["कि"], id="Indic vowels count"),
        pytest.param("🌍", ["a🌍b"], ["🌍"], id="beyond the basic plane"),
    ],
)
def test_search(bare: Page, query: str, blocks: list[str], expected: list[str]) -> None:
    assert found(bare, (query, blocks)) == [expected]


@settings(max_examples=20)
@given(texts=st.lists(st.tuples(WORDS, st.integers(0, 29), st.integers(1, 6)), min_size=50, max_size=50))
def test_search_is_that_of_folded_texts(bare: Page, texts: list[tuple[str, int, int]]) -> None:
    """As many places as the folded text has, each of which is the query when it is folded."""
    searches = [(text, text[start : start + length]) for text, start, length in texts]
    every = found(bare, *((query, ["|".join(text)]) for text, query in searches))
    for (text, query), places in zip(searches, every, strict=True):
        wanted = fold(query)
        assert len(places) == (fold(text).count(wanted) if wanted else 0)
        assert all(wanted in fold(place) for place in places)
