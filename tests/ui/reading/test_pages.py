"""The pages of a PDF in a real browser: the marks stand over the quoted words, and nowhere else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from sstc_chat.corpus.types import Spans
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Line
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import Settings
from sstc_chat.ui.languages.words import words_in
from sstc_chat.ui.reading.heard import wanted

Serve = Callable[..., AbstractContextManager[str]]
FILES = Path(__file__).parents[2] / "corpus" / "readers" / "files"
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
Scheme = Literal["light", "dark"]
ARABIC_REPORT = """<html lang="ar" dir="rtl"><title>تقرير التعاون</title>
<body style="font: 14pt/1.6 'Noto Naskh Arabic', 'Noto Sans Arabic', 'DejaVu Sans'">
<h1>تقرير التعاون</h1><p>دعم المشروع تسع مدن في المنطقة خلال السنة الأولى من العمل المشترك بين البلدان.</p>
<p style="break-before: page">وبلغت ميزانية البرنامج أربعة ملايين دولار في السنة الثانية.</p>"""
# Of each mark its place in shares of the picture that it stands on.
MARKS = """page => {
  const outer = page.querySelector("img").getBoundingClientRect();
  return [...page.querySelectorAll(".page-mark")].map((mark) => {
    const box = mark.getBoundingClientRect();
    return [(box.left - outer.left) / outer.width, (box.top - outer.top) / outer.height,
            (box.right - outer.left) / outer.width, (box.bottom - outer.top) / outer.height];
  });
}"""
LOADED = "() => [...document.images].every((one) => one.complete && one.naturalWidth > 100)"


@pytest.fixture(scope="module")
def arabic(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a PDF in Arabic as Chromium prints it."""
    path = tmp_path_factory.mktemp("arabic") / "تقرير.pdf"
    page = browser.new_page()
    page.set_content(ARABIC_REPORT)
    page.pdf(path=path, format="A5")
    page.close()
    return path


@pytest.fixture(scope="module")
def library(
    engine: Engine,
    home: Path,
    encoders: Mapping[str, Encoder],
    settings: Settings,
    arabic: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Engine]:
    """Return an engine on a copy of the built home, to which the PDFs were added."""
    assert engine.store.chunks
    own = tmp_path_factory.mktemp("pages") / "home"
    shutil.copytree(home, own)
    editor = Editor(own, encoders, settings.index_settings())
    for path in (FILES / "report.pdf", arabic):
        assert not editor.add(path, path.name).error
    store = open_store(own, encoders, settings.index_settings())
    yield Engine(store, encoders)
    store.close()


@pytest.fixture(scope="module")
def address(serve_page: Serve, library: Engine) -> Iterator[str]:
    with serve_page(library, languages=("en", "ar")) as url:
        yield url


class Printed:
    """A document of the library that came from a PDF, and what PDFium itself says of its pages."""

    def __init__(self, engine: Engine, language: str) -> None:
        sources = [one for one in engine.sources() if str(one.metadata.get("origin", "")).endswith(".pdf")]
        self.source = next(one for one in sources if one.language == language)
        self.lines = [line for line in engine.lines(self.source.id) if line.kind != "heading"]
        document = engine.store.document(self.source.id)
        assert document
        self.pages = document.pages
        self.file = pypdfium2.PdfDocument(document.original)

    def says(self, number: int, box: list[float]) -> str:
        """Return what stands in a box of a page, the letters alone."""
        page = self.file[number - 1]
        width, height = page.get_size()
        x0, y0, x1, y1 = box
        found = page.get_textpage().get_text_bounded(
            x0 * width, (1 - y1) * height, x1 * width, (1 - y0) * height
        )
        return letters(found)

    def query(self, *lines: Line) -> str:
        spans = ",".join(f"{start}-{end}" for line in lines for start, end in line.spans)
        return urlencode({"document": self.source.id, "quote": spans}, safe=",")


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def shown(page: Page, language: str) -> Page:
    """Press what shows the page, and wait for its pictures."""
    page.get_by_role("button", name=words_in(language)("reading.show_page")).click()
    page.wait_for_selector(".page-picture")
    page.wait_for_function(LOADED)
    return page


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".report mark")
    return page


def on_page(page: Page, printed: Printed) -> str:
    """Return what the file says stands under the marks, page by page."""
    found = ""
    for picture in page.locator(".page-picture").all():
        number = int(picture.get_attribute("data-number") or 0)
        found += "".join(printed.says(number, box) for box in picture.evaluate(MARKS))
    return found


@pytest.mark.parametrize("interface", ["en", "ar"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_marks_cover_the_quoted_words(
    context: BrowserContext, address: str, library: Engine, language: str, interface: str
) -> None:
    printed = Printed(library, language)
    quoted = printed.lines[:: max(1, len(printed.lines) // 4)]
    assert len(quoted) >= 2
    for line in quoted:
        page = shown(opened(context, f"{address}/{interface}/?{printed.query(line)}"), interface)
        found = on_page(page, printed)
        assert sorted(letters(line.text)) == sorted(found) or letters(line.text) in found
        assert len(found) <= 1.1 * len(letters(line.text)) + 4
        words = words_in(interface)
        title = words("reading.pages_shown", number=line.page, count=len(printed.pages))
        expect(page.locator(".pages-title")).to_have_text(title)
        alternative = page.locator(".page-picture img").get_attribute("alt") or ""
        assert printed.source.title in alternative
        assert "".join(line.text.split()) in "".join(alternative.split())
        page.close()


def test_a_quote_over_two_pages_shows_both(context: BrowserContext, address: str, library: Engine) -> None:
    printed = Printed(library, "en")
    second = next(n for n, line in enumerate(printed.lines) if line.page != printed.lines[0].page)
    both = printed.lines[second - 1], printed.lines[second]
    page = shown(opened(context, f"{address}/en/?{printed.query(*both)}"), "en")
    assert [one.get_attribute("data-number") for one in page.locator(".page-picture").all()] == ["1", "2"]
    assert on_page(page, printed) == letters("".join(line.text for line in both))


def test_it_is_done_from_the_keyboard(context: BrowserContext, address: str, library: Engine) -> None:
    printed = Printed(library, "en")
    words = words_in("en")
    page = opened(context, f"{address}/en/?{printed.query(printed.lines[0])}")
    show = page.get_by_role("button", name=words("reading.show_page"))
    show.press("Enter")
    window = page.get_by_role("dialog", name=words("reading.as_printed"))
    expect(window.locator(".page-picture")).to_have_count(1)
    expect(window.locator(".pages-body")).to_be_focused()
    expect(window.locator(".previous-page")).to_be_disabled()
    window.get_by_role("button", name=words("reading.next_page")).press("Enter")
    title = words("reading.pages_shown", number=2, count=len(printed.pages))
    expect(window.locator(".pages-title")).to_have_text(title)
    assert "marked" not in (page.locator(".page-picture img").get_attribute("alt") or "")
    window.get_by_role("button", name=words("reading.previous_page")).press("Enter")
    expect(window.locator(".page-mark")).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    expect(show).to_be_focused()
    show.press("Enter")
    window.get_by_role("button", name=words("reading.close_page")).click()
    expect(window).to_be_hidden()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("interface", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_it_and_nothing_is_cut_off(
    context: BrowserContext, address: str, library: Engine, interface: str, size: ViewportSize, scheme: Scheme
) -> None:
    printed = Printed(library, "en")
    page = opened(context, f"{address}/{interface}/?{printed.query(printed.lines[3])}")
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    shown(page, interface)
    options = {"resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    for selector in ("html", ".pages-body"):
        wide = "one => one.scrollWidth - one.clientWidth"
        assert page.locator(selector).evaluate(wide) <= 0
    for button in page.locator(".pages-head button").all():
        box = button.bounding_box()
        assert box
        assert 0 <= box["x"] <= size["width"] - box["width"]
        assert min(box["width"], box["height"]) >= 44


def test_what_has_no_pages_offers_none(context: BrowserContext, address: str, library: Engine) -> None:
    source = next(one for one in library.sources() if "origin" not in one.metadata)
    page = opened(context, f"{address}/en/?document={source.id}&quote=97-120")
    expect(page.get_by_role("button", name="Copy link", exact=True)).to_be_visible()
    expect(page.locator(".show-page")).to_have_count(0)
    expect(page.locator("dialog.pages")).to_be_hidden()


@pytest.mark.parametrize("interface", ["en", "ar"])
def test_a_card_shows_the_page_of_its_quote(
    context: BrowserContext, address: str, library: Engine, interface: str
) -> None:
    printed, words = Printed(library, "ar"), words_in(interface)
    page = context.new_page()
    page.goto(f"{address}/{interface}/")
    page.get_by_label(words("chat.question")).fill("كم بلغت ميزانية البرنامج في السنة الثانية؟")
    page.get_by_label(words("chat.question")).press("Enter")
    shows = page.locator(".card .show-printed").first
    shows.press("Enter")
    page.wait_for_selector(".page-mark")
    page.wait_for_function(LOADED)
    cited = page.locator(".card", has=page.locator(".show-printed")).first
    quote = cited.locator(".card-quote").inner_text()
    assert sorted(on_page(page, printed)) == sorted(letters(quote))
    page.keyboard.press("Escape")
    expect(shows).to_be_focused()


def picture_address(page: Page) -> tuple[str, dict[str, str]]:
    """Return the address of the picture that is shown, and what it asks for."""
    url = str(page.locator(".page-picture img").first.evaluate("one => one.currentSrc"))
    base, _, query = url.partition("?")
    return base, {name: values[0] for name, values in parse_qs(query).items()}


def test_a_picture_is_kept_by_the_browser_and_nothing_else_is_served(
    context: BrowserContext, address: str, library: Engine
) -> None:
    printed = Printed(library, "en")
    page = shown(opened(context, f"{address}/en/?{printed.query(printed.lines[0])}"), "en")
    base, asked = picture_address(page)
    assert urlsplit(base).path == "/pages/picture"
    with urlopen(f"{base}?{urlencode(asked)}") as answer:  # noqa: S310 - our own server
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["cache-control"] == "private, max-age=86400, immutable"
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.read().startswith(b"\x89PNG")
    other = next(one for one in library.sources() if "origin" not in one.metadata)
    wrong: list[dict[str, object]] = [
        {"page": 0},
        {"page": len(printed.pages) + 1},
        {"page": "../1"},
        {"scale": 0},
        {"scale": 400},
        {"scale": "1e9"},
        {"version": "0" * 12},
        {"document": "../../etc/passwd"},
        {"document": other.id},
    ]
    for change in wrong:
        with pytest.raises(HTTPError) as caught:
            urlopen(f"{base}?{urlencode({**asked, **change})}")  # noqa: S310 - our own server
        assert caught.value.code in {404, 422}


class TestWanted:
    """What comes from a browser may be anything."""

    @pytest.mark.parametrize(
        ("value", "spans"),
        [
            ("1-2 5-9", ((1, 2), (5, 9))),
            ("5-2", ()),
            ("", ()),
            ("1-2;", ()),
            ("9999999999-1", ()),
            (None, ()),
            (["1-2"], ()),
        ],
    )
    def test_spans(self, value: object, spans: Spans) -> None:
        assert wanted({"spans": value}).spans == spans

    @pytest.mark.parametrize("page", [True, "1", 1.5, None, [1]])
    def test_a_page_is_a_number(self, page: object) -> None:
        assert wanted({"page": page}).page is None
