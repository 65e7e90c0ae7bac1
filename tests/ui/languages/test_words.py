"""Seven languages say the same: no word is missing, none is unused, each has the same gaps to fill."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from sstc_chat.ui.languages.words import LANGUAGES, Words, words_in

UI = Path(__file__).parents[3] / "ui"
ENGLISH = words_in("en").texts
OTHERS = [language for language in LANGUAGES if language != "en"]
KEY = re.compile(r"[a-z]+\.[a-z_]+")
# What a language is written in; Latin letters stand for all that have no script of their own here.
SCRIPTS = {"ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]", "zh": "[\u4e00-\u9fff]"}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def written() -> set[str]:
    """Return every key that stands in the source as a whole string."""
    strings: set[str] = set()
    for path in UI.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        strings |= {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    for path in UI.rglob("*.js"):
        strings |= set(re.findall(r'"([^"\n]+)"', path.read_text("utf-8")))
    parts = {key.partition(".")[0] for key in ENGLISH}
    return {string for string in strings if KEY.fullmatch(string) and string.partition(".")[0] in parts}


@pytest.mark.parametrize("language", OTHERS)
class TestLanguage:
    def test_it_has_the_words_that_english_has_in_the_same_order(self, language: str) -> None:
        assert list(words_in(language).texts) == list(ENGLISH)

    def test_its_words_have_the_same_gaps(self, language: str) -> None:
        texts = words_in(language).texts
        assert {key: gaps(text) for key, text in texts.items()} == {
            key: gaps(text) for key, text in ENGLISH.items()
        }

    def test_nothing_is_empty_or_left_in_english(self, language: str) -> None:
        texts = words_in(language).texts
        assert [key for key, text in texts.items() if not text.strip() or text != text.strip()] == []
        if language in SCRIPTS:
            foreign = [key for key, text in texts.items() if not re.search(SCRIPTS[language], text)]
            assert foreign == []


def test_every_word_is_used_and_every_word_that_is_used_is_there() -> None:
    assert written() == set(ENGLISH)


def test_a_gap_is_filled_with_what_it_is_given_and_nothing_else() -> None:
    words = Words("en", {"chat.page": "page {number}"})
    assert words("chat.page", number="{number.__class__}") == "page {number.__class__}"


def test_a_word_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"chat\.nowhere"):
        words_in("en")("chat.nowhere")


def test_arabic_runs_from_right_to_left() -> None:
    assert {words_in(language).direction for language in OTHERS if language != "ar"} == {"ltr"}
    assert words_in("ar").direction == "rtl"
