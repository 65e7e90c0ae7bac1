"""What can be chosen is offered as text, what is chosen is ticked, and an answer names it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sstc_chat.rag.documents.limits import Limits
from sstc_chat.rag.types import LimitedTo
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.limits.choice import MOST_NAMED, MOST_OFFERED, Choice, choices_html, limited_html
from sstc_chat.ui.limits.heard import asked_under, limits_in
from sstc_chat.ui.page.markup import Html

if TYPE_CHECKING:
    from sstc_chat.index.types import Source
    from tests.ui.conftest import Make
    from tests.ui.markup import Tree

EVIL = '<script>alert("x")</script>\u202e'
NOTHING = Html("")


@pytest.fixture
def sources(make: Make) -> list[Source]:
    return [
        make.source("one", "On tea", year="2024"),
        make.source("two", EVIL, language="fr", year="2023"),
        make.source("three", "On coffee"),
    ]


def boxes(tree: Tree, kind: str) -> dict[str, tuple[str, bool]]:
    inputs = f".//fieldset[@data-kind='{kind}']/label"
    return {
        label.one("input").attributes["value"]: (label.text, "checked" in label.one("input").attributes)
        for label in tree.all(inputs)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_language_and_year_is_offered(
    make: Make, sources: list[Source], language: str
) -> None:
    choice = Choice(sources, Limits(("two",), ("fr",)), 1)
    tree = make.tree(choices_html(choice, "", NOTHING, words_in(language), "name"))
    assert boxes(tree, "documents") == {
        "one": ("On tea", False),
        "two": (EVIL, True),
        "three": ("On coffee", False),
    }
    assert boxes(tree, "languages") == {"en": ("English (2)", False), "fr": ("Français (1)", True)}
    assert boxes(tree, "years") == {"2023": ("2023 (1)", False), "2024": ("2024 (1)", False)}
    said = tree.one("div").attributes
    assert json.loads(said["data-limits"]) == {"documents": ["two"], "languages": ["fr"], "years": []}
    assert said["data-told"] == words_in(language)("limits.some", asked=1, all=3)


def test_titles_are_found_by_their_words(make: Make, sources: list[Source]) -> None:
    def found(find: str) -> list[str]:
        tree = make.tree(choices_html(Choice(sources, Limits(), 3), find, NOTHING, words_in("en"), "name"))
        return list(boxes(tree, "documents"))

    assert found("ON") == ["one", "three"]
    assert found("coffee on") == ["three"]
    assert found("cocoa") == []


def test_of_very_many_documents_the_first_are_offered(make: Make) -> None:
    many = [make.source(str(number), f"Report {number}") for number in range(MOST_OFFERED + 7)]
    tree = make.tree(choices_html(Choice(many, Limits(), len(many)), "", NOTHING, words_in("en"), ""))
    assert len(boxes(tree, "documents")) == MOST_OFFERED
    assert "Further documents: 7." in tree.text


def test_one_language_and_no_year_are_no_choice(make: Make) -> None:
    tree = make.tree(choices_html(Choice([make.source()], Limits(), 1), "", NOTHING, words_in("en"), ""))
    assert [one.attributes["data-kind"] for one in tree.all(".//fieldset")] == ["documents"]
    assert "data-several" not in tree.one("div").attributes


def test_an_answer_names_some_of_what_it_was_limited_to(make: Make) -> None:
    titles = {str(number): f"Report {number}" for number in range(MOST_NAMED + 2)}
    tree = make.tree(limited_html(LimitedTo(titles, ("fr",), (), 7, 12), {}, words_in("en")))
    assert tree.text == (
        "Documents asked: 7 of 12 (Report 0; Report 1; Report 2; Report 3; Report 4; and more: 3)"
    )
    evil = make.tree(limited_html(LimitedTo({"one": EVIL}, ("fr",), ("2023",), 1, 2), {}, words_in("en")))
    assert evil.text == f"Documents asked: 1 of 2 ({EVIL}; Français; 2023)"
    assert limited_html(None, {}, words_in("en")) == ""


@pytest.mark.parametrize(
    ("told", "limits"),
    [
        ({"documents": ["one", 2, None], "years": "2024", "other": ["x"]}, Limits(("one",))),
        ({"languages": {"fr": 1}, "documents": None}, Limits()),
        ("one", Limits()),
        (None, Limits()),
        ([["one"]], Limits()),
    ],
)
def test_what_a_browser_says_is_data(told: object, limits: Limits) -> None:
    assert limits_in(told) == limits


def test_what_is_asked_keeps_to_what_is_there(sources: list[Source]) -> None:
    assert asked_under(Limits(), sources) == sources
    assert asked_under(Limits(("one", "gone")), sources) == sources[:1]
    assert asked_under(Limits(("gone",)), sources) == []
    assert asked_under(Limits(("one",), ("fr",)), sources) == []
