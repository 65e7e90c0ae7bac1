"""The keyboard reaches everything, in order, and shows where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sstc_chat.ui.app import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Open = Callable[..., Page]

# Whatever a reader can press or type in, and the middle of what stands where it is.
OPERABLE = """() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  return [...document.querySelectorAll(all)].filter((one) => one.checkVisibility() && !one.disabled);
}"""
# How the element with the focus shows that it has it, and whether anything stands over it.
FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + box.height / 2];
  const over = document.elementFromPoint(x, y);
  one.dataset.reached ??= Object.keys(window.reached ??= {}).length;
  window.reached[one.dataset.reached] = true;
  const regions = ["#masthead", "#panes", "#conversation-side", "#report-side"];
  return {
    name: one.outerHTML.slice(0, 120),
    number: Number(one.dataset.reached),
    region: regions.findIndex((region) => one.closest(region)),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: Boolean(over && (one.contains(over) || over.contains(one))),
  };
}"""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", [view.path for view in VIEWS])
def test_the_keyboard_reaches_everything_in_order(opened: Open, language: str, path: str) -> None:
    """From the top to the bottom and nowhere twice; what has the focus shows it, and nothing hides it."""
    page = opened(language, path)
    if not path:
        page.locator(".starters button").first.click()
        page.locator(".cite").first.click()
        page.wait_for_selector(".report mark")
        page.get_by_role("searchbox").fill("labour")
    operable = page.evaluate(f"({OPERABLE})().length")
    page.evaluate(f"({OPERABLE})()[0].focus({{ focusVisible: true }})")
    walk = [page.evaluate(FOCUSED)]
    for _ in range(operable - 1):
        page.keyboard.press("Tab")
        walk.append(page.evaluate(FOCUSED))
    assert [stop["name"] for stop in walk if not stop["outlined"]] == []
    assert [stop["name"] for stop in walk if not stop["seen"]] == []
    assert [stop["number"] for stop in walk] == list(range(operable))
    regions = [stop["region"] for stop in walk if stop["region"] >= 0]
    assert regions == sorted(regions)
