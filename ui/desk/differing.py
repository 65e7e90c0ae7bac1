"""What two raters differ on, one item below the other, and what settles it."""

from __future__ import annotations

from collections.abc import Iterable

from sstc_chat.rag.review.dossier import Dossier, Verdicts
from sstc_chat.rag.review.names import LONGEST_NOTE
from sstc_chat.rag.review.types import Item, Judgement
from sstc_chat.ui.access.visitors import visitor
from sstc_chat.ui.desk.desk import Desk
from sstc_chat.ui.desk.pieces import button, field, moment, question_html
from sstc_chat.ui.desk.place import place_html
from sstc_chat.ui.desk.verdicts import said_html, settling_buttons
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join


def differing_html(dossier: Dossier, desk: Desk, rater: str) -> Html:
    """Return what two raters differ on; empty where one judged, or it is not disclosed."""
    words, verdicts = desk.words, dossier.verdicts
    if verdicts is None or verdicts.agreement is None:
        return Html("")
    items = [_one(dossier.items[key], verdicts, desk, rater) for key in verdicts.differing]
    settled = words("desk.settled_of", settled=len(verdicts.settled), size=len(items))
    head = join(element("h3", words("desk.differing")), element("p", settled, class_="hint"))
    return join(head, element("ol", *items, class_="differing") if items else "")


def difference_html(item: Item, said: Iterable[Html], desk: Desk, heading: str, *more: Html) -> Html:
    """Return an item that was judged in two ways: what was `said` of it, and its quote in its place."""
    summary = element("summary", desk.words("desk.show_place"))
    return element(
        "li",
        question_html(item, desk.words, heading),
        element("blockquote", item.sentence, dir="auto"),
        element("ul", *said, class_="said-list"),
        element("details", summary, place_html(item.citation, desk.engine, desk.words)),
        *more,
        class_="difference",
    )


def _one(item: Item, verdicts: Verdicts, desk: Desk, rater: str) -> Html:
    words, settled = desk.words, verdicts.settled.get(item.id)
    said = [said_html(by[item.id], words) for by in verdicts.by_rater.values()]
    settling = _settled(item, settled, words) if settled else _settle(item, rater, words)
    return difference_html(item, said, desk, "h4", settling)


def _settled(item: Item, one: Judgement, words: Words) -> Html:
    when = element("span", words("desk.settled_at", time=moment(one.at)), class_="hint")
    again = button(words("desk.reopen"), "reopen", data_judged=item.id, class_="quiet")
    return element("div", element("ul", said_html(one, words)), when, again, class_="settled")


def _settle(item: Item, rater: str, words: Words) -> Html:
    name = element(
        "input",
        name_="rater",
        value=rater,
        autocomplete="name",
        dir="auto",
        readonly=bool(visitor().name),
    )
    note = element("input", name_="note", maxlength=str(LONGEST_NOTE), dir="auto")
    return element(
        "form",
        field(words("desk.your_name"), name),
        field(words("desk.note"), note),
        settling_buttons(item, words),
        class_="settle",
    )
