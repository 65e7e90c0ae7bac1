"""Where a language model is set: its part in an answer, and the choice to do without it."""

from __future__ import annotations

from sstc_chat.rag.prose.notes import notes_of
from sstc_chat.rag.types import Answer
from sstc_chat.ui.languages.words import Words, direction
from sstc_chat.ui.page.markup import Html, element, join


def mode_html(model: str, words: Words) -> Html:
    """Return the choice between prose by `model` and quotes; the page's script keeps it in the browser."""
    box = element("input", type="checkbox", class_="quotes-only")
    label = element("label", box, words("chat.quotes_only"))
    return element(
        "div", label, element("span", words("chat.model", model=model), class_="model"), class_="mode"
    )


def part_html(answer: Answer, words: Words) -> Html:
    """Return what a language model had to do with an answer, and what went wrong."""
    model, language = answer.fingerprint.get("language_model", ""), answer.question.language
    by = element("p", words("chat.written", model=model), class_="written") if answer.written else Html("")
    notes = [
        element("p", note, class_="note", lang=language, dir=direction(language)) for note in notes_of(answer)
    ]
    return join(by, *notes)
