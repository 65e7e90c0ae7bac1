"""A conversation as HTML: what it shows, what it leads to, and that it is inert."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sstc_chat.index.types import Source
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, Question, Refusal
from sstc_chat.ui.chat.cards import card
from sstc_chat.ui.chat.conversation import Turn
from sstc_chat.ui.chat.render import (
    answer_html,
    confidence_html,
    failure_html,
    notice_html,
    refusal_html,
    suggestions_html,
    turn_html,
)
from sstc_chat.ui.chat.shell import conversation_html
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from tests.ui.conftest import Make

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>${alert(1)}{{value}}"
SOURCES = {"one": Source("one", "A report", "fr", "0" * 64, {"publisher": "ILO", "year": "2024"})}
WORDS = words_in("en")


def turn_of(answer: Answer) -> Turn:
    return Turn(answer.question.text, answer, record_of(answer))


@pytest.fixture
def quotes(make: Make) -> list[Citation]:
    lines, _ = make.lines("one", ("heading", "Part"), ("paragraph", "Un."), ("paragraph", "Deux."))
    return [make.citation(line, number) for number, line in enumerate(lines[1:], start=1)]


def test_the_page_of_a_quote_is_shown_where_it_is_known(make: Make, quotes: list[Citation]) -> None:
    printed = replace(quotes[0], page=3)
    changed = replace(printed, document_sha256="1" * 64)
    gone = replace(printed, document_id="two")
    shown = [card(one, SOURCES, WORDS) for one in (printed, quotes[0], changed, gone)]
    buttons = [make.tree(one).all(".//*[@class='show-printed']") for one in shown]
    assert [len(one) for one in buttons] == [1, 0, 0, 0]
    attributes = buttons[0][0].attributes
    assert attributes["data-printed"] == f"{printed.spans[0][0]}-{printed.spans[0][1]}"
    assert attributes["aria-label"] == "Show the page [1]"


def test_the_markers_of_an_answer_are_buttons_to_their_quotes(make: Make, quotes: list[Citation]) -> None:
    tree = make.tree(answer_html(make.answer("q", *quotes), SOURCES, WORDS))
    buttons = [{**button.attributes, "text": button.text} for button in tree.all(".//*[@class='cite']")]
    assert buttons == [
        {
            "type": "button",
            "class": "cite",
            "aria-label": f"Show quote {number} in the report",
            "data-quote": quote.quote,
            "data-document": "one",
            "data-spans": f"{quote.spans[0][0]}-{quote.spans[0][1]}",
            "data-version": "0" * 12,
            "data-current": "0" * 12,
            "text": f"[{number}]",
        }
        for number, quote in enumerate(quotes, start=1)
    ]


def test_an_answer_and_its_quotes_are_each_in_their_language(make: Make, quotes: list[Citation]) -> None:
    answer = make.answer("q", *quotes, question=Question("q", "q", "es"))
    said = make.tree(answer_html(answer, SOURCES, WORDS)).one(".//*[@class='said']")
    assert said.attributes.get("lang") == "es"
    assert [
        (quote.attributes.get("lang"), quote.attributes.get("dir")) for quote in said.all(".//blockquote")
    ] == [("fr", "auto")] * 2
    assert said.one(".//p").text == "The report says:"


def test_each_quote_has_a_card_with_its_place(make: Make, quotes: list[Citation]) -> None:
    cards = make.tree(answer_html(make.answer("q", *quotes), SOURCES, WORDS)).all(".//li")
    parts = ("card-head", "card-place", "card-quote")
    assert [[one.one(f".//p[@class='{part}']").text for part in parts] for one in cards] == [
        ["A report", "Part", "Un."],
        ["A report", "Part", "Deux."],
    ]


def test_each_card_copies_its_citation(make: Make, quotes: list[Citation]) -> None:
    found = make.tree(answer_html(make.answer("q", quotes[1]), SOURCES, WORDS)).one(".//li")
    copies = {button.text: button.attributes["data-copy"] for button in found.all(".//button[@class='copy']")}
    assert copies["Text"] == "“Deux.” ILO, A report (2024), Part."
    assert copies["BibTeX"].startswith("@techreport{one,")
    assert copies["CSL-JSON"].startswith("[")
    assert found.one(".//summary").attributes["aria-label"] == "Copy citation 2"


def test_a_document_that_is_gone_can_be_cited_in_plain_text_alone(make: Make, quotes: list[Citation]) -> None:
    tree = make.tree(answer_html(make.answer("q", quotes[0]), {}, WORDS))
    assert [button.text for button in tree.all(".//button[@class='copy']")] == ["Text"]


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


@pytest.mark.parametrize(
    ("refusal", "title", "folded"),
    [
        ("unsaid", "The reports do not say", False),
        ("outside", "The reports are about something else", True),
        ("no question", "No question", True),
    ],
)
def test_a_refusal_is_of_its_kind(
    make: Make, quotes: list[Citation], refusal: Refusal, title: str, folded: bool
) -> None:
    tree = make.tree(refusal_html(make.answer("q", nearest=tuple(quotes), refusal=refusal), SOURCES, WORDS))
    details = tree.one(".//details[@class='nearest']")
    assert tree.one(".//p[@class='eyebrow']").text == title
    assert (details.attributes.get("open") is None) == folded
    shows = details.all(".//button[@class='show']")
    assert [button.attributes.get("aria-label") for button in shows] == [
        "Show passage 1 in the report",
        "Show passage 2 in the report",
    ]
    assert tree.all(".//*[@class='cite']") == []


def test_a_refusal_without_passages_offers_none(make: Make) -> None:
    assert make.tree(refusal_html(make.answer("q"), {}, WORDS)).all(".//details") == []


def test_a_turn_has_its_state_and_its_record(make: Make, quotes: list[Citation]) -> None:
    answered, refused = turn_of(make.answer("a", *quotes)), turn_of(make.answer("b"))
    found = [
        make.tree(turn_html(turn, {}, WORDS, "ask-1")).one(".//article").attributes
        for turn in (answered, refused, Turn("c", failure="No."))
    ]
    assert [one["data-state"] for one in found] == ["answered", "refused", "failed"]
    assert [json.loads(one.get("data-record", "null")) for one in found] == [
        answered.record,
        refused.record,
        None,
    ]
    assert {one["data-name"] for one in found} == {"ask-1"}


def test_an_empty_conversation_offers_questions(make: Make) -> None:
    tree = make.tree(conversation_html(["One?", "Two?"], WORDS))
    assert [button.text for button in tree.all(".//button[@class='ask-this']")] == ["One?", "Two?"]


def test_a_failure_can_be_tried_again(make: Make) -> None:
    tree = make.tree(failure_html("It failed.", WORDS))
    assert tree.one(".//p").text == "It failed."
    assert tree.one(".//button").text == "Try again"


@pytest.mark.parametrize(
    ("question", "words"),
    [(" ?! ", "is empty"), ("a" * 2001, "2001 characters; at most 2000")],
)
def test_why_a_question_cannot_be_asked(make: Make, question: str, words: str) -> None:
    notice = make.tree(notice_html(question, WORDS, "ask-1")).one(".//p")
    assert words in notice.text
    assert notice.attributes["data-name"] == "ask-1"


def test_questions_to_go_on_with_are_in_the_language_they_are_asked_in(make: Make) -> None:
    tree = make.tree(suggestions_html(["Quoi ?"], "fr", WORDS, "ask-1")).one(".//div")
    assert tree.one(".//ul").attributes["lang"] == "fr"
    assert [button.text for button in tree.all(".//button")] == ["Quoi ?"]
    assert make.tree(suggestions_html([], "fr", WORDS, "ask-1")).one(".//div").text == ""


def test_what_is_hostile_is_shown_and_nothing_more(make: Make) -> None:
    """Whatever a question, a quote, a title or a heading says, it makes no element."""
    lines, _ = make.lines(HOSTILE, ("heading", HOSTILE), ("paragraph", HOSTILE))
    quote = make.citation(lines[1], title=HOSTILE)
    source = Source(
        HOSTILE, HOSTILE, HOSTILE, "0" * 64, {"publisher": HOSTILE, "year": HOSTILE, "url": HOSTILE}
    )
    turns = (
        turn_of(make.answer(HOSTILE, quote, question=Question(HOSTILE, "x", HOSTILE))),
        turn_of(make.answer(HOSTILE, nearest=(quote,))),
        Turn(HOSTILE, failure=HOSTILE),
    )
    shown = [turn_html(turn, {HOSTILE: source}, WORDS, HOSTILE) for turn in turns]
    offered = [conversation_html([HOSTILE], WORDS), suggestions_html([HOSTILE], HOSTILE, WORDS, HOSTILE)]
    tree = make.tree("".join([*shown, *offered]))
    assert not {"script", "img"} & {one.tag for one in tree.all()}
    assert not [key for one in tree.all() for key in one.attributes if key.startswith("on")]
    assert tree.one(".//blockquote").text == f"“{HOSTILE}” [1]"
    assert tree.one(".//*[@class='cite']").attributes.get("data-quote") == HOSTILE
    assert {button.text for button in tree.all(".//button[@class='ask-this']")} == {HOSTILE}


def test_the_question_is_in_its_own_direction_and_language(make: Make) -> None:
    answer = make.answer("ماذا؟", question=Question("ماذا؟", "ماذا؟", "ar"))
    words = make.tree(turn_html(turn_of(answer), {}, WORDS)).one(".//h3/span[@dir]")
    assert (words.text, words.attributes.get("dir"), words.attributes.get("lang")) == (
        "ماذا؟",
        "auto",
        "ar",
    )
