"""What a reader does with a conversation, in a real browser: keep it, change it, take from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sstc_chat.rag.types import Answer
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from tests.ui.conftest import Make

    Serve = Callable[..., AbstractContextManager[str]]

ROWS = [
    ("heading", "Africa"),
    ("paragraph", "It began in Kenya."),
    ("paragraph", "Later it came to Cabo Verde."),
]
HOSTILE = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
KEY = "sstc-chat:conversation:"
KEPT = f"Object.entries(localStorage).filter(([key]) => key.startsWith('{KEY}')).map(([, kept]) => kept)"


@pytest.fixture
def url(serve_page: Serve, make: Make) -> Iterator[str]:
    """Serve a page that answers about Kenya and Cabo Verde and refuses all else; return its address."""
    lines, _ = make.lines("one", *ROWS)

    def reply(text: str, _: Sequence[str]) -> Answer:
        cited = [
            line for line in lines[1:] if any(word in line.text for word in text.rstrip("?").split()[-1:])
        ]
        return make.answer(text, *(make.citation(line) for line in cited))

    with serve_page(
        make.engine({"one": ROWS}, reply, publisher="ILO", year="2024"), languages=("en", "ar")
    ) as address:
        yield address


def opened(context: BrowserContext, url: str, language: str = "en") -> Page:
    page = context.new_page()
    page.goto(f"{url}/{language}/")
    page.wait_for_selector(".welcome")
    return page


def ask(page: Page, question: str, language: str = "en") -> None:
    """Ask, and wait for the answer."""
    before = page.locator(".turn:not([data-state=pending])").count()
    box = page.get_by_label(words_in(language)("chat.question"), exact=True)
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".turn:not([data-state=pending])")).to_have_count(before + 1)


def questions(page: Page) -> list[str]:
    return page.locator(".turn .question").all_inner_texts()


def test_a_conversation_survives_a_reload_and_a_change_of_language(context: BrowserContext, url: str) -> None:
    page = opened(context, url)
    ask(page, "What of Kenya?")
    ask(page, "What of Peru?")
    kept = page.evaluate(KEPT)
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    assert questions(page) == ["What of Kenya?", "What of Peru?"]
    assert page.evaluate(KEPT) == kept
    page.locator(".languages summary").click()
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url(f"{url}/ar/")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn .show").first).to_have_text(words_in("ar")("chat.show"))
    expect(page.locator(".refusal .eyebrow")).to_have_text(words_in("ar")("chat.unsaid"))
    page.locator(".cite").click()
    expect(page.locator(".report mark")).to_have_text("It began in Kenya.")


def test_conversations_are_listed_renamed_deleted_and_brought_back(context: BrowserContext, url: str) -> None:
    page = opened(context, url)
    ask(page, "What of Kenya?")
    page.get_by_role("button", name="New conversation").click()
    ask(page, "What of Peru?")
    page.get_by_role("button", name="Conversations").click()
    titles = page.locator("#conversations .title")
    expect(titles).to_have_text(["What of Peru?", "What of Kenya?"])
    page.get_by_role("button", name="Rename: What of Kenya?").click()
    page.get_by_label("Name of the conversation").fill("Kenya")
    page.keyboard.press("Enter")
    expect(titles).to_have_text(["What of Peru?", "Kenya"])
    page.get_by_role("button", name="Delete: Kenya").click()
    expect(titles).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(titles).to_have_text(["What of Peru?", "Kenya"])
    titles.last.click()
    expect(page.locator("#conversations")).to_be_hidden()
    expect(page.locator(".turn")).to_have_count(1)
    assert questions(page) == ["What of Kenya?"]
    ask(page, "What of Cabo Verde?")
    assert len(page.evaluate(KEPT)) == 2


def test_a_cleared_conversation_can_be_brought_back(context: BrowserContext, url: str) -> None:
    page = opened(context, url)
    expect(page.get_by_role("button", name="Clear")).to_be_disabled()
    ask(page, "What of Kenya?")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate(KEPT) == []
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".turn .cite")).to_have_count(1)
    assert len(page.evaluate(KEPT)) == 1


def test_a_question_is_edited_and_what_it_replaced_brought_back(context: BrowserContext, url: str) -> None:
    page = opened(context, url)
    ask(page, "What of Kenya?")
    ask(page, "What of Peru?")
    page.get_by_role("button", name="Edit question").first.click()
    expect(page.locator("#notice")).to_contain_text("You are editing")
    expect(page.get_by_label("Your question")).to_have_value("What of Kenya?")
    page.keyboard.type(" And of Cabo Verde?")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Earlier answers were replaced")
    assert questions(page) == ["What of Kenya? And of Cabo Verde?"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#notice")).to_contain_text("Earlier answers were replaced")
    assert questions(page) == ["What of Kenya?", "What of Peru?"]


def test_what_to_go_on_with_comes_after_the_answer_and_is_answered(context: BrowserContext, url: str) -> None:
    page = opened(context, url)
    ask(page, "What of Kenya?")
    offered = page.locator(".suggestions button")
    expect(offered).to_have_text(["What does the report say about Cabo Verde?"])
    offered.click()
    expect(page.locator(".turn[data-state=answered]")).to_have_count(2)
    expect(page.locator(".suggestions button")).to_have_count(0)


def test_a_citation_is_copied(context: BrowserContext, url: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(context, url)
    ask(page, "What of Kenya?")
    page.get_by_label("Copy citation 1").click()
    expect(page.locator(".report mark")).to_have_count(0)
    copied = {}
    for name in ("Text", "BibTeX", "CSL-JSON"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.locator(".is-copied", has_text=name)).to_be_visible()
        copied[name] = page.evaluate("navigator.clipboard.readText()")
    assert copied["Text"] == "“It began in Kenya.” ILO, A report (2024), Africa."
    assert copied["BibTeX"].startswith("@techreport{one,")
    assert json.loads(copied["CSL-JSON"])[0]["title"] == "The report one"


def test_the_quote_is_shown_at_its_number_to_pointer_and_keyboard(context: BrowserContext, url: str) -> None:
    page = opened(context, url)
    ask(page, "What of Kenya?")
    tip = page.get_by_role("tooltip")
    page.locator(".cite").hover()
    expect(tip).to_have_text("It began in Kenya.")
    page.get_by_role("button", name="Ask", exact=True).hover()
    expect(tip).to_be_hidden()
    page.locator(".cite").focus()
    expect(tip).to_be_visible()
    expect(page.locator(".cite")).to_have_accessible_description("It began in Kenya.")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_what_the_browser_kept_is_not_trusted(context: BrowserContext, url: str) -> None:
    page = opened(context, url)
    ask(page, "What of Kenya?")
    page.evaluate(
        """([key, hostile]) => {
          const [name, kept] = Object.entries(localStorage).find(([name]) => name.startsWith(key));
          const changed = JSON.parse(kept);
          changed.title = hostile;
          changed.turns[0].record.citations[0].quote = hostile;
          changed.turns[0].record.text = hostile;
          changed.turns.push({ question: hostile, record: { format: hostile } });
          localStorage.setItem(name, JSON.stringify(changed));
          localStorage.setItem(`${key}broken`, "{");
          localStorage.setItem(`${key}other`, JSON.stringify({ ...changed, id: "not-other" }));
        }""",
        [KEY, HOSTILE],
    )
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn .question").last).to_have_text(HOSTILE)
    expect(page.locator(".failure .said")).to_have_text(words_in("en")("chat.not_kept"))
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#conversations .title")).to_have_text([HOSTILE])
    assert page.locator("#room img, #room script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_question_that_is_being_typed_is_kept(context: BrowserContext, url: str) -> None:
    page = opened(context, url)
    page.get_by_label("Your question").fill("What of")
    page.reload()
    expect(page.get_by_label("Your question")).to_have_value("What of")
    ask(page, "What of Kenya?")
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.get_by_label("Your question")).to_have_value("")


def test_it_works_in_arabic_by_keyboard(context: BrowserContext, url: str) -> None:
    words = words_in("ar")
    page = opened(context, url, "ar")
    ask(page, "ماذا عن Kenya", "ar")
    page.keyboard.press("Shift+Tab")
    for _ in range(20):
        if page.locator(".copies summary:focus").count():
            break
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_label(words("chat.copy_number", number=1))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="BibTeX")).to_be_visible()
    page.get_by_role("button", name=words("chat.conversations")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#conversations .title")).to_have_text(["ماذا عن Kenya"])
    page.keyboard.press("Escape")
    expect(page.locator("#conversations")).to_be_hidden()
    expect(page.get_by_role("button", name=words("chat.conversations"))).to_be_focused()


def test_a_kept_answer_never_marks_other_words_where_its_report_has_changed(
    context: BrowserContext, serve_page: Serve, make: Make
) -> None:
    lines, _ = make.lines("one", *ROWS)
    engine = make.engine({"one": ROWS}, lambda text, _: make.answer(text, make.citation(lines[1])))
    with serve_page(engine) as url:
        page = opened(context, url)
        ask(page, "What of Kenya?")
        page.locator(".cite").click()
        notice, marks = page.locator(".reading-notice"), page.locator(".report mark")
        expect(marks).to_have_text("It began in Kenya.")
        expect(notice).to_be_empty()
        for rows, said, marked in (
            ([*ROWS[:2], ("paragraph", "And then to Peru.")], "reading.changed_around", 1),
            ([ROWS[0], ("paragraph", "It began in Nepal."), ROWS[2]], "reading.changed", 0),
            ([ROWS[0]], "reading.changed", 0),
        ):
            engine.read = {"one": make.lines("one", *rows)[0]}
            engine.documents = [replace(engine.documents[0], sha256=str(len(rows)) * 64)]
            page.goto(f"{url}/en/")
            page.locator(".cite").click()
            expect(notice).to_have_text(words_in("en")(said))
            expect(marks).to_have_count(marked)
            page.locator(".card .show").click()
            expect(notice).to_have_text(words_in("en")(said))
            expect(marks).to_have_count(marked)
