"""A real browser, and readers who have it one after another."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Frame,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
ReaderWith = Callable[..., BrowserContext]
# An answer takes milliseconds; a machine that builds or tests something else at once takes longer.
PATIENCE = 20_000
LANGUAGE = "en-GB"


@contextmanager
def launched() -> Iterator[Browser]:
    """Launch a browser; where there is none, say so, and fail where all tests must run."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_program(playwright), args=list(FLAGS))
        yield chromium
        chromium.close()


def find_program(playwright: Playwright) -> str | None:
    """Return the path of Chromium, or None where Playwright has its own."""
    program = os.environ.get("SSTC_CHAT_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None and not Path(playwright.chromium.executable_path).exists():
        missing = "There is no Chromium. Install one, or name it in SSTC_CHAT_CHROMIUM."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return program


class Reader:
    """A browser that is one reader's after another's.

    Nothing is left of who had it before but the files that every page needs: to fetch and compile those takes
    a second.
    """

    def __init__(self, browser: Browser, options: Mapping[str, Any]) -> None:
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.origins: set[str] = set()
        self._permissions = list(options.get("permissions", ()))
        self._own = self.context.new_page()
        self._devices = self.context.new_cdp_session(self._own)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.context.on("page", lambda page: page.on("framenavigated", self._note))

    def leave(self) -> list[str]:
        """Close what is open and forget what the pages kept; return the errors that their scripts made."""
        for page in self.context.pages:
            if page is not self._own:
                page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.grant_permissions(self._permissions)
        for origin in self.origins:
            self._devices.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        errors, self.errors = self.errors, []
        return errors

    def _note(self, frame: Frame) -> None:
        self.origins.add("{0.scheme}://{0.netloc}".format(urlsplit(frame.url)))
