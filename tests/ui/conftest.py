"""Engines that answer from a script, servers of the page, and a browser to look at it with."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, ViewportSize, expect, sync_playwright

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.corpus.types import Document, Spans
from sstc_chat.index.types import Line, Source
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.engine import Result
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.rag.types import Answer, AnswerSentence, Asking, Citation, Question
from sstc_chat.ui.access.share import Share
from sstc_chat.ui.access.visitors import Door
from sstc_chat.ui.languages.words import LANGUAGES
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.server import address, listen, make_server

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
ReaderWith = Callable[..., BrowserContext]
# An answer takes milliseconds; a machine that builds or tests something else at once takes longer.
PATIENCE = 20_000
LANGUAGE = "en-GB"


@dataclass
class Texts:
    """Source texts by document id: all that the page needs of an index."""

    texts: Mapping[str, str]

    def sources(self) -> list[Source]:
        return [make_source(name, f"The report {name}") for name in self.texts]

    def counts(self) -> dict[str, tuple[int, int, int]]:
        return {name: (len(text), 1, 1) for name, text in self.texts.items()}

    def document(self, document_id: str) -> Document | None:
        text = self.texts.get(document_id)
        return None if text is None else Document(document_id, f"The report {document_id}", text, "en")

    def characters(self, document_id: str, spans: Spans) -> str:
        return "".join(self.texts[document_id][start:end] for start, end in spans)


@dataclass
class Scripted:
    """An engine that answers by calling `reply`, and remembers what it was asked."""

    documents: Sequence[Source]
    read: Mapping[str, list[Line]]
    store: Texts
    reply: Callable[[str, Sequence[str]], Answer]
    asked: list[tuple[str, list[str]]] = field(default_factory=list)
    asked_of: list[set[str]] = field(default_factory=list)

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        self.asked.append((text, list(history)))
        self.asked_of.append(set(documents))
        return self.reply(text, history)

    def now(self) -> Scripted:
        return self

    def do(
        self,
        work: Callable[..., Result],
        *given: object,
        asking: Asking | None = None,  # noqa: ARG002
    ) -> Result:
        return work(self, *given)

    @property
    def at_a_time(self) -> int:
        return 4

    def sources(self) -> list[Source]:
        return list(self.documents)

    def lines(self, document_id: str) -> list[Line]:
        return self.read[document_id]


def make_source(identity: str = "one", title: str = "A report", **metadata: object) -> Source:
    language = str(metadata.pop("language", "en"))
    return Source(identity, title, language, "0" * 64, metadata)


def make_lines(identity: str, *rows: tuple[str, str]) -> tuple[list[Line], str]:
    """Return lines of the given kinds, each its own block, and the source text they stand in."""
    lines: list[Line] = []
    text, section = "", "Start"
    for number, (kind, words) in enumerate(rows):
        section = words if kind == "heading" else section
        span = (len(text), len(text) + len(words))
        lines.append(
            Line(
                number=number,
                id=f"{identity}-{number}",
                document_id=identity,
                section=(section,),
                page=None,
                block=number,
                kind=kind,  # type: ignore[arg-type]
                text=words,
                spans=(span,),
            )
        )
        text += f"{words}\n\n"
    return lines, text


def make_citation(line: Line, number: int = 1, title: str = "A report") -> Citation:
    return Citation(number, line.text, line.document_id, title, "0" * 64, line.section, line.page, line.spans)


def make_answer(asked: str, *citations: Citation, **changes: object) -> Answer:
    """Return an answer that quotes `citations`, as the engine writes it; a refusal without any."""
    quotes = " ".join(f"“{citation.quote}” [{citation.number}]" for citation in citations)
    answer = Answer(
        question=Question(asked, asked, "en"),
        refusal=None if citations else "unsaid",
        text=f"The report says: {quotes}" if citations else "The reports do not say this.",
        confidence=0.9,
        sentences=tuple(
            AnswerSentence(citation.quote, (citation.number,), "quoted") for citation in citations
        ),
        citations=citations,
        nearest=(),
        fingerprint={},
        milliseconds={},
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def make_engine(
    documents: Mapping[str, Sequence[tuple[str, str]]],
    reply: Callable[[str, Sequence[str]], Answer] | None = None,
    **metadata: object,
) -> Scripted:
    """Return an engine on documents given as rows of (kind, text), which refuses by default."""
    read = {name: make_lines(name, *rows) for name, rows in documents.items()}
    return Scripted(
        [make_source(name, f"The report {name}", **metadata) for name in documents],
        {name: lines for name, (lines, _) in read.items()},
        Texts({name: text for name, (_, text) in read.items()}),
        reply or (lambda question, _: make_answer(question)),
    )


class Tree:
    """A parsed piece of HTML; what is looked for and not there is an error."""

    def __init__(self, node: ElementTree.Element) -> None:
        self.tag = node.tag
        self.attributes = node.attrib
        self.text = "".join(node.itertext())
        self._node = node

    def all(self, path: str = ".//*") -> list[Tree]:
        return [Tree(node) for node in self._node.iterfind(path)]

    def one(self, path: str) -> Tree:
        return self.all(path)[0]


class Make:
    """The builders above, for tests that cannot import this file."""

    source = staticmethod(make_source)
    lines = staticmethod(make_lines)
    citation = staticmethod(make_citation)
    answer = staticmethod(make_answer)
    engine = staticmethod(make_engine)

    @staticmethod
    def tree(markup: str) -> Tree:
        """Parse markup strictly: what is not well-formed is an error."""
        return Tree(ElementTree.fromstring(f"<root>{markup}</root>"))  # noqa: S314  We wrote it.


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


@lru_cache
def usual_port() -> int:
    """Return a port that was free; always the same."""
    with listen("127.0.0.1", 0) as free:
        return int(free.getsockname()[1])


def listening() -> socket.socket:
    """Listen where the servers before this one did, if that is free: a browser has their files."""
    try:
        return listen("127.0.0.1", usual_port())
    except SettingsError:
        return listen("127.0.0.1", 0)


@contextmanager
def served(
    engine: Answerer,
    editor: Editor | None = None,
    writer: Writer | None = None,
    languages: Iterable[str] = ("en", "ar"),
    door: Door | None = None,
    trusted_proxies: str = "",
    home: Path | None = None,
    share: Share | None = None,
    public: str = "",
) -> Iterator[str]:
    """Serve the page in a thread, with this home, that of an editor or a door, or an empty one.

    Yield its address. In two languages, since it takes a while for each.
    """
    listener = listening()
    empty = TemporaryDirectory()
    where = home or (editor.home if editor else door.home if door else Path(empty.name))
    hosted = Hosted(
        engine,
        where,
        door,
        trusted_proxies,
        editor=editor,
        writer=writer,
        address=public,
        share=share or Share(),
    )
    server = make_server(hosted, languages)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield address(listener)
    server.should_exit = True
    thread.join(10)
    empty.cleanup()


@pytest.fixture(scope="session")
def serve_page() -> Callable[..., AbstractContextManager[str]]:
    """Return what serves the page of any engine."""
    return served


@pytest.fixture(scope="session")
def site(engine: Answerer) -> Iterator[str]:
    """Return the address of the page on the shipped report."""
    with served(engine, languages=LANGUAGES) as url:
        yield url


# Playwright keeps an event loop running in this thread, which must not outlast the tests of a page.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a real browser; where there is none, say so, and fail where all tests must run."""
    program = os.environ.get("SSTC_CHAT_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        if program is None and not Path(playwright.chromium.executable_path).exists():
            missing = "There is no Chromium. Install one, or name it in SSTC_CHAT_CHROMIUM."
            if os.environ.get("CI") == "true":
                pytest.fail(missing)
            pytest.skip(missing)
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


class Reader:
    """A browser that is one reader's after another's.

    Nothing is left of who had it before but the files that every page needs: to fetch and compile those takes
    a second.
    """

    def __init__(self, browser: Browser, options: Mapping[str, Any]) -> None:
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.origins: set[str] = set()
        self._permissions = list(options.get("permissions", ()))
        self._own = self.context.new_page()
        self._devices = self.context.new_cdp_session(self._own)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.context.on("page", lambda page: page.on("framenavigated", self._note))

    def leave(self) -> list[str]:
        """Close what is open and forget what the pages kept; return the errors that their scripts made."""
        for page in self.context.pages:
            if page is not self._own:
                page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.grant_permissions(self._permissions)
        for origin in self.origins:
            self._devices.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        errors, self.errors = self.errors, []
        return errors

    def _note(self, frame: Frame) -> None:
        self.origins.add("{0.scheme}://{0.netloc}".format(urlsplit(frame.url)))


@pytest.fixture(scope="module")
def known_readers() -> dict[str, list[Reader]]:
    """Return the browsers that somebody had and left, by what they are set to."""
    return {}


@pytest.fixture
def reader_with(browser: Browser, known_readers: dict[str, list[Reader]]) -> Iterator[ReaderWith]:
    """Return what gives a browser to a reader; errors of the page's own script fail the test."""
    taken: list[tuple[str, Reader]] = []

    def take(**options: Any) -> BrowserContext:  # noqa: ANN401  Whatever a browser can be set to.
        options = {"viewport": DESKTOP, "reduced_motion": "reduce", "locale": LANGUAGE, **options}
        free = known_readers.setdefault(repr(options), [])
        taken.append((repr(options), free.pop() if free else Reader(browser, options)))
        return taken[-1][1].context

    yield take
    errors = [error for _, reader in taken for error in reader.leave()]
    for options, reader in taken:
        known_readers[options].append(reader)
    assert errors == []


@pytest.fixture
def context(reader_with: ReaderWith) -> BrowserContext:
    """Return a browser of one reader on a desk."""
    return reader_with()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Page:
    """Return the page, opened."""
    opened = context.new_page()
    opened.goto(site)
    opened.wait_for_selector(".starters")
    return opened
