"""A reader chooses the documents to ask in a real browser, and every answer keeps to them and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import reopened
from sstc_chat.rag.settings import Settings, load_settings
from sstc_chat.ui.languages.words import words_in

Serve = Callable[..., AbstractContextManager[str]]
TEA = "The teapot of Ruritania holds nine cups. It was made in Strelsau."
ASKED = "How many cups does the teapot of Ruritania hold?"
FITS = "[...document.querySelectorAll('body, #limits-panel')].every((one) => one.scrollWidth <= innerWidth)"
CHOSEN = "sstc.conversations.current().limits"


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory,
    encoders: Mapping[str, Encoder],
    report: Document,
    no_progress: Progress,
) -> Settings:
    """Return the settings of a home with the report and two short documents."""
    settings = load_settings({"home": tmp_path_factory.mktemp("three")}, environment={})
    tea = Document("tea", "On tea", TEA, "en", {"year": "2023"})
    tisane = Document("tisane", "Des tisanes", "La tisane de Zenda se boit froide.", "fr")
    with open_library(settings.home) as library:
        library.add([report, tea, tisane])
        build_index(settings.home, library, encoders, settings.index_settings(), no_progress)
    return settings


@pytest.fixture
def site(library: Settings, encoders: Mapping[str, Encoder], serve_page: Serve) -> Iterator[str]:
    store = open_store(library.home, encoders, library.index_settings())
    first = Engine(store, encoders)
    with serve_page(CurrentEngine(first, lambda: reopened(first, library)), languages=("en", "ar")) as url:
        yield url
    store.close()


class Reader:
    """A reader of the page in one language."""

    def __init__(self, context: BrowserContext, site: str, language: str) -> None:
        self.words = words_in(language)
        self.page: Page = context.new_page()
        self.page.goto(f"{site}/{language}/")
        self.button = self.page.locator(".limits-open")
        self.panel = self.page.locator("#limits-panel")
        self.said(3)

    def said(self, asked: int) -> None:
        """Wait until the button says how many documents are asked."""
        told = self.words("limits.some", asked=asked, all=3) if asked < 3 else self.words("limits.all", all=3)
        expect(self.button).to_have_text(told)

    def choose(self, *labels: str) -> None:
        self.button.click()
        for label in labels:
            self.panel.get_by_label(label).check()
        self.panel.get_by_role("button", name=self.words("limits.done")).click()
        expect(self.panel).to_be_hidden()

    def ask(self, question: str) -> None:
        before = self.page.locator(".turn:not([data-state=pending])").count()
        box = self.page.get_by_label(self.words("chat.question"), exact=True)
        box.fill(question)
        box.press("Enter")
        expect(self.page.locator(".turn:not([data-state=pending])")).to_have_count(before + 1)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_question_keeps_to_the_documents_chosen_and_can_be_asked_of_all(
    context: BrowserContext, site: str, report: Document, language: str
) -> None:
    reader = Reader(context, site, language)
    page, words = reader.page, reader.words
    reader.choose(report.title)
    reader.said(1)
    reader.ask(ASKED)
    last = page.locator(".turn").last
    expect(last).to_have_attribute("data-state", "refused")
    told = words("limits.some", asked=1, all=3)
    expect(last.locator(".limited")).to_have_text(f"{told} ({report.title})")
    expect(last.locator(".said")).to_contain_text("This was asked of 1 of 3 documents only.")
    last.get_by_role("button", name=words("limits.ask_all")).click()
    expect(page.locator(".turn[data-state=answered]")).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".card-quote")).to_have_text("The teapot of Ruritania holds nine cups.")
    expect(page.locator(".limited")).to_have_count(0)
    reader.said(1)


def test_what_was_chosen_belongs_to_the_conversation(
    context: BrowserContext, site: str, report: Document
) -> None:
    reader = Reader(context, site, "en")
    page = reader.page
    starters = page.locator(".welcome .starters button")
    before = starters.count()
    reader.choose("On tea")
    reader.said(1)
    expect(starters).to_have_count(0)
    page.reload()
    reader.said(1)
    reader.ask("Where was the teapot made?")
    expect(page.locator(".limited")).to_have_text("Documents asked: 1 of 3 (On tea)")
    page.reload()
    expect(page.locator(".limited")).to_have_text("Documents asked: 1 of 3 (On tea)")
    reader.said(1)
    page.get_by_role("button", name="New conversation").click()
    reader.said(3)
    expect(starters).to_have_count(before)
    page.get_by_role("button", name="Conversations").click()
    page.locator("#conversations .open").click()
    reader.said(1)
    reader.choose(report.title)
    reader.said(2)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".limited")).to_have_text(f"Documents asked: 2 of 3 (On tea; {report.title})")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="العربية").click()
    told = words_in("ar")("limits.some", asked=2, all=3)
    expect(page.locator(".limits-open")).to_have_text(told)
    expect(page.locator(".limited")).to_have_text(f"{told} (On tea; {report.title})")


def test_what_may_be_asked_next_is_found_in_what_was_chosen(context: BrowserContext, site: str) -> None:
    reader = Reader(context, site, "en")
    reader.ask("What is Ejo Heza?")
    expect(reader.page.locator(".suggestions button").first).to_be_visible()
    reader.choose("On tea")
    expect(reader.page.locator(".suggestions button")).to_have_count(0)


def test_languages_and_years_are_chosen_too_and_choices_that_leave_nothing_are_told(
    context: BrowserContext, site: str
) -> None:
    reader = Reader(context, site, "en")
    reader.choose("Français (1)")
    reader.said(1)
    reader.choose("2023 (1)")
    reader.said(0)
    reader.ask(ASKED)
    expect(reader.page.locator(".failure .said")).to_have_text(reader.words("limits.none_left"))
    reader.button.click()
    reader.panel.get_by_role("button", name="Choose all").click()
    expect(reader.panel.locator("input:checked")).to_have_count(0)
    expect(reader.panel.get_by_role("status")).to_have_text("Documents asked: all 3")
    expect(reader.panel.get_by_role("button", name="Choose all")).to_be_disabled()
    reader.page.keyboard.press("Escape")
    expect(reader.button).to_be_focused()
    reader.page.get_by_role("button", name="Try again").click()
    expect(reader.page.locator(".turn[data-state=answered]")).to_have_count(1)


def test_what_has_gone_since_is_told_and_what_is_made_up_is_not_asked_of_all(
    context: BrowserContext, site: str
) -> None:
    reader = Reader(context, site, "en")
    reader.page.evaluate('sessionStorage.setItem(\'sstc-chat:limits\', \'{"documents": ["tea", "gone"]}\')')
    reader.page.reload()
    expect(reader.page.locator("#notice")).to_contain_text(reader.words("limits.gone"))
    reader.said(1)
    assert reader.page.evaluate(CHOSEN) == {"documents": ["tea"], "languages": [], "years": []}
    reader.page.evaluate(f"{CHOSEN} = {{ documents: ['<img src=x onerror=window.hacked=1>'], years: 7 }}")
    reader.ask(ASKED)
    expect(reader.page.locator(".failure .said")).to_have_text(reader.words("limits.none_left"))
    assert reader.page.evaluate("window.hacked") is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_done_by_keyboard_on_a_phone(context: BrowserContext, site: str, language: str) -> None:
    reader = Reader(context, site, language)
    page = reader.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label(reader.words("chat.question"), exact=True).focus()
    page.keyboard.press("Shift+Tab")
    expect(reader.button).to_be_focused()
    page.keyboard.press("Enter")
    expect(reader.panel.get_by_label("On tea")).to_be_visible()
    page.keyboard.press("Tab")
    expect(reader.panel.get_by_role("searchbox", name=reader.words("limits.find"))).to_be_focused()
    page.keyboard.type("tea")
    expect(reader.panel.locator("[data-kind=documents] label")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(reader.panel.get_by_role("status")).to_have_text(reader.words("limits.some", asked=1, all=3))
    expect(reader.panel.get_by_label("On tea")).to_be_focused()
    assert page.evaluate(FITS)
    page.keyboard.press("Escape")
    expect(reader.button).to_be_focused()
    reader.said(1)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_has_nothing_against_it(
    context: BrowserContext, site: str, report: Document, language: str, scheme: Literal["light", "dark"]
) -> None:
    reader = Reader(context, site, language)
    reader.page.emulate_media(color_scheme=scheme)
    reader.button.click()
    reader.panel.get_by_label(report.title).check()
    reader.said(1)
    assert violations(reader.page) == []
    reader.page.keyboard.press("Escape")
    reader.ask(ASKED)
    expect(reader.page.locator(".ask-all")).to_be_visible()
    assert violations(reader.page) == []


def test_one_document_is_no_choice(context: BrowserContext, serve_page: Serve, engine: Engine) -> None:
    with serve_page(engine) as url:
        page = context.new_page()
        page.goto(f"{url}/en/")
        page.wait_for_selector(".welcome .starters")
        page.wait_for_function("sstc.limits.now() && document.querySelector('.limits-open').textContent")
        expect(page.locator(".limits-open")).to_be_hidden()
