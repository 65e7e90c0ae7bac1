"""What the page's tests share: builders, servers of the page, and a browser to look at it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from sstc_chat.ui.languages.words import LANGUAGES
from sstc_chat.ui.page.answerer import Answerer

from .browsing import DESKTOP, LANGUAGE, Reader, ReaderWith, launched
from .builders import make_answer, make_citation, make_lines, make_source
from .markup import parse_tree
from .scripted import make_engine
from .serving import served


class Make:
    """The builders, for tests to ask for in one."""

    source = staticmethod(make_source)
    lines = staticmethod(make_lines)
    citation = staticmethod(make_citation)
    answer = staticmethod(make_answer)
    engine = staticmethod(make_engine)
    tree = staticmethod(parse_tree)


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


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
    """Return a real browser."""
    with launched() as chromium:
        yield chromium


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
