"""The page on the shipped report, in a real browser."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from sstc_chat.corpus.markup import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from sstc_chat.corpus.types import Spans
    from sstc_chat.rag.engine import Engine

    Scheme = Literal["light", "dark"]

NARROW: ViewportSize = {"width": 390, "height": 844}
REFUSED = "Who won the football world cup in 2022?"
HOSTILE = "\"'><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
# Points at a place, as the button of a citation does, and tells what is then marked.
MARKED = """([document_id, spans]) => {
  const button = document.createElement("button");
  Object.assign(button.dataset, { document: document_id, spans });
  document.body.append(button);
  button.click();
  button.remove();
  return [...document.querySelectorAll(".report mark")].map((mark) => mark.textContent).join("");
}"""


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")


def spaceless(text: str) -> str:
    """Return `text` without white space: that between two sentences of a quote is not marked."""
    return "".join(text.split())


def marked(page: Page) -> str:
    """Return the words that are highlighted in the report."""
    page.wait_for_selector(".report mark")
    return spaceless("".join(page.locator(".report mark").all_text_contents()))


def in_view(page: Page, selector: str) -> bool:
    """Whether something can be seen within the window."""
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + 1 < size["height"] and box["x"] >= 0)


def test_a_starter_is_answered_and_its_quote_is_found_in_the_report(page: Page) -> None:
    page.locator(".starters button").first.click()
    cite = page.locator(".cite").first
    expect(cite).to_have_text("[1]")
    expect(cite).to_have_attribute("aria-label", "Show quote 1 in the report")
    cite.click()
    assert marked(page) == spaceless(cite.get_attribute("data-quote") or "")
    assert in_view(page, ".report mark")


def test_a_card_leads_to_its_quote(page: Page) -> None:
    ask(page, "How many countries do the initiatives engage?")
    card = page.locator(".cards .card").first
    quote = spaceless(card.locator(".card-quote").inner_text())
    card.locator(".card-place").click()
    assert marked(page) == quote
    page.get_by_role("button", name="Show quote 1 in the report").last.click()
    assert marked(page) == quote


def test_a_quote_around_a_caption_is_marked_whole_and_alone(page: Page, engine: Engine) -> None:
    lines = engine.lines(engine.sources()[0].id)
    split = next(line for line in lines if len(line.spans) > 1)
    ask(page, split.text)
    page.locator(f'.cite[data-spans="{value(split.spans)}"]').click()
    assert marked(page) == spaceless(split.text)


def test_every_sentence_can_be_marked(page: Page, engine: Engine) -> None:
    source = engine.sources()[0]
    for line in engine.lines(source.id):
        text = page.evaluate(MARKED, [source.id, value(line.spans)])
        assert spaceless(text) == spaceless(line.text)


def test_any_part_of_a_sentence_can_be_marked(page: Page, engine: Engine) -> None:
    """The source characters are the oracle; a span that cuts an escape or a link marks it whole."""
    source = engine.sources()[0]
    choose = random.Random(7)  # noqa: S311  Any numbers will do, as long as they stay the same.
    for line in engine.lines(source.id):
        low, high = sorted(choose.sample(range(line.spans[0][0], line.spans[0][1] + 1), 2))
        behind = engine.store.characters(source.id, ((low, high),))
        if not re.search(r"[\\\[\]]|\s\s", behind) and behind.strip():
            text = page.evaluate(MARKED, [source.id, f"{low}-{high}"])
            assert spaceless(text) == spaceless(plain(behind))


def test_a_refusal_is_shown_as_one_and_announced(page: Page) -> None:
    ask(page, REFUSED)
    refusal = page.locator(".refusal")
    expect(refusal).to_be_visible()
    said = refusal.locator(".said").inner_text()
    expect(page.locator("#announcer[aria-live=polite]")).to_have_text(said)
    expect(refusal.locator(".card").first).to_be_hidden()
    refusal.locator(".nearest > summary").click()
    show = refusal.get_by_role("button", name="Show passage 1 in the report")
    show.click()
    assert marked(page) == spaceless(refusal.locator(".card-quote").first.inner_text())


def test_an_answer_is_announced(page: Page) -> None:
    page.locator(".starters button").first.click()
    page.wait_for_selector(".cite")
    said = page.locator(".said").text_content() or ""
    expect(page.locator("#announcer[aria-live=polite]")).to_have_text(said)


def test_it_works_on_a_phone(reader_with: Callable[..., BrowserContext], site: str) -> None:
    page = reader_with(viewport=NARROW, has_touch=True).new_page()
    page.goto(site)
    page.locator(".starters button").first.tap()
    cite = page.locator(".cite").last
    cite.tap()
    assert marked(page) == spaceless(cite.get_attribute("data-quote") or "")
    assert in_view(page, ".report mark")
    assert in_view(page, ".back")
    assert fits(page)
    page.get_by_role("button", name="Back to the answer").tap()
    expect(cite).to_be_focused()
    assert in_view(page, ".cite:focus")
    assert fits(page)
    page.get_by_role("navigation", name="Show").get_by_role("button", name="Report").tap()
    expect(page.locator(".report")).to_be_visible()


def test_the_keyboard_is_enough(page: Page) -> None:
    press_until(page, "Tab", ".starters button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cite")
    expect(page.locator(".asked")).to_be_focused()
    press_until(page, "Tab", ".cite")
    expect(page.locator(".cite").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".report mark").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Back to the answer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".cite").first).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".cite").first).to_be_focused()


def test_shift_and_enter_begin_a_new_line(page: Page) -> None:
    box = page.get_by_label("Your question")
    box.fill("How many")
    box.press("Shift+Enter")
    box.type("countries?")
    expect(box).to_have_value("How many\ncountries?")
    box.press("Enter")
    expect(page.locator(".asked")).to_contain_text("How many countries?")
    expect(box).to_have_value("")


def test_what_is_hostile_is_shown_and_nothing_more(page: Page) -> None:
    ask(page, HOSTILE)
    page.wait_for_selector(".turn:not([data-state=pending])")
    assert page.locator(".asked [dir]").inner_text() == HOSTILE
    assert page.locator(".asked img, .asked script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_what_gets_into_the_page_all_the_same_is_not_run(page: Page) -> None:
    """The policy of the page holds even where nothing was escaped."""
    page.evaluate(
        """() => {
          document.querySelector(".welcome").innerHTML = "<img src=x onerror='window.hacked = 1'>";
          const script = document.createElement("script");
          script.text = "window.hacked = 1";
          document.head.append(script);
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None


def test_nothing_leaves_the_machine(context: BrowserContext, site: str) -> None:
    hosts: set[str] = set()
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page = context.new_page()
    page.goto(site)
    page.locator(".starters button").first.click()
    page.locator(".cite").first.click()
    ask(page, REFUSED)
    page.wait_for_selector(".refusal")
    page.get_by_role("button", name="New conversation").click()
    page.wait_for_selector(".starters")
    assert hosts == {urlsplit(site).netloc}


@pytest.mark.parametrize(
    ("question", "notice"),
    [("", "empty"), ("   ", "empty"), ("why " * 501, "2003 characters; at most 2000")],
)
def test_a_question_that_cannot_be_asked_is_kept(page: Page, question: str, notice: str) -> None:
    page.locator(".starters button").first.click()
    page.wait_for_selector(".cite")
    ask(page, question)
    expect(page.locator("#notice")).to_contain_text(re.compile(notice))
    expect(page.get_by_label("Your question")).to_have_value(question)
    expect(page.get_by_label("Your question")).to_be_focused()
    assert page.locator(".turn").count() == page.locator("[data-state=answered]").count() == 1
    ask(page, "How many countries do the initiatives engage?")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#notice .notice")).to_have_count(0)


def test_a_new_conversation_is_empty(page: Page) -> None:
    page.locator(".starters button").first.click()
    page.locator(".cite").first.click()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".starters")).to_be_visible()
    expect(page.locator(".turn, .report mark, .back:visible")).to_have_count(0)
    expect(page.get_by_label("Your question")).to_be_focused()


def test_two_readers_have_two_conversations(page: Page, browser: Browser, site: str) -> None:
    other = browser.new_page(locale="en")
    other.goto(site)
    ask(page, "How many countries do the initiatives engage?")
    ask(other, REFUSED)
    expect(page.locator(".turn[data-state=answered]")).to_have_count(1)
    expect(other.locator(".turn[data-state=refused]")).to_have_count(1)
    assert (page.locator(".turn").count(), other.locator(".turn").count()) == (1, 1)
    other.close()


def test_arabic_runs_from_right_to_left(page: Page) -> None:
    ask(page, "ما هي الدول التي شاركت؟")
    page.wait_for_selector(".turn:not([data-state=pending])")
    direction = "element => getComputedStyle(element).direction"
    assert page.locator(".asked [dir]").evaluate(direction) == "rtl"
    assert page.locator(".asked [dir]").get_attribute("lang") == "ar"
    page.get_by_label("Your question").fill("ماذا؟")
    assert page.locator("#box textarea").evaluate(direction) == "rtl"


def test_the_contents_lead_to_a_section(page: Page) -> None:
    page.get_by_text("Contents", exact=True).click()
    link = page.locator(".contents a").last
    heading = page.locator(f"#section-{link.get_attribute('data-section')}")
    link.click()
    expect(heading).to_be_focused()
    expect(page.locator(".contents nav")).to_be_hidden()


def test_escape_leaves_the_contents_before_it_leads_back(page: Page) -> None:
    page.locator(".starters button").first.click()
    page.locator(".cite").first.click()
    page.locator(".contents summary").click()
    page.keyboard.press("Escape")
    expect(page.locator(".contents nav")).to_be_hidden()
    expect(page.locator(".contents summary")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".cite").first).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_as_light_as_the_system(browser: Browser, site: str, scheme: Scheme) -> None:
    page = browser.new_page(color_scheme=scheme, locale="en")
    page.goto(site)
    page.wait_for_selector(".starters")
    for selector in ("body", ".gradio-container", "#box textarea", "#report-side"):
        colour = page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor")
        channels = [int(number) for number in re.findall(r"\d+", colour)[:3]]
        assert min(channels) > 230 if scheme == "light" else max(channels) < 60, selector
    page.close()


def value(spans: Spans) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return bool(
        page.evaluate(
            "[...document.querySelectorAll('body, #room, #conversation, #report')]"
            ".every((one) => one.scrollWidth <= innerWidth)"
        )
    )


def press_until(page: Page, key: str, selector: str) -> None:
    """Press `key` until the first such element has the focus."""
    for _ in range(30):
        page.keyboard.press(key)
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"The keyboard does not reach {selector}.")
