"""The page on engines that fail, dawdle, follow up, and know several documents."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from playwright.sync_api import BrowserContext, Page, expect

from sstc_chat.corpus.errors import IndexDamagedError
from sstc_chat.rag.types import Answer, Question
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sstc_chat.ui.page.answerer import Answerer
    from tests.ui.conftest import Make

    Serve = Callable[[Answerer], AbstractContextManager[str]]

HOSTILE = "</span><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
DOCUMENTS = {
    "one": [("heading", "North"), ("paragraph", "It began in May.")],
    "two": [("heading", "South"), ("paragraph", "It ended 🌍 in June."), ("paragraph", HOSTILE)],
}


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(".welcome")
    return page


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")


def held(
    may_answer: threading.Event, make: Make, begun: threading.Event | None = None
) -> Callable[[str, Sequence[str]], Answer]:
    """Return what answers only once it may, and tells when it has begun."""

    def reply(text: str, _: Sequence[str]) -> Answer:
        if begun:
            begun.set()
        may_answer.wait(20)
        return make.answer(text)

    return reply


def test_a_failure_keeps_the_question(context: BrowserContext, serve_page: Serve, make: Make) -> None:
    errors: list[Exception] = [ZeroDivisionError("secret"), IndexDamagedError("Build it again.")]

    def reply(text: str, _: Sequence[str]) -> Answer:
        if errors:
            raise errors.pop(0)
        return make.answer(text)

    engine = make.engine(DOCUMENTS, reply)
    with serve_page(engine) as url:
        page = opened(context, url)
        ask(page, "When?")
        expect(page.locator(".failure .said")).to_have_text(words_in("en")("chat.unexpected"))
        assert "secret" not in page.content()
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".failure .said")).to_have_text(words_in("en")("errors.damaged"))
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".refusal")).to_be_visible()
        assert page.locator(".turn").count() == 1
    assert engine.asked == [("When?", [])] * 3


def test_a_question_is_asked_once_however_often_it_is_sent(
    context: BrowserContext, serve_page: Serve, make: Make
) -> None:
    may_answer = threading.Event()
    engine = make.engine(DOCUMENTS, held(may_answer, make))
    with serve_page(engine) as url:
        page = opened(context, url)
        ask(page, "When?")
        expect(page.locator(".waiting")).to_be_visible()
        page.get_by_label("Your question").fill("And then?")
        page.get_by_label("Your question").press("Enter")
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.get_by_label("Your question")).to_have_value("And then?")
        may_answer.set()
        expect(page.locator(".refusal")).to_be_visible()
        expect(page.get_by_label("Your question")).to_have_value("And then?")
        assert engine.asked == [("When?", [])]
        page.get_by_label("Your question").press("Enter")
        expect(page.locator(".refusal")).to_have_count(2)
    assert engine.asked == [("When?", []), ("And then?", ["When?"])]


def test_an_answer_is_stopped_and_asked_for_again(
    context: BrowserContext, serve_page: Serve, make: Make
) -> None:
    may_answer, begun = threading.Event(), threading.Event()
    engine = make.engine(DOCUMENTS, held(may_answer, make, begun))
    with serve_page(engine) as url:
        page = opened(context, url)
        ask(page, "When?")
        begun.wait(20)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".failure .said")).to_have_text(words_in("en")("chat.stopped"))
        may_answer.set()
        page.wait_for_timeout(500)
        expect(page.locator(".refusal")).to_have_count(0)
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".refusal")).to_be_visible()
        expect(page.locator(".turn")).to_have_count(1)
    assert engine.asked == [("When?", []), ("When?", [])]


def test_a_new_conversation_leaves_the_answer_under_way(
    context: BrowserContext, serve_page: Serve, make: Make
) -> None:
    may_answer = threading.Event()
    engine = make.engine(DOCUMENTS, held(may_answer, make))
    with serve_page(engine) as url:
        page = opened(context, url)
        ask(page, "When?")
        expect(page.locator(".waiting")).to_be_visible()
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator(".turn")).to_have_count(0)
        may_answer.set()
        page.wait_for_timeout(500)
        expect(page.locator(".turn")).to_have_count(0)
        ask(page, "Where?")
        expect(page.locator(".refusal")).to_have_count(1)
    assert engine.asked == [("When?", []), ("Where?", [])]


def test_a_follow_up_tells_how_it_was_understood(
    context: BrowserContext, serve_page: Serve, make: Make
) -> None:
    def reply(text: str, history: Sequence[str]) -> Answer:
        return make.answer(text, question=Question(text, " ".join([*history, text]), "en"))

    with serve_page(make.engine(DOCUMENTS, reply)) as url:
        page = opened(context, url)
        ask(page, "When?")
        expect(page.locator(".refusal")).to_have_count(1)
        ask(page, "Where?")
        expect(page.locator(".understood")).to_have_text("Understood as: When? Where?")


def test_the_document_that_is_cited_is_opened(context: BrowserContext, serve_page: Serve, make: Make) -> None:
    line = make.lines("two", *DOCUMENTS["two"])[0][1]
    citation = make.citation(line)
    engine = make.engine(DOCUMENTS, lambda text, _: make.answer(text, citation))
    with serve_page(engine) as url:
        page = opened(context, url)
        expect(page.locator(".report")).to_have_attribute("data-document", "one")
        assert "in June" not in page.content()
        ask(page, "When?")
        page.locator(".cite").click()
        expect(page.locator(".report")).to_have_attribute("data-document", "two")
        expect(page.locator(".report mark")).to_have_text("It ended 🌍 in June.")
        expect(page.locator(".report mark")).to_be_focused()
        expect(page.get_by_label("Document", exact=True)).to_have_value("two")
        assert page.evaluate("window.hacked") is None
        page.get_by_label("Document", exact=True).select_option("one")
        expect(page.locator(".report")).to_have_attribute("data-document", "one")
        expect(page.locator(".report mark")).to_have_count(0)
        page.locator(".cite").click()
        expect(page.locator(".report mark")).to_have_text("It ended 🌍 in June.")


def test_a_span_counts_code_points(context: BrowserContext, serve_page: Serve, make: Make) -> None:
    start, _ = make.lines("two", *DOCUMENTS["two"])[0][1].spans[0]
    whole = make.citation(make.lines("two", *DOCUMENTS["two"])[0][1])
    citation = replace(whole, quote="🌍 in", spans=((start + 9, start + 13),))
    engine = make.engine(DOCUMENTS, lambda text, _: make.answer(text, citation))
    with serve_page(engine) as url:
        page = opened(context, url)
        ask(page, "When?")
        page.locator(".cite").click()
        expect(page.locator(".report mark")).to_have_text("🌍 in")


def test_an_index_without_documents_says_what_to_do(
    context: BrowserContext, serve_page: Serve, make: Make
) -> None:
    with serve_page(make.engine({})) as url:
        page = opened(context, url)
        expect(page.locator("#report")).to_contain_text("sstc-chat index add")
        ask(page, "When?")
        expect(page.locator(".refusal")).to_be_visible()
