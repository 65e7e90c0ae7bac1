"""Take the picture of the desk that stands in the documentation: `python docs/screenshot_desk.py`."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from screenshot import FLAGS, FOLDER, program, save

from sstc_chat.rag.engine import open_engine
from sstc_chat.rag.evaluation.questions import read_questions
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import Plan, ask_round, begin_round
from sstc_chat.rag.settings import load_settings
from sstc_chat.ui.page.server import address, listen, make_server

QUESTIONS = FOLDER / "example-questions.jsonl"


def main() -> None:
    """Ask a round of the example questions, serve the page, and take the picture."""
    with tempfile.TemporaryDirectory() as home:
        engine = open_engine(load_settings({"home": home}), lambda *_: None)
        rounds, asked = Rounds(Path(home)), read_questions(QUESTIONS)
        number = begin_round(rounds, engine, asked, QUESTIONS.read_bytes(), Plan())
        list(ask_round(rounds, engine, number))
        listener = listen("127.0.0.1", 0)
        server = make_server(engine, Path(home))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en")
            take(page, f"{address(listener)}/en/desk?step=judge&round={number}")
            browser.close()
        server.should_exit = True
        thread.join()


def take(page: Page, url: str) -> None:
    """Judge two citations, and save how the third is shown."""
    page.goto(url)
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    for number in (1, 2):
        page.wait_for_selector(".item:focus")
        page.keyboard.press("1")
        page.wait_for_selector(f".judge-head progress[value='{number}']")
    page.wait_for_timeout(500)
    save(page.screenshot(), FOLDER / "desk.png")


if __name__ == "__main__":
    main()
