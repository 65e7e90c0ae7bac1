"""What stands in an address or in a header of a request is not run, and gets into no page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import BrowserContext

from sstc_chat.ui.app import VIEWS

if TYPE_CHECKING:
    from tests.ui.safety.conftest import Hostile

UI = Path(__file__).parents[3] / "ui"
PATHS = (*(view.path for view in VIEWS), "sign-in", "privacy")


def parameters() -> list[str]:
    """Return every name that the page's code looks for in an address."""
    text = "".join(
        path.read_text("utf-8")
        for kind in ("*.js", "*.py")
        for path in UI.rglob(kind)
        if path.parent.name != "api"
    )
    return sorted({*re.findall(r"\.get\(\"(\w+)\"", text), "next"})


def test_nothing_in_an_address_runs(trusting: BrowserContext, hostile: Hostile) -> None:
    """Each payload stands in some parameter of every view, and behind its `#`."""
    names = parameters()
    assert {"document", "section", "round", "step", "version", "next"} <= set(names)
    page = trusting.new_page()
    for path in PATHS:
        for start in range(0, len(hostile.payloads), 3):
            turned = [*hostile.payloads[start:], *hostile.payloads[:start]]
            query = urlencode(dict(zip(names, turned, strict=False)))
            page.goto(f"{hostile.site}/en/{path}?{query}#{turned[0]}")
            page.locator("#room, main").first.wait_for()
            page.wait_for_timeout(100)
            assert page.evaluate("window.hacked") is None, query
            assert path in {"sign-in", "privacy"} or page.evaluate(hostile.made) == []


@pytest.mark.parametrize(
    "header",
    [
        "accept-language",
        "cookie",
        "host",
        "referer",
        "user-agent",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-request-id",
    ],
)
def test_nothing_of_a_header_gets_into_a_page(hostile: Hostile, header: str) -> None:
    with httpx.Client(base_url=hostile.site, timeout=60) as client:
        for payload in [one for one in hostile.markup if one.isascii()]:
            value = f"language={payload}" if header == "cookie" else payload
            for path in ("", *(f"en/{path}" for path in PATHS)):
                answer = client.get(f"/{path}", headers={header: value})
                assert payload not in answer.text, path
                assert payload not in "".join(answer.headers.values())
