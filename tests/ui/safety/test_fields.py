"""A walk finds every field of every view by itself, and puts markup and script into each: nothing of it runs.

It presses whatever can be pressed until it has seen everything, and fills in whatever can be filled in. A
field that stands in the source and that it has not found fails the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from sstc_chat.ui.app import VIEWS
from sstc_chat.ui.languages.words import words_in

from .filling import Filling
from .source_fields import fields_of_scripts, fields_of_the_source, is_same
from .staging import Writing, ask_rounds, judge_round
from .walk import Walk

if TYPE_CHECKING:
    from tests.ui.safety.conftest import Hostile, Library

DESKS = ("desk", "desk?round=1&step=judge", "desk?round=1&step=agreement", "desk?round=2&step=judge")
PATHS = (*(view.path for view in VIEWS), "sign-in", "privacy")
# Scripts that make a field: for the name of a conversation, and to copy where a browser knows no other way.
BY_SCRIPTS = {"conversations.js", "reading-places.js"}
NAMING = words_in("en")("chat.name")


@pytest.fixture
def stage(
    library: Library, hostile: Hostile, serve_page: Callable[..., AbstractContextManager[str]]
) -> Iterator[Hostile]:
    """Serve hostile documents, on which a hostile model writes, with rounds that hostile raters judged."""
    ask_rounds(library, hostile)
    judge_round(library, hostile)
    with serve_page(library.engine, library.editor, writer=Writing(hostile.markup)) as url:
        yield replace(hostile, site=url)


def requests_of(context: BrowserContext) -> set[str]:
    """Return the addresses that are requested from now on."""
    requested: set[str] = set()
    context.on("request", lambda request: requested.add(request.url))
    return requested


def test_nothing_that_is_put_into_any_field_runs(stage: Hostile, browser: Browser) -> None:
    trusting = browser.new_context(bypass_csp=True, reduced_motion="reduce", locale="en")
    asked, requested = list[str](), requests_of(trusting)
    page = trusting.new_page()
    page.set_default_timeout(15_000)
    page.on("dialog", lambda dialog: asked.append(dialog.message))

    def nothing_has_run(page: Page) -> None:
        assert page.evaluate("window.hacked") is None
        assert page.evaluate(stage.made) == []

    walk = Walk(page, Filling(stage.payloads), nothing_has_run)
    for path in ("", *DESKS, "sign-in", "privacy", "documents"):
        walk.everything(f"{stage.site}/en/{path}")
    assert asked == []
    assert {url for url in requested if not url.startswith((stage.site, "blob:"))} == set()
    assert_all_filled(walk.filling)
    assert_all_found(walk)
    state = trusting.storage_state(indexed_db=True)
    trusting.close()
    look_again(browser.new_context(storage_state=state, locale="en"), stage)


def assert_all_filled(filling: Filling) -> None:
    """Assert that every field has had some of the payloads, and most have had all."""
    # What is settled or signed cannot be filled in again.
    some = {name for name, left in filling.left.items() if left}
    assert [name for name in some if len(filling.left[name]) == len(filling.payloads)] == []
    assert len(some) < len(filling.left) / 2


def assert_all_found(walk: Walk) -> None:
    """Assert that every field of the source was seen, and that those which scripts make are known."""
    found = walk.found.values()
    assert [one for one in fields_of_the_source() if not any(is_same(one, seen) for seen in found)] == []
    assert fields_of_scripts() == BY_SCRIPTS
    assert any(one.attributes.get("aria-label") == NAMING for one in found)


def look_again(context: BrowserContext, stage: Hostile) -> None:
    """Open all views as they are now under the policy of the page: it has nothing to hold back."""
    context.add_init_script(
        "window.held = []; document.addEventListener('securitypolicyviolation',"
        " (event) => held.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"
    )
    requested = requests_of(context)
    page = context.new_page()
    desks = [
        f"desk?round={number}&step={step}" for number in (1, 2) for step in ("figures", "judge", "feedback")
    ]
    for path in (*PATHS, *desks):
        page.goto(f"{stage.site}/en/{path}")
        page.locator("#room, main").first.wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("[window.held, window.hacked ?? null]") == [[], None], path
        assert page.evaluate(stage.made) == [], path
    assert {url for url in requested if not url.startswith(stage.site)} == set()
    context.close()
