"""Take the pictures of the page that stand in the documentation: `make screenshots`.

One sheet for each view, with the page light and dark, wide and narrow, in English and Arabic; and the two
pictures that other pages of the documentation show. All of it is the shipped report, asked and judged here.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.questions import read_questions
from sstc_chat.rag.opening import open_engine, reopened
from sstc_chat.rag.review.dossier import dossier_of
from sstc_chat.rag.review.judging import open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import Plan, ask_round, begin_round
from sstc_chat.rag.review.types import VERDICTS
from sstc_chat.rag.settings import load_settings
from sstc_chat.ui.desk.printing import print_html
from sstc_chat.ui.languages.words import words_in
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.server import address, listen, make_server

FOLDER = Path(__file__).parent
QUESTIONS = FOLDER / "example-questions.jsonl"
ASKED = {
    "en": ("Where did the Future Leaders course take place?", "Who won the football world cup in 2022?"),
    "ar": ("أين عُقدت دورة قادة المستقبل؟", "من فاز بكأس العالم لكرة القدم عام 2022؟"),
}
RATERS = ("Ada Lovelace", "Grace Hopper")
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 800}
SIZES = (WIDE, NARROW)
GAP, GROUND = 16, "#808890"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu")
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Place:
    """Where the page is served, and the round that was asked and judged there."""

    url: str
    rounds: Rounds
    number: int

    def at(self, language: str, path: str = "") -> str:
        """Return the address of a view."""
        return f"{self.url}/{language}/{path}"


Shown = Callable[[Page, Place, str], None]


@dataclass(frozen=True)
class Camera:
    """A browser, and what it looks at."""

    browser: Browser
    place: Place

    def take(self, show: Shown, language: str, scheme: Scheme, size: ViewportSize) -> Image.Image:
        """Return one picture."""
        page = self.browser.new_page(
            viewport=size, color_scheme=scheme, reduced_motion="reduce", locale=language
        )
        show(page, self.place, language)
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        page.close()
        return picture

    def sheet(self, show: Shown) -> Image.Image:
        """Return all pictures of a view on one sheet: a row for each language. Paper is never dark."""
        columns = list(product(SIZES, SCHEMES[:1] if show is printed else SCHEMES))
        wide = sum(size["width"] + GAP for size, _ in columns) + GAP
        whole = Image.new("RGB", (wide, len(ASKED) * (WIDE["height"] + GAP) + GAP), GROUND)
        for row, language in enumerate(ASKED):
            left = GAP
            for size, scheme in columns:
                whole.paste(
                    self.take(show, language, scheme, size), (left, GAP + row * (WIDE["height"] + GAP))
                )
                left += size["width"] + GAP
        return whole


def main() -> None:
    """Serve the page in a home of its own, and take every picture."""
    with served() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        camera = Camera(browser, place)
        for name, show in VIEWS.items():
            camera.sheet(show).save(FOLDER / f"view-{name}.webp", quality=60, method=6)
        for name, show in {"screenshot": chat, "desk": judging}.items():
            picture = camera.take(show, "en", "light", WIDE)
            picture.quantize(256).save(FOLDER / f"{name}.png", optimize=True)
        browser.close()


@contextmanager
def served() -> Iterator[Place]:
    """Serve the shipped report, with a round of the example questions that two people have judged."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"home": folder})
        engine = open_engine(settings, lambda *_: None)
        rounds = Rounds(settings.home)
        number = judged_round(rounds, engine)
        begin_round(rounds, engine, read_questions(QUESTIONS), QUESTIONS.read_bytes(), Plan())
        list(ask_round(rounds, engine, number + 1))
        current = CurrentEngine(engine, lambda: reopened(engine, settings))
        editor = Editor(settings.home, engine.encoders, settings.index_settings())
        listener = listen("127.0.0.1", 0)
        server = make_server(Hosted(current, settings.home, editor=editor), list(ASKED))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield Place(address(listener), rounds, number)
        server.should_exit = True
        thread.join()


def judged_round(rounds: Rounds, engine: Engine) -> int:
    """Ask the example questions and judge the answers twice; the raters differ on one."""
    number = begin_round(rounds, engine, read_questions(QUESTIONS), QUESTIONS.read_bytes(), Plan())
    list(ask_round(rounds, engine, number))
    judging = open_judging(rounds, number)
    for rater in RATERS:
        for place, item in enumerate(judging.items):
            judging.judge(rater, item, VERDICTS[int(rater == RATERS[1] and place == 0)])
        judging.hand_in(rater)
    return number


def chat(page: Page, place: Place, language: str) -> None:
    """Show an answer and, where both sides are in view, its quote in the report."""
    page.goto(place.at(language))
    for question in reversed(ASKED[language]):
        ask(page, question)
    cite = page.locator(".turn:last-of-type .cite").first
    if page.locator(".report").is_visible():
        cite.click()


def reading(page: Page, place: Place, language: str) -> None:
    """Show a quote in the report, with a search."""
    page.goto(place.at(language))
    ask(page, ASKED[language][0])
    page.locator(".cite").first.click()
    page.get_by_role("searchbox").fill("leaders")
    page.wait_for_timeout(600)


def documents(page: Page, place: Place, language: str) -> None:
    """Show the documents."""
    page.goto(place.at(language, "documents"))
    page.wait_for_selector("#documents tbody tr")


def judging(page: Page, place: Place, language: str) -> None:
    """Show a citation that is to be judged."""
    page.goto(place.at(language, f"desk?step=judge&round={place.number + 1}"))
    page.locator("input[name=rater]").fill(RATERS[0])
    page.keyboard.press("Enter")
    page.wait_for_selector(".item:focus")


def figures(page: Page, place: Place, language: str) -> None:
    """Show the figures of a round, in tables and drawn."""
    page.goto(place.at(language, f"desk?step=figures&round={place.number}"))
    page.locator("#desk-plots .vega-embed").nth(2).wait_for()


def printed(page: Page, place: Place, language: str) -> None:
    """Show the page that is printed of a finished round."""
    page.set_content(print_html(dossier_of(place.rounds, place.number), words_in(language)))


VIEWS: dict[str, Shown] = {
    "chat": chat,
    "reading": reading,
    "documents": documents,
    "desk": judging,
    "figures": figures,
    "printed": printed,
}


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer and what it suggests."""
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")
    page.wait_for_selector(f".turn:has-text('{question}'):not([data-state=pending])")
    page.wait_for_selector(".suggestions", state="attached")


def program() -> str | None:
    """Return the browser that is installed; None where there is Playwright's alone."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return os.environ.get("SSTC_CHAT_CHROMIUM") or found


if __name__ == "__main__":
    main()
