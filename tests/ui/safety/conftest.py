"""Documents, names and words full of markup and script, and a browser that runs whatever gets through.

The content policy of the page is switched off in that browser.
"""

from __future__ import annotations

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

from .hostile_documents import MARKDOWN, QUESTION, ROW, SITE, TEXT
from .payloads import ELSEWHERE, MADE, MARKUP, PAYLOADS, RUN

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sstc_chat.index.encoders import Encoder
    from sstc_chat.index.types import Progress


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
