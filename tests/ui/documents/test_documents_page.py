"""Documents are added and taken out on the page in a real browser, and the table says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from sstc_chat.corpus.types import Document
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.store import open_store
from sstc_chat.rag.documents.current import CurrentEngine
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.feedback.keeping import send
from sstc_chat.rag.feedback.opinions import Opinion
from sstc_chat.rag.opening import reopened
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.settings import Settings

TEA = "The teapot of Ruritania holds nine cups."
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
Serve = Callable[..., AbstractContextManager[str]]


@pytest.fixture
def editor(
    engine: Engine, home: Path, encoders: Mapping[str, Encoder], settings: Settings, tmp_path: Path
) -> Editor:
    """Return what changes a copy of the built home."""
    assert engine.store.chunks
    shutil.copytree(home, tmp_path / "own")
    return Editor(tmp_path / "own", encoders, settings.index_settings())


@pytest.fixture
def current(editor: Editor, settings: Settings) -> CurrentEngine:
    first = Engine(open_store(editor.home, editor.encoders, editor.settings), editor.encoders)
    return CurrentEngine(first, lambda: reopened(first, replace(settings, home=editor.home)))


@pytest.fixture
def site(serve_page: Serve, current: CurrentEngine, editor: Editor) -> Iterator[str]:
    """Return the address of a page on which the library may be edited."""
    with serve_page(current, editor, languages=("en", "ar")) as url:
        yield url


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#documents table")).to_be_visible()
    return page


def violations(page: Page) -> list[str]:
    """Return what axe-core has against the page, light and dark."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Added", "Give one of", "Undo")),
        ("ar", ("أُضيفت", "Give one of", "تراجع")),
    ],
)
def test_files_go_in_and_documents_out_and_back(
    context: BrowserContext, site: str, tmp_path: Path, language: str, words: tuple[str, str, str]
) -> None:
    (tmp_path / "tea.txt").write_text(TEA)
    (tmp_path / "tea.exe").write_bytes(b"MZ")
    page = opened(context, f"{site}/{language}/documents")
    rows = page.locator("#documents tbody tr")
    expect(rows).to_have_count(1)
    page.locator("#documents input[type=file]").set_input_files([tmp_path / "tea.txt", tmp_path / "tea.exe"])
    expect(rows).to_have_count(2)
    told = page.locator("#documents .sent li")
    expect(told.nth(0)).to_contain_text(words[0])
    expect(told.nth(1)).to_contain_text(words[1])
    assert violations(page) == []
    rows.nth(1).get_by_role("button").click()
    expect(rows).to_have_count(1)
    assert violations(page) == []
    undo = page.locator("#documents .undo button")
    expect(undo).to_have_text(words[2])
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text(TEA)


def test_what_a_change_does_to_saved_answers_is_told_and_only_the_last_one_is_undone(
    context: BrowserContext, site: str, editor: Editor, engine: Engine, report: Document, tmp_path: Path
) -> None:
    send(editor.home, Opinion(good=True, record=record_of(engine.ask("What is Ejo Heza?"))))
    (tmp_path / "tea.txt").write_text(TEA)
    page = opened(context, f"{site}/en/documents")
    page.locator("#documents input[type=file]").set_input_files([tmp_path / "tea.txt"])
    rows = page.locator("#documents tbody tr")
    expect(rows).to_have_count(2)
    rows.nth(0).get_by_role("button").click()
    told = page.locator("#documents .undo")
    expect(told).to_contain_text("Quotes in saved answers: same 0, moved 0, changed 0, gone 1.")
    other = opened(context, f"{site}/en/documents")
    other.locator("#documents tbody tr").get_by_role("button").click()
    expect(other.locator("#documents")).to_contain_text("There are no documents yet.")
    told.get_by_role("button").click()
    expect(told).to_contain_text(f"so '{report.id}' cannot be brought back")
    expect(told.get_by_role("button")).to_have_count(0)


def test_a_page_shows_the_library_as_it_is_when_it_is_opened(
    context: BrowserContext, site: str, editor: Editor, report: Document, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(f"{site}/en/")
    expect(page.locator(f".report[data-document='{report.id}']")).to_be_visible()
    expect(page.locator(".starters button").first).to_be_visible()
    begun = page.locator(".starters button").all_inner_texts()
    (tmp_path / "tea.txt").write_text(TEA, "utf-8")
    assert not editor.add(tmp_path / "tea.txt", "tea.txt").error
    editor.remove([report.id])
    page = context.new_page()
    page.goto(f"{site}/en/")
    expect(page.locator(".report")).to_contain_text(TEA)
    expect(page.locator(".chooser")).to_have_count(0)
    assert not set(begun) & set(page.locator(".starters button").all_inner_texts())


def test_where_the_library_may_not_be_edited_nothing_offers_to(
    context: BrowserContext, serve_page: Serve, current: CurrentEngine
) -> None:
    with serve_page(current) as url:
        page = opened(context, f"{url}/en/documents")
        expect(page.locator("#documents input")).to_have_count(0)
        expect(page.locator("#documents button")).to_have_count(0)
        assert status(url, "PUT", "/documents/file/tea.txt", {"X-SSTC-Chat": "1"}, TEA.encode()) == 404


def status(url: str, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> int:
    request = Request(url + path, data=body, headers=dict(headers), method=method)  # noqa: S310 - our own server
    try:
        with urlopen(request) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        return error.code


OURS = {"X-SSTC-Chat": "1"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "expected"),
    [
        ("PUT", "/documents/file/tea.txt", {}, 403),
        ("PUT", "/documents/file/tea.txt", {**OURS, "Sec-Fetch-Site": "cross-site"}, 403),
        ("PUT", "/documents/file/tea.txt", {**OURS, "Host": "hostile.example"}, 403),
        ("PUT", "/documents/file/tea.txt", {**OURS, "X-Forwarded-For": "10.0.0.1"}, 403),
        ("PUT", "/documents/file/tea.exe", OURS, 415),
        ("PUT", "/documents/file/..%5Ctea.txt", OURS, 400),
        ("PUT", "/documents/file/tea%00.txt", OURS, 400),
        ("PUT", "/documents/file/..%2Ftea.txt", OURS, 404),
        ("PUT", "/documents/file/tea.txt", {**OURS, "Content-Length": "9999999999"}, 413),
        ("DELETE", "/documents/document/one", {}, 403),
        ("POST", "/documents/undo/one", {}, 403),
        ("POST", "/documents/undo", OURS, 404),
        ("GET", "/documents/file/tea.txt", OURS, 405),
        ("POST", "/documents/undo/one", OURS, 200),
    ],
)
def test_only_a_page_of_ours_on_this_machine_may_ask(
    method: str, path: str, headers: dict[str, str], expected: int, site: str, editor: Editor
) -> None:
    before = sorted(editor.home.rglob("*.sqlite"))
    body = None if method == "GET" else b""
    if "Content-Length" not in headers:
        assert status(site, method, path, headers, body) == expected
    else:
        assert status(site, method, path, headers, b"x") == expected
    assert sorted(editor.home.rglob("*.sqlite")) == before
