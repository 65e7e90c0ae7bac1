"""Documents, names and words full of markup and script, and a browser that runs whatever gets through.

The content policy of the page is switched off in that browser.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from sstc_chat.corpus.readers import read_file
from sstc_chat.index.builder import build_index
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import reopened
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
# Those that no reader of a format takes for a link.
MARKUP = PAYLOADS[:17]
FACT = "The seminar in Ruritania gathered 41 delegates"
QUESTION = "How many delegates did the seminar in Ruritania gather?"
TEXT = "\n\n".join(
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
# In Markdown what is code is shown as it stands; the rest is markup of the format, and hostile.
MARKDOWN = "\n\n".join(
    [
        f"# Harbours {PAYLOADS[0]}",
        *PAYLOADS,
        *(f"It read `` {payload.replace('`', '')} `` on the wall." for payload in MARKUP),
        f"[press](javascript:{RUN}) <javascript:{RUN}> [see][1] ![see](//{ELSEWHERE}/x.png)",
        f'[1]: javascript:{RUN} "{PAYLOADS[14]}"',
        f"| {PAYLOADS[1]} | two |\n|---|---|\n| {PAYLOADS[0]} | [press](javascript:{RUN}) |",
        "The harbour of Borduria counts 17 cranes.",
    ]
)
SITE = "\n".join(
    [
        f"<!DOCTYPE html><title>{html.escape(PAYLOADS[1])}</title><body onload={RUN}>",
        f"<h1>{html.escape(PAYLOADS[0])}</h1>",
        *(f"<p>It read {html.escape(payload)} on the wall.</p>" for payload in MARKUP),
        *(f"<div>{payload}</div>" for payload in (*PAYLOADS[:5], *PAYLOADS[6:10], *PAYLOADS[11:13])),
        f'<p><a href="javascript:{RUN}">press</a> <a href="data:text/html,{RUN}" onclick="{RUN}">it</a></p>',
        f'<table><tr><td>{html.escape(PAYLOADS[2])}<td><a href="JaVaScRiPt:{RUN}">x</a></table>',
        "<p>The bridge of Poldevia is 88 metres long.</p>",
    ]
)
# Whatever could have come out of a payload, where the page shows what others have written.
MADE = """() => {
  const made =
    "script, img, iframe, style, link, meta, base, form[action], template, math, object, animate";
  const shown = ".conversation, .report, .contents, .chooser, #documents, #desk, #limits, #notice, dialog";
  const all = [...document.querySelectorAll(shown)].flatMap((part) => [...part.querySelectorAll("*")]);
  return all.filter((one) =>
    (one.matches(made) && !(one.matches("template") && one.classList.length)) ||
    one.getAttributeNames().some((name) => name.startsWith("on")) ||
    (one.href && !/^(https?|mailto|blob):/.test(one.href))).map((one) => one.outerHTML);
}"""


@dataclass(frozen=True)
class Hostile:
    """What the tests look for, and the page it is on."""

    site: str
    ids: dict[str, str]
    made: str = MADE
    payloads: tuple[str, ...] = PAYLOADS
    markup: tuple[str, ...] = MARKUP
    elsewhere: str = ELSEWHERE
    question: str = QUESTION
    run: str = RUN


@dataclass(frozen=True)
class Library:
    """Hostile documents, read and indexed as any others are: by the ending of its file, the id of each."""

    engine: CurrentEngine
    editor: Editor
    ids: dict[str, str]


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, encoders: dict[str, Encoder], no_progress: Progress
) -> Library:
    folder = tmp_path_factory.mktemp("hostile")
    name = PAYLOADS[1].replace("/", "_")
    texts = {
        f"{name}.txt": TEXT,
        f"{PAYLOADS[14]}\u202e.jsonl": json.dumps(ROW),
        f"{name}.md": MARKDOWN,
        f"{name}.html": SITE,
    }
    for file, text in texts.items():
        (folder / file).write_text(text, "utf-8")
    settings = load_settings({"home": folder / "home"}, environment={})
    (folder / "home").mkdir()
    read = {Path(file).suffix: list(read_file(folder / file)) for file in texts}
    with open_library(settings.home) as library:
        library.add([document for documents in read.values() for document in documents])
        build_index(settings.home, library, encoders, settings.index_settings(), no_progress)
    first = Engine(open_store(settings.home, encoders, settings.index_settings()), encoders)
    current = CurrentEngine(first, lambda: reopened(first, settings))
    editor = Editor(settings.home, encoders, settings.index_settings())
    return Library(current, editor, {suffix: documents[0].id for suffix, documents in read.items()})


@pytest.fixture(scope="module")
def hostile(library: Library, serve_page: Callable[..., AbstractContextManager[str]]) -> Iterator[Hostile]:
    """Serve a page on hostile documents; the library may be edited."""
    with serve_page(library.engine, library.editor) as url:
        yield Hostile(url, library.ids)


@pytest.fixture
def trusting(browser: Browser, hostile: Hostile) -> Iterator[BrowserContext]:
    """Return a browser without a content policy, that fails the test if anything came of a payload."""
    reader = browser.new_context(bypass_csp=True, reduced_motion="reduce", locale="en")
    requested: list[str] = []
    reader.on("request", lambda request: requested.append(request.url))
    yield reader
    for page in reader.pages:
        assert page.evaluate("window.hacked") is None
        assert page.evaluate(MADE) == []
        assert urlsplit(page.url).netloc == urlsplit(hostile.site).netloc
    assert {urlsplit(url).netloc for url in requested} == {urlsplit(hostile.site).netloc}
    reader.close()


class Reader:
    """Somebody who opens pages and asks."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context, self.site = context, site

    def open(self, path: str = "", wait: str = ".welcome") -> Page:
        page = self.context.new_page()
        page.goto(f"{self.site}/en/{path}")
        page.locator(wait).first.wait_for()
        return page

    def ask(self, page: Page, question: str) -> None:
        page.get_by_label("Your question").fill(question)
        page.get_by_label("Your question").press("Enter")
        page.wait_for_selector(".turn:last-of-type:not([data-state=pending])")


@pytest.fixture
def reader(trusting: BrowserContext, hostile: Hostile) -> Reader:
    return Reader(trusting, hostile.site)
