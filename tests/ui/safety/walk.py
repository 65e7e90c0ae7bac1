"""A walk through views that finds every field by itself, whatever has to be pressed before it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Page

from .controls import Control, Controls, controls_of, settle
from .filling import Filling

# So often what has led to a field is pressed again, in vain.
PATIENCE = 8


@dataclass
class Visit:
    """What has happened in one view since it was opened.

    Attributes
    ----------
    order
        The buttons, in the order in which they came to be seen.
    last
        What was pressed last.
    idle
        How many steps in a row have come upon nothing new.
    before
        What was there when the page was last looked at.
    """

    order: list[str] = field(default_factory=list)
    pressed: set[str] = field(default_factory=set)
    last: str = ""
    idle: int = 0
    before: set[str] = field(default_factory=set)

    def note(self, controls: Controls) -> set[str]:
        """Take down what is there now; return what was not there before."""
        now = {one.known for one in (*controls.fields, *controls.buttons)}
        new, self.before = now - self.before, now
        self.order += [one.known for one in controls.buttons if one.known not in self.order]
        return new


@dataclass
class Walk:
    """Somebody who fills in and presses everything on a page.

    Attributes
    ----------
    check
        What is done with the page before each step.
    opened_by
        By field and button, what was pressed before it was seen, for it may be gone after it was sent.
    found
        What was seen of each field.
    """

    page: Page
    filling: Filling
    check: Callable[[Page], None]
    opened_by: dict[str, str] = field(default_factory=dict)
    found: dict[str, Control] = field(default_factory=dict)

    def everything(self, address: str) -> None:
        """Open a view and do all that can be done there."""
        self.page.goto(address)
        self.page.locator("#room, main").first.wait_for()
        visit = Visit()
        while visit.idle < PATIENCE and self._step(visit):
            pass

    def _step(self, visit: Visit) -> bool:
        """Fill in a field, or else press something; return whether there was anything to do."""
        seen = self._look(visit)
        if one := self.filling.next_of(seen.fields):
            visit.idle = 0
            if there := one.on(self.page):
                self.filling.fill(one, there, seen.fields)
        elif button := self._next_button(visit, seen.buttons):
            self._press(visit, button)
        elif seen.in_dialog:
            self.page.keyboard.press("Escape")
        else:
            return False
        return True

    def _look(self, visit: Visit) -> Controls:
        settle(self.page)
        self.check(self.page)
        seen = controls_of(self.page)
        self.opened_by.update(dict.fromkeys(visit.note(seen), visit.last))
        for one in seen.fields:
            self.found.setdefault(one.known, one)
        return seen

    def _next_button(self, visit: Visit, buttons: Sequence[Control]) -> Control | None:
        """Return what is not pressed yet, or else what leads to a field that is not filled in yet."""
        new = [one for one in buttons if one.known not in visit.pressed]
        visit.idle = 0 if new else visit.idle + 1
        openers = self._openers()
        choice = new or [one for one in buttons if one.known in openers]
        # What came to be seen last comes first, or it may be gone.
        return max(choice, key=lambda one: visit.order.index(one.known), default=None)

    def _press(self, visit: Visit, button: Control) -> None:
        visit.last = button.known
        visit.pressed.add(button.known)
        if there := button.on(self.page):
            there.dispatch_event("click")

    def _openers(self) -> set[str]:
        """Return what leads, one press after the other, to fields that are not filled in yet."""
        found, names = set[str](), [name for name, left in self.filling.left.items() if left]
        while names:
            opener = self.opened_by.get(names.pop(), "")
            if opener and opener not in found:
                found.add(opener)
                names.append(opener)
        return found
