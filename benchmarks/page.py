"""How long the page takes, beside the floor it cannot go below, as medians and ratios in one run.

    python benchmarks/page.py [--rounds 15]

- open: from the address to a page that can be used, in a new browser with the server warm. Its floor is a
  page of Gradio with one text box, served and opened in the same way.
- press: from the press of a citation to the quote marked and painted. Its floor is the same press on a page
  that only changes a colour.
- type: from a key to its letter painted, while an answer is being made. Its floor is the same while none is.

Each is measured in turn with its floor, in Chromium. Machines are noisy: only the ratios mean something.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import open_engine
from sstc_chat.rag.settings import load_settings
from sstc_chat.rag.types import Answer
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.server import address, listen, make_server

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu")
WORDS = "How many countries"
# Resolves once what was done has been painted.
PAINTED = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
PRESS = f"""async (one) => {{
  const start = performance.now();
  one.click();
  if (one.matches(".cite") && !document.querySelector(".report mark")) throw new Error("Nothing is marked.");
  await {PAINTED};
  return performance.now() - start;
}}"""
CLEAR = "() => sstc.marks.clear(document.querySelector('.report'))"
PLAIN = """<button onclick="document.body.classList.toggle('on')">x</button><style>.on { background: gold }"""
# Times every key from the moment it was pressed, as the browser had it, to the frame that shows it.
LISTEN = f"""() => {{
  window.keys = [];
  document.querySelector("#box textarea").addEventListener("input", async (event) => {{
    if (event.inputType !== "insertText") return;
    await {PAINTED};
    window.keys.push(performance.now() - event.timeStamp);
  }});
}}"""


class Busy(Engine):
    """An engine that answers again and again, for as long as it is told to."""

    until = 0.0

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        """Answer, and make the answer anew until the time is over."""
        answer = super().ask(text, history, documents)
        while time.monotonic() < self.until:
            answer = super().ask(text, history, documents)
        return answer


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often each thing is measured")
    rounds = parser.parse_args().rounds
    home = Path(tempfile.mkdtemp(prefix="sstc-chat-page-"))
    opened = open_engine(load_settings({"home": home}), lambda *_: None)
    engine = Busy(opened.store, opened.encoders)
    ours, floor = (
        make_server(Hosted(engine, home)),
        uvicorn.Server(uvicorn.Config(least(), log_level="error")),
    )
    with served(ours) as page, served(floor) as bare, chromium() as browser:
        print(f"{'':8}{'page':>10}{'floor':>10}{'ratio':>8}   (milliseconds; medians of {rounds})")
        report("open", rounds, lambda: opening(browser, page), lambda: opening(browser, bare))
        report("press", rounds, *pressing(browser, page))
        report("type", rounds, *typing(browser, page, engine))


def least() -> FastAPI:
    """Return the least that Gradio can serve."""
    with gr.Blocks(analytics_enabled=False) as blocks:
        gr.Textbox(label="Your question", elem_id="box")
    app = FastAPI()
    gr.mount_gradio_app(app, blocks, path="/", ssr_mode=False)
    return app


@contextmanager
def served(server: uvicorn.Server) -> Iterator[str]:
    """Serve on a free port; yield the address."""
    listener = listen("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield address(listener)
    server.should_exit = True
    thread.join(10)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser."""
    program = os.environ.get("SSTC_CHAT_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def opened(browser: Browser, url: str) -> Page:
    """Return the page once a question can be typed."""
    page = browser.new_context(locale="en", reduced_motion="reduce").new_page()
    page.goto(url, wait_until="commit")
    page.locator("#box textarea").wait_for()
    return page


def opening(browser: Browser, url: str) -> float:
    """Return how long it takes until a question is typed."""
    start = time.perf_counter()
    page = opened(browser, url)
    page.locator("#box textarea").fill(WORDS)
    passed = (time.perf_counter() - start) * 1000
    page.context.close()
    return passed


def pressing(browser: Browser, url: str) -> tuple[Callable[[], float], Callable[[], float]]:
    """Return what presses a citation, and what presses a button that changes a colour."""
    page, plain = opened(browser, url), browser.new_page()
    plain.set_content(PLAIN)
    page.locator(".starters button").first.click()
    page.wait_for_selector(".cite")

    def press() -> float:
        page.evaluate(CLEAR)
        return float(page.locator(".cite").first.evaluate(PRESS))

    return press, lambda: float(plain.locator("button").evaluate(PRESS))


def typing(browser: Browser, url: str, engine: Busy) -> tuple[Callable[[], float], Callable[[], float]]:
    """Return what types while an answer is made, and what types while none is."""
    page = opened(browser, url)
    page.evaluate(LISTEN)
    box = page.locator("#box textarea")

    def typed() -> float:
        page.evaluate("() => { window.keys.length = 0; }")
        box.press_sequentially(WORDS)
        page.wait_for_function(f"window.keys.length === {len(WORDS)}")
        return float(statistics.median(page.evaluate("window.keys")))

    def busy() -> float:
        engine.until = time.monotonic() + 60
        box.fill("How many countries do the initiatives engage?")
        box.press("Enter")
        page.wait_for_selector(".turn[data-state=pending]")
        passed = typed()
        if not page.locator(".turn[data-state=pending]").count():
            raise RuntimeError("The answer was made before everything was typed.")
        engine.until = 0
        page.wait_for_selector(".turn:last-of-type:not([data-state=pending])")
        return passed

    def idle() -> float:
        box.fill("")
        return typed()

    return busy, idle


def report(name: str, rounds: int, first: Callable[[], float], second: Callable[[], float]) -> None:
    """Measure both in turn, after one round that does not count, and print a line."""
    first(), second()
    pairs = [(first(), second()) for _ in range(rounds)]
    ratio = statistics.median(one / other for one, other in pairs)
    one, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:8}{one:10.1f}{other:10.1f}{ratio:8.2f}", flush=True)


if __name__ == "__main__":
    main()
