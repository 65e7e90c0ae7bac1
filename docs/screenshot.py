"""Take the pictures of the page that stand in the documentation: `python docs/screenshot.py`.

With words after it, they are asked; without, the first question that the page offers.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from sstc_chat.rag.engine import open_engine
from sstc_chat.rag.settings import load_settings
from sstc_chat.ui.page.server import address, listen, make_server

FOLDER = Path(__file__).parent
PICTURES: dict[str, ViewportSize] = {
    "screenshot.png": {"width": 1280, "height": 800},
    "screenshot-narrow.png": {"width": 390, "height": 844},
}
COLOURS = 256
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu")


def main(question: str) -> None:
    """Build an index of the shipped report, serve the page, and take both pictures."""
    with tempfile.TemporaryDirectory() as home:
        engine = open_engine(load_settings({"home": home}), lambda *_: None)
        listener = listen("127.0.0.1", 0)
        server = make_server(engine, Path(home))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        take_pictures(address(listener), question)
        server.should_exit = True
        thread.join()


def take_pictures(url: str, question: str) -> None:
    """Take every picture of the page at `url`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        for name, size in PICTURES.items():
            take(browser, url, question, name, size)
        browser.close()


def program() -> str | None:
    """Return the browser that is installed; None where there is Playwright's alone."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return os.environ.get("SSTC_CHAT_CHROMIUM") or found


def take(browser: Browser, url: str, question: str, name: str, size: ViewportSize) -> None:
    """Ask, follow the first citation where both sides are in view, and save the picture."""
    page = browser.new_page(viewport=size, reduced_motion="reduce", locale="en")
    page.goto(url)
    ask(page, question)
    page.wait_for_selector(".cite")
    if page.locator(".report").is_visible():
        page.locator(".cite").first.click()
    page.wait_for_timeout(500)
    save(page.screenshot(), FOLDER / name)
    page.close()


def save(picture: bytes, path: Path) -> None:
    """Save a PNG in as many colours as a page of text needs, which takes a third of the space."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def ask(page: Page, question: str) -> None:
    """Ask `question`, or the first that is offered."""
    if question:
        page.get_by_label("Your question").fill(question)
        page.get_by_label("Your question").press("Enter")
    else:
        page.locator(".starters button").first.click()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
