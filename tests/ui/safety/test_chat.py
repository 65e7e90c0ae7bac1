"""Nothing that a document or a question says is run, fetched or followed; nobody sees another's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, expect

if TYPE_CHECKING:
    from tests.ui.safety.conftest import Hostile, Reader

# Text that turns around what stands beside it, outside of an element that keeps this to itself.
TURNED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (/\\u202e/.test(walker.currentNode.data)) nodes.push(walker.currentNode);
  return [nodes.length, nodes.filter((node) => !node.parentElement.closest("[dir], option")).length];
}"""


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(".welcome")
    return page


def test_the_test_would_notice(reader: Reader, hostile: Hostile) -> None:
    """Without a content policy, what is not escaped is run."""
    page = reader.open()
    page.evaluate("html => document.querySelector('.welcome').innerHTML = html", hostile.payloads[5])
    page.wait_for_function("window.hacked")
    assert page.evaluate(hostile.made) != []
    page.close()


def test_a_hostile_report_is_read_as_it_stands(reader: Reader, hostile: Hostile) -> None:
    page = reader.open()
    shown = page.locator(".report").inner_text()
    for payload in hostile.markup:
        assert payload in shown
    links = {link.get_attribute("href") for link in page.locator(".report .sentence a").all()}
    assert links == {"https://ilo.org/?a=1&b=%22", f"https://{hostile.elsewhere}/x.png"}


def test_a_hostile_answer_is_shown_as_it_stands(reader: Reader, hostile: Hostile) -> None:
    page = reader.open()
    reader.ask(page, hostile.question)
    page.locator(".cite").first.hover()
    expect(page.locator(".said").first).to_contain_text(hostile.payloads[0])
    page.locator(".cite").first.click()
    expect(page.locator(".report mark").first).to_be_visible()


def test_a_hostile_question_is_shown_as_it_was_asked(reader: Reader, hostile: Hostile) -> None:
    page = reader.open()
    question = " ".join(hostile.markup)
    reader.ask(page, question)
    expect(page.locator(".asked")).to_contain_text(question)


def test_what_turns_text_around_turns_nothing_else(reader: Reader, hostile: Hostile) -> None:
    page = reader.open()
    reader.ask(page, f"{hostile.question} {hostile.payloads[-1]}")
    found, loose = page.evaluate(TURNED)
    assert found > 0
    assert loose == 0


def test_a_conversation_is_seen_by_nobody_else(browser: Browser, hostile: Hostile) -> None:
    """Two readers at once; neither the page of the other nor the server's own shows what one asked."""
    readers = {name: browser.new_context() for name in ("heron", "kestrel")}
    pages = {name: opened(reader, hostile.site) for name, reader in readers.items()}
    for name, page in pages.items():
        page.get_by_label("Your question").fill(f"How many delegates did the {name} seminar gather?")
    for page in pages.values():
        page.get_by_label("Your question").press("Enter")
    for name, page in pages.items():
        page.wait_for_selector(".turn:not([data-state=pending])")
        expect(page.locator(".asked")).to_contain_text(name)
        (other,) = readers.keys() - {name}
        assert other not in page.content()
        assert other not in json.dumps(readers[name].storage_state(indexed_db=True))
    for path in ("en/", "en/config"):
        with urlopen(f"{hostile.site}/{path}", timeout=30) as response:  # noqa: S310  It is our own page.
            body = response.read().decode()
        assert not [name for name in readers if name in body]
    for reader in readers.values():
        reader.close()
