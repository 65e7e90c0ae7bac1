"""Export and feedback as readers use them, in a real browser."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sstc_chat.rag.feedback.keeping import all_feedback
from sstc_chat.rag.records.checking import Reports
from sstc_chat.rag.records.commands import documents_of
from sstc_chat.rag.records.record import answer_of
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from sstc_chat.rag.engine import Engine

Serve = Callable[..., AbstractContextManager[str]]
QUESTION = "What is Ejo Heza?"
HOSTILE = "\"'><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
EN, AR = words_in("en"), words_in("ar")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of the server: what readers send is kept there."""
    return tmp_path_factory.mktemp("sharing") / "home"


@pytest.fixture(scope="module")
def served(engine: Engine, place: Path, serve_page: Serve) -> Iterator[str]:
    with serve_page(engine, home=place, languages=("en", "ar")) as url:
        yield url


@pytest.fixture
def page(context: BrowserContext, served: str) -> Page:
    return opened(context, f"{served}/en/", QUESTION)


def opened(context: BrowserContext, url: str, question: str) -> Page:
    """Return the page in one language, on which a question was answered."""
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(".starters")
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")
    page.wait_for_selector(".turn .feedback")
    return page


def exported(page: Page, suffix: str) -> tuple[str, bytes]:
    """Export by the keyboard alone; return the name and the content of the file."""
    page.locator(".export summary").press("Enter")
    with page.expect_download() as saved:
        page.locator(f'.export [data-suffix="{suffix}"]').press("Enter")
    expect(page.locator(".export summary")).to_be_focused()
    return saved.value.suggested_filename, Path(saved.value.path()).read_bytes()


def test_a_conversation_becomes_a_word_document_with_footnotes(page: Page, place: Path) -> None:
    name, content = exported(page, ".docx")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        notes = file.read("word/footnotes.xml").decode()
        text = file.read("word/document.xml").decode()
    assert re.fullmatch(r"sstc-chat-\d{4}-\d\d-\d\d\.docx", name)
    assert "characters 6990–7272" in notes
    assert QUESTION in text
    assert EN("sharing.exported", name=name) == page.locator("#announcer").text_content()
    assert not (place / "records.sqlite").exists()


def test_a_record_that_was_saved_can_be_checked(page: Page, engine: Engine) -> None:
    name, content = exported(page, ".json")
    (record,) = json.loads(content)
    assert name.endswith(".json")
    answer = answer_of(record)
    assert answer.question.text == QUESTION
    assert record["citations"][0]["target"][0]["selector"][1]["type"] == "TextQuoteSelector"
    checked = Reports(documents_of(engine, [answer])).check(record)
    assert [one.state for one in checked.findings] == ["same"]


def test_what_is_hostile_stays_text_in_a_file(context: BrowserContext, served: str) -> None:
    page = opened(context, f"{served}/en/", HOSTILE)
    _, content = exported(page, ".md")
    heading = next(line for line in content.decode().splitlines() if line.startswith("## "))
    assert "<" not in heading.replace("\\<", "")
    assert page.evaluate("window.hacked") is None


def test_feedback_is_sent_kept_and_taken_back(page: Page, place: Path) -> None:
    control = page.locator(".turn .feedback")
    control.get_by_role("button", name=EN("sharing.no")).click()
    expect(control.get_by_text(EN("sharing.kept"))).to_be_visible()
    expect(control.get_by_label(EN("sharing.wrong_passage"))).to_be_focused()
    control.get_by_label(EN("sharing.does_not_answer")).check()
    control.get_by_label(EN("sharing.comment")).fill(HOSTILE)
    assert not (place / "records.sqlite").exists() or all_feedback(place) == []
    control.get_by_role("button", name=EN("sharing.send")).click()
    expect(control.get_by_role("button", name=EN("sharing.take_back"))).to_be_focused()
    (kept,) = all_feedback(place)
    assert (kept.opinion.good, kept.opinion.reason) == (False, "does not answer")
    assert kept.opinion.comment == HOSTILE
    assert kept.answer.question.text == QUESTION
    page.reload()
    page.locator(".turn .feedback .take-back").click()
    expect(page.locator(".turn .feedback .thumb.good")).to_be_focused()
    assert all_feedback(place) == []
    assert page.evaluate("window.hacked") is None


def test_feedback_can_be_left_alone(page: Page, place: Path) -> None:
    thumb = page.locator(".turn .feedback .thumb.good")
    thumb.press("Enter")
    expect(page.locator(".feedback .reasons")).to_be_hidden()
    expect(page.get_by_label(EN("sharing.comment"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".feedback form")).to_be_hidden()
    expect(thumb).to_be_focused()
    assert not (place / "records.sqlite").exists() or all_feedback(place) == []


def test_feedback_that_cannot_be_kept_is_not_lost(page: Page, place: Path) -> None:
    kept = place.rename(place.with_name("elsewhere")) if place.exists() else None
    place.write_text("This is no folder.")
    try:
        page.locator(".feedback .thumb.good").click()
        page.get_by_label(EN("sharing.comment")).fill("Just so.")
        page.get_by_role("button", name=EN("sharing.send")).click()
        expect(page.locator("#notice")).to_contain_text(EN("sharing.not_sent"))
        expect(page.get_by_label(EN("sharing.comment"))).to_have_value("Just so.")
    finally:
        place.unlink()
        if kept:
            kept.rename(place)


def test_everything_is_there_in_arabic_and_by_the_keyboard(
    context: BrowserContext, served: str, place: Path
) -> None:
    page = opened(context, f"{served}/ar/", "ما هي الدول التي شاركت؟")
    _, content = exported(page, ".md")
    assert content.decode().startswith("# إجابات من التقارير\n")
    thumb = page.get_by_role("button", name=AR("sharing.yes"))
    thumb.press("Enter")
    page.keyboard.type("شكرا")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=AR("sharing.send"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=AR("sharing.take_back"))).to_be_focused()
    expect(page.locator("#announcer")).to_have_text(AR("sharing.thanks"))
    (kept,) = all_feedback(place)
    assert (kept.opinion.good, kept.opinion.comment, kept.answer.question.language) == (True, "شكرا", "ar")
    page.keyboard.press("Enter")
    expect(page.locator(".feedback .thumb.good")).to_be_focused()
    assert all_feedback(place) == []
