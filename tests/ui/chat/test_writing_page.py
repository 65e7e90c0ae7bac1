"""A language model writes on the page, word by word as the test dictates, and each sentence is checked."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.prose.checking.support import Support
from sstc_chat.rag.prose.types import ModelFailureError
from sstc_chat.rag.prose.writing import Writer

QUESTION = "What is REMPE?"
TRUE = "REMPE is a program of Cabo Verde"
LIE = "REMPE is a program of Nairobi"


class Dictated:
    """A model that writes what it is told to, when it is told."""

    name = "a small model"

    def __init__(self) -> None:
        self.words: queue.Queue[str | None] = queue.Queue()
        self.asked = 0
        self.left = 0

    def stream(self, messages: Sequence[Mapping[str, str]]) -> Iterator[str]:
        self.asked += len(messages) > 0
        try:
            while (word := self.words.get(timeout=20)) is not None:
                if word == "fail":
                    raise ModelFailureError("unreachable")
                yield word
        finally:
            self.left += 1


@pytest.fixture(scope="module")
def model() -> Dictated:
    return Dictated()


@pytest.fixture(scope="module")
def address(
    serve_page: Callable[..., AbstractContextManager[str]],
    engine: Engine,
    encoders: dict[str, Encoder],
    model: Dictated,
) -> Iterator[str]:
    with serve_page(engine, writer=Writer(model, Support(encoders)), languages=("en", "ar")) as address:
        yield address


@pytest.fixture
def page(context: BrowserContext, address: str, model: Dictated) -> Page:
    model.words = queue.Queue()
    opened = context.new_page()
    opened.goto(f"{address}/en/")
    opened.wait_for_selector(".starters")
    return opened


def _ask(page: Page, question: str = QUESTION) -> None:
    page.locator("#box textarea").fill(question)
    page.keyboard.press("Enter")


def test_the_quotes_are_there_at_once_and_prose_takes_their_place(page: Page, model: Dictated) -> None:
    _ask(page)
    turn = page.locator(".turn").last
    expect(turn.locator(".said blockquote")).to_contain_text("REMPE program")
    expect(turn.locator(".wait")).to_contain_text("is writing")
    model.words.put(f"{TRUE} [1].")
    expect(turn.locator(".said > p")).to_contain_text(TRUE)
    expect(turn.locator(".wait")).to_be_visible()
    model.words.put(f" {LIE} [1].")
    model.words.put(None)
    expect(turn.locator(".wait")).to_have_count(0)
    expect(turn.locator(".written")).to_contain_text("a small model")
    expect(turn.locator(".note")).to_have_text(
        "Sentences withheld, since the quotes do not bear them out: 1."
    )
    expect(page.locator("body")).not_to_contain_text("Nairobi")
    turn.locator(".said .cite").click()
    expect(page.locator("#report mark").first).to_be_visible()
    page.reload()
    expect(page.locator(".turn .said > p")).to_contain_text(TRUE)
    expect(page.locator(".turn .written")).to_be_visible()


def test_what_was_shown_stays_when_a_reader_stops(page: Page, model: Dictated) -> None:
    _ask(page)
    model.words.put(f"{TRUE} [1].")
    turn = page.locator(".turn").last
    expect(turn.locator(".said > p")).to_contain_text(TRUE)
    turn.locator(".stop").click()
    expect(turn.locator(".wait")).to_have_count(0)
    expect(turn.locator(".said > p")).to_contain_text(TRUE)
    model.words.put(None)
    model.words.put(None)
    _ask(page, "What is Ejo Heza?")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").last.locator(".note")).to_be_visible()


def test_a_reader_may_want_quotes_only_and_that_is_kept(page: Page, model: Dictated) -> None:
    asked = model.asked
    page.get_by_label("Quotes only").check()
    page.reload()
    expect(page.get_by_label("Quotes only")).to_be_checked()
    _ask(page)
    turn = page.locator(".turn").last
    expect(turn.locator(".said blockquote")).to_contain_text("REMPE program")
    expect(turn.locator(".wait")).to_have_count(0)
    assert model.asked == asked


def test_a_model_that_fails_leaves_the_quotes_and_says_why(page: Page, model: Dictated) -> None:
    model.words.put("fail")
    _ask(page)
    turn = page.locator(".turn").last
    expect(turn.locator(".note")).to_contain_text("cannot be reached")
    expect(turn.locator(".said blockquote")).to_contain_text("REMPE program")


def test_a_refusal_is_shown_as_one_and_nothing_is_written(page: Page, model: Dictated) -> None:
    asked = model.asked
    _ask(page, "How many people live in Lebanon?")
    expect(page.locator(".turn .refusal")).to_be_visible()
    expect(page.locator(".turn .wait")).to_have_count(0)
    assert model.asked == asked


def test_nothing_that_a_model_writes_is_run(page: Page, model: Dictated) -> None:
    model.words.put(f"{TRUE}<img src=x onerror=window.hurt=1><script>window.hurt=1</script> [1].")
    model.words.put(None)
    _ask(page)
    turn = page.locator(".turn").last
    expect(turn.locator(".wait")).to_have_count(0)
    assert page.evaluate("window.hurt") is None
    assert turn.locator("img, script").count() == 0


def test_in_arabic_the_page_says_it_from_right_to_left(
    context: BrowserContext, address: str, model: Dictated
) -> None:
    model.words = queue.Queue()
    model.words.put(f"{TRUE} [1].")
    model.words.put(None)
    page = context.new_page()
    page.goto(f"{address}/ar/")
    page.wait_for_selector(".starters")
    _ask(page)
    expect(page.locator(".turn:not([data-writing]) .written")).to_be_visible()
    written = page.locator(".turn .written")
    expect(written).to_contain_text("a small model")
    assert written.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    said = page.locator(".turn .said")
    assert said.evaluate("(one) => getComputedStyle(one).direction") == "ltr"
