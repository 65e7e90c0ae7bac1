"""The page in other languages, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from collections.abc import Callable

    Open = Callable[..., Page]

SIDES = "one => { const box = one.getBoundingClientRect(); return [box.left, box.right]; }"


@pytest.fixture
def open_in(reader_with: Callable[..., BrowserContext], site: str) -> Open:
    """Return what opens the page in a browser that speaks a language."""

    def opening(locale: str, path: str = "/") -> Page:
        page = reader_with(locale=locale).new_page()
        page.goto(f"{site}{path}")
        page.wait_for_selector(".starters")
        return page

    return opening


def test_the_page_follows_the_browser(open_in: Open, site: str) -> None:
    page = open_in("pt-BR", "/?document=any")
    assert page.url == f"{site}/pt/?document=any"
    expect(page.locator("html")).to_have_attribute("lang", "pt")
    expect(page.get_by_label(words_in("pt")("chat.question"))).to_be_visible()


def test_a_language_that_is_chosen_is_remembered(open_in: Open, site: str) -> None:
    page = open_in("fr", "/?document=any")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url(f"{site}/ar/?document=any")
    page.wait_for_selector(".starters")
    page.goto(site)
    assert page.url == f"{site}/ar/"
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_the_choice_of_a_language_is_left_by_the_keyboard(open_in: Open) -> None:
    page = open_in("en")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    for _ in page.locator("#masthead .views a").all():
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".languages summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Русский")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Русский")).to_be_hidden()
    expect(page.locator(".languages summary")).to_be_focused()


def test_the_bar_can_be_skipped(open_in: Open, site: str) -> None:
    page = open_in("en")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#room")).to_be_focused()
    assert page.url == f"{site}/en/"


def test_arabic_is_laid_out_from_right_to_left_and_quotes_in_english_are_not(open_in: Open) -> None:
    page = open_in("ar")
    for left, right in (("#report-side", "#conversation-side"), ("#ask", "#box")):
        assert page.locator(left).evaluate(SIDES)[1] <= page.locator(right).evaluate(SIDES)[0]
    question = "ما أوجه الضعف التي تواجهها الدول الجزرية الصغيرة؟"
    page.get_by_label(words_in("ar")("chat.question")).fill(question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".cite")
    direction = "one => getComputedStyle(one).direction"
    assert page.locator(".said").evaluate(direction) == "rtl"
    assert {one.evaluate(direction) for one in page.locator(".card-quote").all()} == {"ltr"}
    assert page.locator(".said blockquote").first.evaluate(direction) == "ltr"


def test_the_parts_that_gradio_makes_are_told_the_language(open_in: Open) -> None:
    assert open_in("en", "/zh/").evaluate("navigator.language") == "zh-CN"
