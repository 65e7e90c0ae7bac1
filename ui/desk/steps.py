"""The way through the desk: one step after the other."""

from __future__ import annotations

from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element

STEPS = {
    "start": "desk.rounds",
    "figures": "desk.figures",
    "judge": "desk.judge",
    "agreement": "desk.agreement",
    "compare": "desk.compare",
    "feedback": "desk.feedback",
}


def steps_html(words: Words) -> Html:
    """Return the choice of a step."""
    buttons = [
        element("button", words(key), type="button", data_step=name, aria_pressed="false")
        for name, key in STEPS.items()
    ]
    return element("nav", *buttons, class_="steps", aria_label=words("desk.steps"))
