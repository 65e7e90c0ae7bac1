"""The views of the page, each in a browser of its own, and the states of the chat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

Open = Callable[..., Page]
Scheme = Literal["light", "dark"]
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
STARTED = "Where did the Future Leaders course take place?"
FOLLOWED = "And how many participants were there?"
REFUSED = "Who won the football world cup in 2022?"


@pytest.fixture
def opened(context: BrowserContext, site: str) -> Open:
    """Return what opens a view."""

    def opening(
        language: str = "en", path: str = "", scheme: Scheme = "light", size: ViewportSize = DESKTOP
    ) -> Page:
        page = context.new_page()
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(f"{site}/{language}/{path}")
        page.wait_for_selector("#room")
        return page

    return opening


@pytest.fixture
def states() -> Callable[[Page], Iterator[str]]:
    """Return what brings the chat into every state that looks like no other, and names it."""
    return in_every_state


def in_every_state(page: Page) -> Iterator[str]:
    page.wait_for_selector(".starters")
    yield "welcome"
    page.locator(".starters button").first.click()
    page.wait_for_selector(".cite")
    yield "answer"
    page.locator(".cite").first.click()
    page.wait_for_selector(".report mark")
    page.get_by_role("searchbox").fill("labour")
    page.locator(".contents summary").click()
    yield "marked passage, search, contents"
    page.locator(".contents summary").click()
    page.keyboard.press("Escape")
    page.locator("#box textarea").fill(REFUSED)
    page.locator("#box textarea").press("Enter")
    page.locator(".refusal summary").first.click()
    page.locator(".languages summary").click()
    yield "refusal, languages"
    page.locator(".languages summary").click()
    page.locator("#box textarea").fill(STARTED)
    page.locator("#box textarea").press("Enter")
    page.locator(".turn").nth(2).locator(".cite").first.wait_for()
    page.locator("#box textarea").fill(FOLLOWED)
    page.locator("#box textarea").press("Enter")
    page.wait_for_selector(".understood")
    page.locator(".turn").last.locator(".copies summary").first.click()
    page.locator(".turn").last.locator(".thumb").last.click()
    yield "follow-up, copies, feedback"
    page.goto(f"{page.url.partition('?')[0]}?document=gone")
    page.wait_for_selector(".reading-notice:not(:empty)")
    yield "a link that is wrong"
    for address in ("**/ask", "**/app_id*"):
        page.route(address, lambda route: route.abort())
    if page.locator("#panes").is_visible():
        page.locator("button[data-pane=conversation]").click()
    page.locator("#box textarea").fill(REFUSED)
    page.locator("#box textarea").press("Enter")
    page.wait_for_selector(".failure")
    yield "an error"
