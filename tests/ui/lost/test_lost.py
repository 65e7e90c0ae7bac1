"""A server that is killed, hangs or comes back, in a browser: nothing waits for ever or is asked twice."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from sstc_chat.ui.languages.words import words_in

ROOT = Path(__file__).parents[3]
SERVER = "tests.ui.lost.server"
UNREACHABLE = words_in("en")("chat.unreachable")
LONG = 60.0
# Notes what is said of failures, however briefly it stands there.
TOLD = """() => {
  window.told = [];
  new MutationObserver(() => {
    const said = document.querySelectorAll(".failure .said, .notice p");
    window.told.push(...[...said].map((one) => one.textContent));
  }).observe(document.body, { childList: true, subtree: true });
}"""


class Killable:
    """A server in a process of its own, always at the same port."""

    def __init__(self, begin: Callable[[str], int], log: Path) -> None:
        self.begin = begin
        self.log = log
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/en/"
        self.process = 0

    def start(self, seconds: float = 0) -> None:
        self.process = self.begin(f"{self.port} {seconds} {self.log}")
        until = time.monotonic() + 60
        while not self.is_up() and time.monotonic() < until:
            time.sleep(0.1)

    def is_up(self) -> bool:
        try:
            urlopen(self.url, timeout=5).close()  # noqa: S310  It is our own page.
        except (URLError, ConnectionError):
            return False
        return True

    def send(self, number: signal.Signals) -> None:
        os.kill(self.process, number)
        while number == signal.SIGKILL and Path(f"/proc/{self.process}").exists():
            time.sleep(0.01)

    def asked(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture(scope="module")
def begin() -> Iterator[Callable[[str], int]]:
    """Yield what begins a server and returns the number of its process."""
    with subprocess.Popen(
        [sys.executable, "-m", SERVER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:

        def one_more(line: str) -> int:
            assert parent.stdin is not None
            assert parent.stdout is not None
            print(line, file=parent.stdin, flush=True)
            return int(parent.stdout.readline())

        yield one_more


@pytest.fixture
def server(begin: Callable[[str], int], tmp_path: Path) -> Iterator[Killable]:
    one = Killable(begin, tmp_path / "asked.txt")
    yield one
    with suppress(ProcessLookupError):
        one.send(signal.SIGKILL)


def opened(context: BrowserContext, server: Killable) -> Page:
    page = context.new_page()
    page.goto(server.url)
    page.wait_for_selector(".starters, .welcome")
    # What a page has not fetched yet, it would wait for.
    page.wait_for_load_state("networkidle")
    return page


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")


def asked_once(page: Page, server: Killable, question: str) -> None:
    """Wait until a question has come to the server."""
    for _ in range(200):
        if server.asked().count(question):
            break
        page.wait_for_timeout(50)
    assert server.asked().count(question) == 1


def test_a_server_killed_while_it_answers_is_told_and_asked_again_when_it_is_back(
    context: BrowserContext, server: Killable
) -> None:
    server.start(LONG)
    page = opened(context, server)
    ask(page, "When?")
    asked_once(page, server, "When?")
    server.send(signal.SIGKILL)
    expect(page.locator(".failure .said")).to_have_text(UNREACHABLE)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".failure .said")).to_have_text(UNREACHABLE)
    server.start()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".refusal")).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(1)
    assert page.locator(".question").all_inner_texts() == ["When?"]
    # Gradio loads the page anew once its server is back; what was answered stays.
    page.wait_for_timeout(3000)
    expect(page.locator(".refusal")).to_have_count(1)
    ask(page, "Where?")
    expect(page.locator(".refusal")).to_have_count(2)
    assert server.asked() == ["When?", "When?", "Where?"]


@pytest.mark.parametrize("noticed", [False, True], ids=["at once", "when its end has been noticed"])
def test_a_server_killed_between_answers_is_told_and_asked_again(
    context: BrowserContext, server: Killable, *, noticed: bool
) -> None:
    server.start()
    page = opened(context, server)
    ask(page, "When?")
    expect(page.locator(".refusal")).to_have_count(1)
    server.send(signal.SIGKILL)
    if noticed:
        page.get_by_role("button", name="Yes").click()
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".notice")).to_be_visible()
    ask(page, "Where?")
    expect(page.locator(".failure .said")).to_have_text(UNREACHABLE)
    # While it is away the page tries, and goes on by itself once it is back.
    page.get_by_role("button", name="Try again").click()
    server.start()
    again = page.get_by_role("button", name="Try again")
    expect(again.or_(page.locator(".refusal").nth(1))).to_be_visible()
    if again.is_visible():
        again.click()
    expect(page.locator(".refusal")).to_have_count(2)
    assert page.locator(".question").all_inner_texts() == ["When?", "Where?"]
    assert server.asked() == ["When?", "Where?"]


def test_a_server_that_hangs_is_told_and_what_it_answers_late_is_shown(
    context: BrowserContext, server: Killable
) -> None:
    """Its connections stand, and nothing comes back on them."""
    server.start()
    page = opened(context, server)
    server.send(signal.SIGSTOP)
    ask(page, "When?")
    expect(page.locator(".failure .said")).to_have_text(UNREACHABLE)
    server.send(signal.SIGCONT)
    expect(page.locator(".refusal")).to_have_count(1)
    expect(page.locator(".failure")).to_have_count(0)
    assert page.locator(".question").all_inner_texts() == ["When?"]
    page.reload()
    expect(page.locator(".refusal")).to_have_count(1)
    assert server.asked() == ["When?"]


def test_whoever_asks_again_meanwhile_is_answered_once(context: BrowserContext, server: Killable) -> None:
    server.start()
    page = opened(context, server)
    server.send(signal.SIGSTOP)
    ask(page, "When?")
    expect(page.locator(".failure .said")).to_have_text(UNREACHABLE)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".waiting")).to_be_visible()
    server.send(signal.SIGCONT)
    expect(page.locator(".refusal")).to_have_count(1)
    ask(page, "Where?")
    expect(page.locator(".refusal")).to_have_count(2)
    assert page.locator(".question").all_inner_texts() == ["When?", "Where?"]


def test_one_look_that_fails_is_not_told(context: BrowserContext, server: Killable) -> None:
    server.start(3)
    page = opened(context, server)
    looks: list[str] = []

    def look(route: Route) -> None:
        looks.append(route.request.url)
        if len(looks) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/app_id", look)
    page.evaluate(TOLD)
    ask(page, "When?")
    expect(page.locator(".refusal")).to_have_count(1)
    assert len(looks) > 1
    assert page.evaluate("window.told") == []


def test_a_reload_while_an_answer_is_made_loses_no_question(
    context: BrowserContext, server: Killable
) -> None:
    server.start(2)
    page = opened(context, server)
    ask(page, "When?")
    asked_once(page, server, "When?")
    page.reload()
    expect(page.locator(".waiting")).to_be_visible()
    expect(page.locator(".refusal")).to_have_count(1)
    assert page.locator(".question").all_inner_texts() == ["When?"]
    page.reload()
    expect(page.locator(".refusal")).to_have_count(1)
    page.wait_for_timeout(500)
    assert server.asked() == ["When?", "When?"]


def test_the_next_question_does_not_wait_for_those_that_were_stopped(
    context: BrowserContext, server: Killable
) -> None:
    server.start(LONG)
    page = opened(context, server)
    for number in range(6):
        ask(page, f"When, {number}?")
        asked_once(page, server, f"When, {number}?")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".turn")).to_have_count(number + 1)
