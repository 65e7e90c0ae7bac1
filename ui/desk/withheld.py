"""What a language model wrote on a question and was not shown, and why: for evaluators alone."""

from __future__ import annotations

from collections.abc import Sequence

from sstc_chat.rag.types import Withheld
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element

REASONS = {
    "figure": "withheld.figure",
    "date": "withheld.date",
    "currency": "withheld.currency",
    "address": "withheld.address",
    "place": "withheld.place",
    "name": "withheld.name",
    "turn": "withheld.turn",
    "language": "withheld.language",
    "uncited": "withheld.uncited",
    "unoffered": "withheld.unoffered",
    "long": "withheld.long",
}


def withheld_html(sentences: Sequence[Withheld], words: Words) -> Html:
    """Return the sentences that were withheld, each with what is wrong with it, if there are any."""
    if not sentences:
        return Html("")
    items = [
        element(
            "li",
            element("q", one.text, dir="auto"),
            element("span", _why(one, words), class_="why", dir="auto"),
        )
        for one in sentences
    ]
    title = element("summary", words("withheld.title", count=len(items)))
    return element("details", title, element("ul", *items), class_="withheld")


def _why(sentence: Withheld, words: Words) -> str:
    reason = words(REASONS.get(sentence.reason, "withheld.meaning"))
    return f"{reason}: {', '.join(sentence.missing)}" if sentence.missing else reason
