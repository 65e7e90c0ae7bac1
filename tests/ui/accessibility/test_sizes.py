"""On a phone, at any zoom and with text set apart, nothing is cut off; what moves can be kept still."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from sstc_chat.rag.types import Answer
    from sstc_chat.ui.page.answerer import Answerer
    from tests.ui.conftest import Make

    Open = Callable[..., Page]
    Serve = Callable[[Answerer], AbstractContextManager[str]]
    States = Callable[[Page], Iterator[str]]

Motion = Literal["reduce", "no-preference"]
PHONE: ViewportSize = {"width": 390, "height": 844}
SIZES = {
    "phone": PHONE,
    "zoomed to 200%": ViewportSize(width=640, height=400),
    "zoomed to 400%": ViewportSize(width=320, height=256),
}
# What has to be scrolled sideways, or lies outside of the window.
WIDER = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  const scrolls = /auto|scroll/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
  const box = one.getBoundingClientRect();
  const outside = box.width > 0 && (box.left < -1 || box.right > innerWidth + 1);
  return one.checkVisibility() && (scrolls || outside) && !one.closest(".unseen, .skip, .eta-bar, textarea");
}).map((one) => one.outerHTML.slice(0, 120))"""
LARGE = """:root { font-size: 200%; } p { margin-bottom: 2em !important; }
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_nothing_is_wider_than_the_window(
    opened: Open, states: States, language: str, size: ViewportSize
) -> None:
    """WCAG 2.2, criterion 1.4.10: at 320 pixels nothing has to be scrolled sideways."""
    page = opened(language, size=size)
    found = {state: page.evaluate(WIDER) for state in states(page)}
    assert {state: wide for state, wide in found.items() if wide} == {}


def test_text_may_be_twice_as_large_and_set_apart(opened: Open) -> None:
    """WCAG 2.2, criteria 1.4.4 and 1.4.12: nothing is cut off."""
    page = opened()
    page.add_style_tag(content=LARGE)
    page.locator(".starters button").first.click()
    page.locator(".cite").first.click()
    assert page.evaluate(WIDER) == []
    cut = "one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1"
    buttons = page.locator("button:visible")
    assert [one.inner_text() for one in buttons.all() if one.evaluate(cut)] == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_those_who_ask_for_that(
    context: BrowserContext, serve_page: Serve, make: Make, motion: Motion
) -> None:
    may_answer = threading.Event()

    def reply(text: str, _: Sequence[str]) -> Answer:
        may_answer.wait(20)
        return make.answer(text)

    with serve_page(make.engine({"one": [("paragraph", "One.")]}, reply)) as url:
        page = context.new_page()
        page.emulate_media(reduced_motion=motion)
        page.goto(url)
        page.locator("#box textarea").fill("When?")
        page.locator("#box textarea").press("Enter")
        page.wait_for_selector(".waiting")
        moving = page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length")
        may_answer.set()
        page.close()
    assert bool(moving) == (motion == "no-preference")
