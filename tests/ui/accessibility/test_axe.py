"""axe-core has nothing against any view, in English and Arabic, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from sstc_chat.ui.app import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Open = Callable[..., Page]
    States = Callable[[Page], Iterator[str]]

Scheme = Literal["light", "dark"]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


def violations(page: Page) -> list[str]:
    """Return what axe-core has against the page as it stands: rule, element, reason."""
    options = {"resultTypes": ["violations"], "runOnly": LEVELS}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
class TestAxe:
    @pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
    def test_the_chat(
        self, opened: Open, states: States, language: str, scheme: Scheme, size: ViewportSize
    ) -> None:
        page = opened(language, scheme=scheme, size=size)
        found = {state: violations(page) for state in states(page)}
        assert {state: broken for state, broken in found.items() if broken} == {}

    @pytest.mark.parametrize("path", [view.path for view in VIEWS if view.path])
    def test_every_other_view(self, opened: Open, language: str, scheme: Scheme, path: str) -> None:
        page = opened(language, path, scheme)
        page.wait_for_selector("#room h2")  # until then Gradio says that it is loading
        page.wait_for_load_state("networkidle")
        assert violations(page) == []


def test_axe_would_notice(opened: Open) -> None:
    page = opened()
    page.wait_for_selector(".starters")
    page.evaluate(
        "document.querySelector('.welcome').innerHTML = '<button></button><p style=color:#ccc>pale words</p>'"
    )
    assert {found.partition(":")[0] for found in violations(page)} == {"button-name", "color-contrast"}
