"""What can be filled in and what can be pressed on a page as it stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import ElementHandle, Page

LOOK = Path(__file__).with_name("controls.js").read_text("utf-8")
BUSY = (
    ".turn[data-state=pending], .turn[data-writing], [aria-busy=true], #documents progress, "
    "#desk [data-action=stop]"
)


@dataclass(frozen=True)
class Control:
    """A field or a button of a page.

    Attributes
    ----------
    known
        What it is known by, whenever it is seen.
    number
        Its number on the page as it was looked at.
    """

    known: str
    number: int
    type: str
    tag: str
    attributes: dict[str, str]

    def on(self, page: Page) -> ElementHandle | None:
        """Return it on the page; None where the page was made anew since it was looked at."""
        return page.query_selector(f"[data-walked='{self.number}']")


@dataclass(frozen=True)
class Controls:
    """The fields and the buttons that can be used now; those of a dialog alone where one is open."""

    fields: list[Control]
    buttons: list[Control]
    in_dialog: bool


def settle(page: Page) -> None:
    """Wait until nothing is under way."""
    page.wait_for_timeout(40)
    page.wait_for_function(f"!document.querySelector({json.dumps(BUSY)})")


def controls_of(page: Page) -> Controls:
    """Look at a page."""
    seen = page.evaluate(LOOK)
    fields, buttons = ([Control(**one) for one in seen[kind]] for kind in ("fields", "buttons"))
    return Controls(fields, buttons, seen["inDialog"])
