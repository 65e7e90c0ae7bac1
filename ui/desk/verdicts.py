"""Verdicts as they are given and told on the desk."""

from __future__ import annotations

from sstc_chat.rag.review.types import Item, Judgement, Verdict
from sstc_chat.ui.desk.pieces import button
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element

# Each verdict with the key of its name, and the keys on a keyboard that give it.
VERDICTS: dict[Verdict, tuple[str, str]] = {
    "supported": ("desk.supported", "1 s"),
    "partly": ("desk.partly", "2 p"),
    "not": ("desk.not", "3 n"),
}


def verdict_word(verdict: Verdict, words: Words) -> str:
    """Return what a verdict is called."""
    return words(VERDICTS[verdict][0])


def verdict_html(verdict: Verdict, words: Words) -> Html:
    """Return a verdict as it stands beside what it was said of."""
    return element("strong", verdict_word(verdict, words), class_=f"verdict-word {verdict}")


def verdict_buttons(item: Item, given: Verdict | None, words: Words) -> Html:
    """Return what judges an item, also by its keys; pressed is the verdict that was given."""
    buttons = [
        button(
            words(key),
            "judge",
            data_verdict=verdict,
            data_judged=item.id,
            data_keys=keys,
            aria_keyshortcuts=keys,
            aria_pressed="true" if verdict == given else "false",
            class_=f"verdict {verdict}",
        )
        for verdict, (key, keys) in VERDICTS.items()
    ]
    return element("div", *buttons, class_="verdicts", role="group", aria_label=words("desk.verdict"))


def settling_buttons(item: Item, words: Words) -> Html:
    """Return what settles an item."""
    buttons = [
        button(words(key), "settle", data_verdict=verdict, data_judged=item.id, class_=f"verdict {verdict}")
        for verdict, (key, _) in VERDICTS.items()
    ]
    return element("div", *buttons, class_="verdicts", role="group", aria_label=words("desk.settle"))


def said_html(one: Judgement, words: Words) -> Html:
    """Return who said what of an item, and their note."""
    note = element("span", one.note, class_="note", dir="auto") if one.note else ""
    said = verdict_html(one.verdict, words)
    return element("li", element("span", one.person, dir="auto"), ": ", said, " " if note else "", note)
