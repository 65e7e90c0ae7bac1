"""One citation to be judged."""

from __future__ import annotations

from collections.abc import Sequence

from sstc_chat.rag.review.judging import Judgements
from sstc_chat.rag.review.names import LONGEST_NOTE
from sstc_chat.rag.review.types import Item
from sstc_chat.ui.desk.desk import Desk
from sstc_chat.ui.desk.pieces import button, field, question_html
from sstc_chat.ui.desk.place import place_html
from sstc_chat.ui.desk.verdicts import verdict_buttons
from sstc_chat.ui.desk.withheld import withheld_html
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element


def item_html(item: Item, order: Sequence[Item], own: Judgements, desk: Desk) -> Html:
    """Return an item: the question, the sentence, its quote in its place, and what judges it."""
    words, place = desk.words, order.index(item)
    said = own.get(item.id)
    note = element(
        "textarea", said.note if said else "", name_="note", rows="2", maxlength=str(LONGEST_NOTE), dir="auto"
    )
    left = element(
        "div",
        element("p", words("desk.citation_of", number=place + 1, size=len(order)), class_="eyebrow"),
        question_html(item, words, "h3"),
        element("p", words("desk.says"), class_="eyebrow"),
        element("blockquote", item.sentence, dir="auto", class_="sentence-judged"),
        element("p", words("desk.judge_hint"), class_="hint"),
        verdict_buttons(item, said.verdict if said else None, words),
        field(words("desk.note"), note),
        withheld_html(item.withheld, words),
        _moves(place, order, own, words),
        class_="judged",
    )
    right = element("div", place_html(item.citation, desk.engine, words), class_="judged-place")
    return element(
        "section",
        left,
        right,
        class_="item",
        tabindex="-1",
        data_item=item.id,
        aria_label=words("desk.citation_of", number=place + 1, size=len(order)),
    )


def _moves(place: int, order: Sequence[Item], own: Judgements, words: Words) -> Html:
    before, behind = order[max(0, place - 1)], order[min(len(order) - 1, place + 1)]
    latest = next(reversed([*own]), None)
    back, on = ("ArrowRight", "ArrowLeft") if words.direction == "rtl" else ("ArrowLeft", "ArrowRight")
    return element(
        "div",
        _key_button(words("desk.previous"), "go", before.id, "previous", back),
        _key_button(words("desk.next"), "go", behind.id, "next", on),
        _key_button(words("desk.undo"), "undo", latest, "u", "U") if latest else "",
        element("p", words("desk.keys"), class_="hint keys"),
        class_="moves",
    )


def _key_button(label: str, action: str, item: str, key: str, shortcut: str) -> Html:
    """Return a button that shows an item, and can be pressed by a key."""
    return button(label, action, data_item=item, data_keys=key, aria_keyshortcuts=shortcut)
