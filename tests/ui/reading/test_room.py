"""The reading room as a reader uses it, in a real browser: search, permalinks, questions about a passage."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sstc_chat.corpus.markup import plain
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from sstc_chat.rag.engine import Engine

    Open = Callable[..., Page]

ENGLISH, ARABIC = words_in("en"), words_in("ar")
QUESTION = "How many countries do the initiatives engage?"
PAINTED = "name => [...CSS.highlights.get(name)].map(String)"
# Selects from one character of the report to another, as the mouse would.
SELECT = """([first, last]) => {
  const place = (wanted) => {
    const walker = document.createTreeWalker(document.querySelector(".report"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && wanted > walker.currentNode.length) wanted -= walker.currentNode.length;
    return [walker.currentNode, wanted];
  };
  getSelection().setBaseAndExtent(...place(first), ...place(last));
  return String(getSelection());
}"""


@pytest.fixture
def opened(reader_with: Callable[..., BrowserContext], site: str) -> Open:
    """Return what opens an address in a browser of its own."""

    def opening(query: str = "", **options: object) -> Page:
        page = reader_with(**options).new_page()
        page.goto(query if query.startswith("http") else f"{site}/{query}")
        page.wait_for_selector(".starters, .turn", state="attached")
        return page

    return opening


def search(page: Page, text: str) -> None:
    page.get_by_role("searchbox").fill(text)


def spaceless(text: str) -> str:
    return "".join(text.split())


def marked(page: Page) -> str:
    page.wait_for_selector(".report mark")
    return spaceless("".join(page.locator(".report mark").all_text_contents()))


def in_view(page: Page, selector: str) -> bool:
    """Whether something is seen within the pane of the report."""
    box, pane = (page.locator(one).first.bounding_box() for one in (selector, "#report"))
    return bool(box and pane and pane["y"] <= box["y"] and box["y"] + 1 < pane["y"] + pane["height"])


def cited(page: Page, question: str = QUESTION) -> Page:
    """Ask, and follow the first citation."""
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")
    page.locator(".cite").first.click()
    page.wait_for_selector(".report mark")
    return page


class TestSearch:
    def test_all_matches_are_painted_and_counted(self, opened: Open, engine: Engine) -> None:
        page = opened()
        lines = engine.lines(engine.sources()[0].id)
        expected = sum(line.text.casefold().count("labour") for line in lines)
        search(page, "LÁBOUR")
        expect(page.locator(".count")).to_have_text(f"1 of {expected}")
        assert [text.casefold() for text in page.evaluate(PAINTED, "sstc-matches")] == ["labour"] * expected
        assert len(page.evaluate(PAINTED, "sstc-current")) == 1
        expect(page.get_by_role("status").and_(page.locator(".count"))).to_be_visible()

    def test_the_keyboard_goes_from_match_to_match_and_around(self, opened: Open) -> None:
        page = opened()
        search(page, "child labour")
        count = int(page.locator(".count").inner_text().split()[-1])
        for key, number in [("Enter", 2), ("Shift+Enter", 1), ("Shift+Enter", count), ("Enter", 1)]:
            page.keyboard.press(key)
            expect(page.locator(".count")).to_have_text(f"{number} of {count}")
        page.get_by_role("button", name="Next match").click()
        expect(page.locator(".count")).to_have_text(f"2 of {count}")
        page.get_by_role("button", name="Previous match").click()
        expect(page.locator(".count")).to_have_text(f"1 of {count}")

    def test_the_match_is_brought_into_view_and_reading_goes_on_there(self, opened: Open) -> None:
        page = opened()
        search(page, "southsouthpoint.net")
        expect(page.locator(".count")).to_have_text("1 of 1")
        page.keyboard.press("Escape")
        expect(page.get_by_role("searchbox")).to_have_value("")
        expect(page.locator(":focus")).to_contain_text("Southsouthpoint.net")
        assert in_view(page, ":focus")
        assert page.evaluate(PAINTED, "sstc-matches") == []

    def test_sentences_are_no_boundaries(self, opened: Open, engine: Engine) -> None:
        lines = engine.lines(engine.sources()[0].id)
        first, second = next((one, other) for one, other in pairwise(lines) if one.block == other.block)
        page = opened()
        search(page, f"{first.text[-20:]} {second.text[:20]}")
        expect(page.locator(".count")).to_have_text("1 of 1")

    def test_what_is_not_there_is_said(self, opened: Open) -> None:
        page = opened()
        search(page, "no such words")
        expect(page.locator(".count")).to_have_text("No match")
        expect(page.get_by_role("button", name="Next match")).to_be_disabled()
        page.keyboard.press("Enter")
        search(page, "")
        expect(page.locator(".count")).to_have_text("")

    def test_a_passage_that_is_marked_meanwhile_leaves_the_matches(self, opened: Open) -> None:
        page = opened()
        search(page, "the")
        before = page.evaluate(PAINTED, "sstc-matches")
        cited(page)
        page.wait_for_timeout(50)
        assert page.evaluate(PAINTED, "sstc-matches") == before
        assert in_view(page, ".report mark")

    def test_it_speaks_arabic(self, opened: Open) -> None:
        page = opened(locale="ar")
        search(page, "labour")
        expect(page.locator(".count")).to_have_text(re.compile("^1 من "))
        assert page.get_by_label(ARABIC("reading.search")).is_visible()


class TestPermalinks:
    def test_a_quote_has_an_address_that_works_in_a_new_browser(self, opened: Open) -> None:
        page = cited(opened())
        place = urlsplit(page.url)
        assert set(parse_qs(place.query)) == {"document", "quote", "version"}
        other = opened(f"?{place.query}")
        assert marked(other) == marked(page)
        assert in_view(other, ".report mark")
        expect(other.locator(".report mark").first).to_be_focused()
        expect(other.locator(".reading-notice")).to_be_empty()

    def test_a_quote_around_a_caption_is_marked_whole_and_alone(self, opened: Open, engine: Engine) -> None:
        source = engine.sources()[0]
        split = next(line for line in engine.lines(source.id) if len(line.spans) > 1)
        spans = ",".join(f"{start}-{end}" for start, end in split.spans)
        page = opened(f"?document={source.id}&quote={spans}")
        assert marked(page) == spaceless(split.text)
        expect(page.locator(".caption mark")).to_have_count(0)

    @pytest.mark.parametrize("clipboard", [True, False], ids=["clipboard", "without"])
    def test_a_link_is_copied_and_opens_in_the_language_of_whoever_opens_it(
        self, opened: Open, site: str, clipboard: bool
    ) -> None:
        page = opened(permissions=["clipboard-read", "clipboard-write"])
        if not clipboard:
            page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
        cited(page)
        page.get_by_role("button", name="Copy link", exact=True).click()
        expect(page.locator(".reading-notice")).to_have_text(ENGLISH("reading.copied"))
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"{site}/?document=")
        other = opened(copied, locale="ar")
        assert urlsplit(other.url).path == "/ar/"
        assert marked(other) == marked(page)

    def test_a_section_has_an_address_that_works_in_a_new_browser(self, opened: Open) -> None:
        page = opened(permissions=["clipboard-read", "clipboard-write"])
        page.get_by_label("Copy link to the section: Arab States").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert parse_qs(urlsplit(copied).query)["section"] == ["arab-states"]
        other = opened(copied)
        heading = other.get_by_role("heading", name="Arab States")
        expect(heading).to_be_focused()
        assert in_view(other, "#section-arab-states")

    def test_the_contents_change_the_address(self, opened: Open) -> None:
        page = opened()
        page.get_by_text("Contents", exact=True).click()
        page.get_by_role("link", name="Arab States", exact=True).click()
        assert parse_qs(urlsplit(page.url).query)["section"] == ["arab-states"]

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("document=gone&quote=1-2", "reading.no_document"),
            ("document=%22%3E%3Cscript%3E&section=%22%3E", "reading.no_document"),
            ("document={id}&section=%22%5D%3Cimg%3E", "reading.no_section"),
            ("document={id}&quote=", "reading.no_passage"),
            ("document={id}&quote=9-5", "reading.no_passage"),
            ("document={id}&quote=97-9999999", "reading.no_passage"),
            ("document={id}&quote=97-120,x", "reading.no_passage"),
            ("document={id}&quote=97-120&version=000", "reading.other_version"),
        ],
    )
    def test_a_link_that_is_wrong_says_so(
        self, opened: Open, engine: Engine, query: str, message: str
    ) -> None:
        page = opened("?" + query.format(id=quote(engine.sources()[0].id)))
        expect(page.locator(".reading-notice")).to_have_text(ENGLISH(message))
        marks = page.locator(".report mark")
        expect(marks).to_have_count(int(message == "reading.other_version"))
        expect(page.locator(".report")).to_be_visible()

    def test_it_opens_on_a_phone_in_arabic(self, opened: Open) -> None:
        query = urlsplit(cited(opened()).url).query
        page = opened(f"?{query}", locale="ar", viewport={"width": 390, "height": 844})
        assert in_view(page, ".report mark")
        assert page.locator("html").get_attribute("dir") == "rtl"
        direction = "one => getComputedStyle(one).direction"
        for selector in (".report .passage", ".report .section-head"):
            assert page.locator(selector).first.evaluate(direction) == "ltr"
        assert page.locator(".tools").evaluate(direction) == "rtl"


class TestSelection:
    def test_what_is_selected_has_an_address(self, opened: Open, engine: Engine) -> None:
        """The source is the oracle: what the address marks is what its spans say, which was selected."""
        page = opened(permissions=["clipboard-read", "clipboard-write"])
        source = engine.sources()[0]
        length = len(page.locator(".report").text_content() or "")
        choose = random.Random(3)  # noqa: S311  Any numbers will do, as long as they stay the same.
        for _ in range(12):
            first = choose.randrange(100, length - 900)
            selected = page.evaluate(SELECT, [first, first + choose.randrange(1, 800)])
            if not selected.strip():
                continue
            page.get_by_role("button", name="Copy link", exact=True).click()
            copied = parse_qs(urlsplit(page.evaluate("navigator.clipboard.readText()")).query)
            spans = [span.split("-") for span in copied["quote"][0].split(",")]
            parts = [engine.store.characters(source.id, ((int(one), int(two)),)) for one, two in spans]
            says = "".join(map(plain, parts))
            assert spaceless(says) == spaceless(selected)


class TestAsking:
    def test_a_question_is_asked_about_the_section_of_a_passage(self, opened: Open) -> None:
        page = cited(opened())
        page.get_by_role("button", name="Ask about this").click()
        box = page.locator("#box textarea")
        expect(box).to_be_focused()
        expect(box).to_have_value(ENGLISH("chat.about", subject="Overview"))
        box.press("Enter")
        expect(page.locator(".turn")).to_have_count(2)

    def test_what_was_typed_is_kept(self, opened: Open) -> None:
        page = cited(opened())
        page.locator("#box textarea").fill("In 2024:")
        page.get_by_role("button", name="Ask about this").click()
        about = ENGLISH("chat.about", subject="Overview")
        expect(page.locator("#box textarea")).to_have_value(f"In 2024:\n{about}")

    def test_a_question_is_asked_about_a_selection_in_arabic_on_a_phone(self, opened: Open) -> None:
        page = opened(
            "?document=ilo-south-south-cooperation-2024", locale="ar", viewport={"width": 390, "height": 844}
        )
        passage = page.locator(".passage [data-start]", has_text=re.compile("just transition")).first
        passage.scroll_into_view_if_needed()
        passage.evaluate(
            """run => { const at = run.textContent.indexOf("just transition");
                 getSelection().setBaseAndExtent(run.firstChild, at, run.firstChild, at + 15); }"""
        )
        page.get_by_role("button", name=ARABIC("reading.ask")).click()
        expect(page.locator("#box textarea")).to_have_value(ARABIC("chat.about", subject="just transition"))
        expect(page.locator("#box textarea")).to_be_focused()
        expect(page.locator("#report")).to_be_hidden()
