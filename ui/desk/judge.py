"""The third step: judge one citation after the other, from the keyboard, blind to what others say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sstc_chat.rag.review.items import in_order_for
from sstc_chat.rag.review.judging import Judgements, Judging, open_judging
from sstc_chat.rag.review.names import LONGEST_NAME, checked_name
from sstc_chat.rag.review.types import Item, Verdict
from sstc_chat.ui.access.visitors import visitor
from sstc_chat.ui.desk.desk import Desk, Told
from sstc_chat.ui.desk.item import item_html
from sstc_chat.ui.desk.pieces import button, field
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join


def judge_html(desk: Desk, told: Told) -> Html:
    """Return the citation to be judged, or what stands in the way of that."""
    judging, words = open_judging(desk.rounds, told.number()), desk.words
    name = words("desk.round_name", number=judging.round.number, name=judging.round.name)
    title = element("h2", name, tabindex="-1", dir="auto")
    if not judging.items:
        return join(title, element("p", words("desk.nothing_to_judge"), class_="hint"))
    if not told.get("rater").strip():
        return join(title, _who(words))
    rater = checked_name(told.get("rater"))
    own = judging.own(rater)
    order = in_order_for(rater, judging.round.number, judging.items.values())
    item = _chosen(order, own, told.get("item"))
    head = _head(rater, len(own), len(order), words)
    if any(one.handed_in and one.name == rater for one in judging.raters()):
        return join(title, head, _signed(rater, words), _hint(judging, words))
    return join(title, head, item_html(item, order, own, desk), _done(own, order, words))


def act(desk: Desk, told: Told) -> Html:
    """Keep a verdict, take one back, or hand in."""
    action, rater = told.get("action"), told.get("rater")
    if action == "judge":
        verdict = cast("Verdict", told.get("verdict"))
        open_judging(desk.rounds, told.number()).judge(rater, told.get("judged"), verdict, told.get("note"))
    if action == "undo":
        open_judging(desk.rounds, told.number()).undo(rater)
    if action == "hand_in":
        open_judging(desk.rounds, told.number()).hand_in(rater)
    return Html("")


def _who(words: Words) -> Html:
    """Return what asks a rater for their name."""
    box = element("input", name_="rater", maxlength=str(LONGEST_NAME), autocomplete="name", dir="auto")
    return element(
        "form",
        element("p", words("desk.who_hint"), class_="hint"),
        field(words("desk.your_name"), box),
        button(words("desk.begin_judging"), "name", class_="primary"),
    )


def _head(rater: str, judged: int, size: int, words: Words) -> Html:
    count = words("desk.judged_of", judged=f"{judged:,}", size=f"{size:,}")
    return element(
        "div",
        element("span", words("desk.rater_is"), " ", element("strong", rater, dir="auto")),
        "" if visitor().name else button(words("desk.somebody_else"), "forget", class_="quiet"),
        element("progress", value=str(judged), max=str(size), aria_label=count),
        element("span", count),
        class_="judge-head",
    )


def _done(own: Judgements, order: Sequence[Item], words: Words) -> Html:
    if len(own) < len(order):
        return Html("")
    return element(
        "div",
        element("p", words("desk.all_judged")),
        button(words("desk.hand_in"), "hand_in", class_="primary"),
        class_="hand-in",
    )


def _signed(rater: str, words: Words) -> Html:
    return element("p", words("desk.handed_in", name=rater), class_="said", role="status", dir="auto")


def _hint(judging: Judging, words: Words) -> Html:
    return element(
        "p", words("desk.see_agreement" if judging.is_disclosed() else "desk.wait_for_others"), class_="hint"
    )


def _chosen(order: Sequence[Item], own: Judgements, wanted: str) -> Item:
    """Return the item that is asked for, or else the first that is not judged, or else the first."""
    asked = [item for item in order if item.id == wanted]
    return next(iter([*asked, *(item for item in order if item.id not in own), *order]))
