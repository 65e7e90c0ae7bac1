"""Nothing that a document, a file name or a question says is run, fetched or followed; nobody sees another's.

The browser runs everything in these tests that the page lets through: its content policy is switched off.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sstc_chat.corpus.readers import read_file
from sstc_chat.index.builder import build_index
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import load_settings

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sstc_chat.index.encoders import Encoder
    from sstc_chat.index.types import Progress

ELSEWHERE = "hostile.example"
RUN = "window.hacked=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"<img src=//{ELSEWHERE}/x onerror={RUN}>",
    f"<svg onload={RUN}><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x></svg>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<details open ontoggle={RUN}>",
    f"<style>@import '//{ELSEWHERE}/x';*{{background:url(//{ELSEWHERE}/x)}}</style>",
    f"<link rel=stylesheet href=//{ELSEWHERE}/x>",
    f"<meta http-equiv=refresh content=0;url=//{ELSEWHERE}>",
    f"<base href=//{ELSEWHERE}/>",
    f"<form action=//{ELSEWHERE}><button autofocus onfocus={RUN}>",
    f"<template shadowrootmode=open><script>{RUN}</script></template>",
    f"<math><mtext><style><img src=x onerror={RUN}></style></mtext></math>",
    f"</textarea></title></style></script><script>{RUN}</script>",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    f"' onclick='{RUN}' x='",
    f"${{{RUN}}} {{{{{RUN}}}}} <%= {RUN} %> `${{{RUN}}}`",
    f"[press](javascript:{RUN}) [press](JaVaScRiPt:{RUN}) [press](\x01javascript:{RUN})",
    f"[press](data:text/html,<script>{RUN}</script>) [press](//{ELSEWHERE}) ![see](https://{ELSEWHERE}/x.png)",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e \\u003cscript\\u003e{RUN} %3Cscript%3E &lt;script&gt;{RUN}",
    "\u202etfel ot thgir morf\u2066 \u2028 \u200f",
)
FACT = "The seminar in Ruritania gathered 41 delegates"
QUESTION = "How many delegates did the seminar in Ruritania gather?"
REPORT = "\n\n".join(
    [
        f"# Report {PAYLOADS[0]} {PAYLOADS[-1]}",
        f"Before {PAYLOADS[1]} everything.",
        *(f"## Section {payload}\n\nPart {i}: {payload} was said." for i, payload in enumerate(PAYLOADS)),
        f'## Seminar {PAYLOADS[0]}\n\n{FACT} {PAYLOADS[0]} {PAYLOADS[14]} from [all]("{RUN}) sides.',
        "See [the site](https://ilo.org/?a=1&b=%22).",
    ]
)
ROW = {
    "id": f'"><script>{RUN}</script>',
    "title": PAYLOADS[1],
    "text": f"Grain prices fell in Syldavia. {PAYLOADS[2]}",
}
# Whatever could have come out of a payload, where the page shows what others have written.
MADE = """() => {
  const made =
    "script, img, iframe, style, link, meta, base, form[action], template, math, object, animate";
  const parts = document.querySelectorAll(".conversation, .report, .contents, .chooser");
  return [...parts].flatMap((part) => [...part.querySelectorAll("*")]).filter((one) =>
    one.matches(made) || one.getAttributeNames().some((name) => name.startsWith("on")) ||
    (one.href && !/^(https?|mailto):/.test(one.href))).map((one) => one.outerHTML);
}"""
# Text that turns around what stands beside it, outside of an element that keeps this to itself.
TURNED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (/\\u202e/.test(walker.currentNode.data)) nodes.push(walker.currentNode);
  return [nodes.length, nodes.filter((node) => !node.parentElement.closest("[dir], option")).length];
}"""


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    encoders: dict[str, Encoder],
    serve_page: Callable[[Engine], AbstractContextManager[str]],
    no_progress: Progress,
) -> Iterator[str]:
    """Return the address of a page on hostile documents, read and indexed as any others are."""
    folder = tmp_path_factory.mktemp("hostile")
    names = [f"{PAYLOADS[1].replace('/', '_')}.txt", f"{PAYLOADS[14]}\u202e.jsonl"]
    texts = [REPORT, json.dumps(ROW)]
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(text, "utf-8")
    settings = load_settings({"home": folder / "home"}, environment={})
    (folder / "home").mkdir()
    with open_library(settings.home) as library:
        library.add([document for name in names for document in read_file(Path(folder / name))])
        build_index(settings.home, library, encoders, settings.index_settings(), no_progress)
    store = open_store(settings.home, encoders, settings.index_settings())
    with serve_page(Engine(store, encoders)) as url:
        yield url
    store.close()


@pytest.fixture
def trusting(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """Return a browser without a content policy, that fails the test if anything came of a payload."""
    reader = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    requested: list[str] = []
    reader.on("request", lambda request: requested.append(request.url))
    yield reader
    for page in reader.pages:
        assert page.evaluate("window.hacked") is None
        assert page.evaluate(MADE) == []
        assert urlsplit(page.url).netloc == urlsplit(site).netloc
    assert {urlsplit(url).netloc for url in requested} == {urlsplit(site).netloc}
    reader.close()


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(".welcome")
    return page


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    page.wait_for_selector(".turn:last-of-type:not([data-state=pending])")


def test_the_test_would_notice(trusting: BrowserContext, site: str) -> None:
    """Without a content policy, what is not escaped is run."""
    page = opened(trusting, site)
    page.evaluate("html => document.querySelector('.welcome').innerHTML = html", PAYLOADS[5])
    page.wait_for_function("window.hacked")
    assert page.evaluate(MADE) != []
    page.close()


def test_a_hostile_report_is_read_as_it_stands(trusting: BrowserContext, site: str) -> None:
    page = opened(trusting, site)
    shown = page.locator(".report").inner_text()
    for payload in PAYLOADS[:17]:
        assert payload in shown
    links = {link.get_attribute("href") for link in page.locator(".report .sentence a").all()}
    assert links == {"https://ilo.org/?a=1&b=%22", f"https://{ELSEWHERE}/x.png"}


def test_a_hostile_answer_is_shown_as_it_stands(trusting: BrowserContext, site: str) -> None:
    page = opened(trusting, site)
    ask(page, QUESTION)
    page.locator(".cite").first.hover()
    expect(page.locator(".said").first).to_contain_text(PAYLOADS[0])
    page.locator(".cite").first.click()
    expect(page.locator(".report mark").first).to_be_visible()


def test_a_hostile_question_is_shown_as_it_was_asked(trusting: BrowserContext, site: str) -> None:
    page = opened(trusting, site)
    question = " ".join(PAYLOADS[:17])
    ask(page, question)
    expect(page.locator(".asked")).to_contain_text(question)


def test_what_turns_text_around_turns_nothing_else(trusting: BrowserContext, site: str) -> None:
    page = opened(trusting, site)
    ask(page, f"{QUESTION} {PAYLOADS[-1]}")
    found, loose = page.evaluate(TURNED)
    assert found > 0
    assert loose == 0


def test_a_conversation_is_seen_by_nobody_else(browser: Browser, site: str) -> None:
    """Two readers at once; neither the page of the other nor the server's own shows what one asked."""
    readers = {name: browser.new_context() for name in ("heron", "kestrel")}
    pages = {name: opened(reader, site) for name, reader in readers.items()}
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
        with urlopen(f"{site}/{path}", timeout=30) as response:  # noqa: S310  It is our own page.
            body = response.read().decode()
        assert not [name for name in readers if name in body]
    for reader in readers.values():
        reader.close()
