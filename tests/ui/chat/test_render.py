"""A conversation as HTML: what it shows, what it leads to, and that it is inert."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sstc_chat.rag.types import AnswerSentence, Citation, Question
from sstc_chat.ui.chat.conversation import Turn
from sstc_chat.ui.chat.render import (
    answer_html,
    confidence_html,
    conversation_html,
    failure_html,
    notice_html,
    refusal_html,
    turn_html,
    unaskable,
)
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from tests.ui.conftest import Make

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>${alert(1)}{{value}}"
LANGUAGES = {"one": "fr"}
WORDS = words_in("en")


@pytest.fixture
def quotes(make: Make) -> list[Citation]:
    lines, _ = make.lines("one", ("heading", "Part"), ("paragraph", "Un."), ("paragraph", "Deux."))
    return [make.citation(line, number) for number, line in enumerate(lines[1:], start=1)]


def test_the_markers_of_an_answer_are_buttons_to_their_quotes(make: Make, quotes: list[Citation]) -> None:
    tree = make.tree(answer_html(make.answer("q", *quotes), LANGUAGES, WORDS))
    buttons = [{**button.attributes, "text": button.text} for button in tree.all(".//*[@class='cite']")]
    assert buttons == [
        {
            "type": "button",
            "class": "cite",
            "title": quote.quote,
            "aria-label": f"Show quote {number} in the report",
            "data-document": "one",
            "data-spans": f"{quote.spans[0][0]}-{quote.spans[0][1]}",
            "text": f"[{number}]",
        }
        for number, quote in enumerate(quotes, start=1)
    ]


def test_an_answer_and_its_quotes_are_each_in_their_language(make: Make, quotes: list[Citation]) -> None:
    answer = make.answer("q", *quotes, question=Question("q", "q", "es"))
    said = make.tree(answer_html(answer, LANGUAGES, WORDS)).one(".//*[@class='said']")
    assert said.attributes.get("lang") == "es"
    assert [
        (quote.attributes.get("lang"), quote.attributes.get("dir")) for quote in said.all(".//blockquote")
    ] == [("fr", "auto")] * 2
    assert said.one(".//p").text == "The report says:"


def test_each_quote_has_a_card_with_its_place(make: Make, quotes: list[Citation]) -> None:
    cards = make.tree(answer_html(make.answer("q", *quotes), LANGUAGES, WORDS)).all(".//li")
    assert [card.one(".//div").text for card in cards] == [
        "A reportPartUn.Show in the report",
        "A reportPartDeux.Show in the report",
    ]


def test_a_page_is_named_where_it_is_known(make: Make, quotes: list[Citation]) -> None:
    quote = replace(quotes[0], page=7, section=("Part", "Chapter"))
    place = make.tree(answer_html(make.answer("q", quote), {}, WORDS)).one(".//*[@class='card-place']")
    assert place.text == "Part / Chapter · page 7"


def test_a_bracketed_number_in_a_quote_is_text(make: Make) -> None:
    quote = make.citation(make.lines("one", ("paragraph", "As in [1] and [2]."))[0][0])
    tree = make.tree(answer_html(make.answer("q", quote), {}, WORDS))
    assert len(tree.all(".//*[@class='cite']")) == 1
    assert tree.one(".//blockquote").text == "“As in [1] and [2].” [1]"


def test_prose_is_not_set_as_a_quote(make: Make, quotes: list[Citation]) -> None:
    sentences = (AnswerSentence("Both say so.", (1, 2), "supported"),)
    answer = make.answer("q", *quotes, text="Both say so. [1] [2]", sentences=sentences)
    said = make.tree(answer_html(answer, {}, WORDS)).one(".//*[@class='said']")
    assert said.one(".//p").text == "Both say so. [1] [2]"
    assert said.all(".//blockquote") == []


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "Well supported"),
        (0.8, "Well supported"),
        (0.79, "Likely"),
        (0.5, "Likely"),
        (0.49, "Check the quotes: support is weak"),
    ],
)
def test_confidence_in_words_and_in_figures(make: Make, confidence: float, words: str) -> None:
    said = make.tree(confidence_html(confidence, WORDS)).one(".//p")
    number = said.attributes["title"]
    assert (said.text, number.endswith(f" {confidence:.0%}")) == (f"{words}. {number}", True)


def test_a_follow_up_tells_how_it_was_understood(make: Make, quotes: list[Citation]) -> None:
    follow_up = Question("And in Kenya?", "What was held? And in Kenya?", "en")
    tree = make.tree(answer_html(make.answer("q", *quotes, question=follow_up), {}, WORDS))
    assert tree.one(".//*[@class='understood']").text == ("Understood as: What was held? And in Kenya?")


def test_a_question_that_stands_alone_needs_no_telling(make: Make, quotes: list[Citation]) -> None:
    same = Question(" What  was held? ", "What was held?", "en")
    assert "Understood" not in answer_html(make.answer("q", *quotes, question=same), {}, WORDS)


def test_a_refusal_folds_the_nearest_passages_away(make: Make, quotes: list[Citation]) -> None:
    tree = make.tree(refusal_html(make.answer("q", nearest=tuple(quotes)), LANGUAGES, WORDS))
    details = tree.one(".//details")
    assert details.attributes.get("open") is None
    assert [button.attributes.get("aria-label") for button in details.all(".//button")] == [
        "Show passage 1 in the report",
        "Show passage 2 in the report",
    ]
    assert tree.all(".//*[@class='cite']") == []


def test_a_refusal_without_passages_offers_none(make: Make) -> None:
    assert make.tree(refusal_html(make.answer("q"), {}, WORDS)).all(".//details") == []


def test_the_turns_stand_in_order_each_with_its_state(make: Make, quotes: list[Citation]) -> None:
    turns = (
        Turn("a", make.answer("a", *quotes)),
        Turn("b", make.answer("b")),
        Turn("c", failure="No."),
        Turn("d"),
    )
    articles = make.tree(conversation_html(turns, ["s"], {}, WORDS)).all(".//article")
    assert [(one.attributes.get("id"), one.attributes.get("data-state")) for one in articles] == [
        ("turn-1", "answered"),
        ("turn-2", "refused"),
        ("turn-3", "failed"),
        ("turn-4", "pending"),
    ]


def test_an_empty_conversation_offers_questions(make: Make) -> None:
    tree = make.tree(conversation_html((), ["One?", "Two?"], {}, WORDS))
    assert [button.attributes.get("data-question") for button in tree.all(".//button")] == [
        "One?",
        "Two?",
    ]


def test_a_failure_can_be_tried_again(make: Make) -> None:
    tree = make.tree(failure_html(Turn("q?", failure="It failed."), WORDS))
    assert tree.one(".//p").text == "It failed."
    assert tree.one(".//button").attributes.get("data-question") == "q?"


def test_a_notice_is_empty_where_there_is_none(make: Make) -> None:
    assert notice_html("") == ""
    assert make.tree(notice_html("<b>")).one(".//p").text == "<b>"


def test_what_is_hostile_is_shown_and_nothing_more(make: Make) -> None:
    """Whatever a question, a quote, a title or a heading says, it makes no element."""
    lines, _ = make.lines(HOSTILE, ("heading", HOSTILE), ("paragraph", HOSTILE))
    quote = make.citation(lines[1], title=HOSTILE)
    turns = (
        Turn(HOSTILE, make.answer(HOSTILE, quote, question=Question(HOSTILE, "x", HOSTILE))),
        Turn(HOSTILE, make.answer(HOSTILE, nearest=(quote,))),
        Turn(HOSTILE, failure=HOSTILE),
    )
    tree = make.tree(conversation_html(turns, [HOSTILE], {HOSTILE: HOSTILE}, WORDS))
    assert not {"script", "img"} & {one.tag for one in tree.all()}
    assert not [key for one in tree.all() for key in one.attributes if key.startswith("on")]
    assert tree.one(".//blockquote").text == f"“{HOSTILE}” [1]"
    assert tree.one(".//*[@class='cite']").attributes.get("title") == HOSTILE


def test_a_starter_is_escaped_too(make: Make) -> None:
    button = make.tree(conversation_html((), [HOSTILE], {}, WORDS)).one(".//button")
    assert (button.text, button.attributes.get("data-question")) == (HOSTILE, HOSTILE)


def test_the_question_is_in_its_own_direction_and_language(make: Make) -> None:
    answer = make.answer("ماذا؟", question=Question("ماذا؟", "ماذا؟", "ar"))
    words = make.tree(turn_html(1, Turn("ماذا؟", answer), {}, WORDS)).one(".//h3/span[@dir]")
    assert (words.text, words.attributes.get("dir"), words.attributes.get("lang")) == (
        "ماذا؟",
        "auto",
        "ar",
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [(" ?! ", "is empty"), ("a" * 2001, "2001 characters; at most 2000")],
)
def test_why_a_question_cannot_be_asked(question: str, words: str) -> None:
    assert words in unaskable(question, WORDS)
