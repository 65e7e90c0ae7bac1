"""The sixth step: what readers thought of answers, and the questions with known answers made of it."""

from __future__ import annotations

from sstc_chat.rag.feedback import gold
from sstc_chat.rag.feedback.keeping import all_feedback
from sstc_chat.rag.feedback.opinions import Feedback, Reason
from sstc_chat.ui.desk.desk import Desk, Told
from sstc_chat.ui.desk.pieces import button, moment
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join

REASONS: dict[Reason, str] = {
    "wrong passage": "desk.wrong_passage",
    "does not answer": "desk.does_not_answer",
    "should have answered": "desk.should_have_answered",
    "not understood": "desk.not_understood",
}


def feedback_html(desk: Desk, _told: Told) -> Html:
    """Return what was sent, the latest first, and how many questions were made of it."""
    words, home = desk.words, desk.rounds.home
    sent = all_feedback(home)
    kept = {row["id"]: row["answerable"] for row in gold.gold_questions(home)}
    title = element("h2", words("desk.feedback"), tabindex="-1")
    if not sent:
        return join(title, element("p", words("desk.no_feedback"), class_="hint"))
    count = words("desk.gold_count", count=len(kept))
    items = [_one(one, kept.get(_name(one.number)), words) for one in sent]
    return join(title, element("p", count, class_="hint"), element("ol", *items, class_="differing"))


def act(desk: Desk, told: Told) -> Html:
    """Make a question with a known answer of feedback, or take one back."""
    action, home = told.get("action"), desk.rounds.home
    if action == "gold":
        gold.keep_question(home, told.number("feedback"))
    if action == "gold_refuse":
        gold.keep_question(home, told.number("feedback"), [])
    if action == "gold_undo":
        gold.remove_question(home, _name(told.number("feedback")))
    return Html("")


def _one(one: Feedback, answerable: bool | None, words: Words) -> Html:
    answer, number = one.answer, str(one.number)
    quotes = [element("li", quote.quote, dir="auto") for quote in (*answer.citations, *answer.nearest)]
    shown = words("desk.nearest_shown" if answer.refused else "desk.quotes_shown")
    comment = one.opinion.comment
    return element(
        "li",
        element("p", moment(one.sent), " · ", element("strong", _opinion(one, words)), class_="place-head"),
        element("h3", answer.question.text, lang=answer.question.language, dir="auto"),
        element("p", comment, class_="note", dir="auto") if comment else "",
        element("details", element("summary", shown), element("ul", *quotes)) if quotes else "",
        _made(number, answerable, words) if answerable is not None else _make(one, words),
        class_="difference",
        id=f"feedback-{number}",
    )


def _opinion(one: Feedback, words: Words) -> str:
    if one.opinion.good:
        return words("desk.good")
    return words(REASONS[one.opinion.reason]) if one.opinion.reason else words("desk.bad")


def _make(one: Feedback, words: Words) -> Html:
    """Return what makes a question of it: with what its answer should hold, or to be refused."""
    number = str(one.number)
    held = gold.proposed_evidence(one)
    make = button(words("desk.make_gold"), "gold", data_feedback=number, id_=f"gold-{number}")
    refuse = button(words("desk.make_refused"), "gold_refuse", data_feedback=number, id_=f"refuse-{number}")
    return element("div", make if held else "", refuse, class_="take")


def _made(number: str, answerable: bool, words: Words) -> Html:
    said = words("desk.is_gold" if answerable else "desk.is_refused")
    undo = button(words("desk.undo"), "gold_undo", data_feedback=number, id_=f"undo-{number}", class_="quiet")
    return element("div", element("span", said), undo, class_="settled")


def _name(number: int) -> str:
    """Return the id that a question made of feedback has."""
    return f"feedback-{number}"
