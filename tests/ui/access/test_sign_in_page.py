"""Signing in with a real browser: by keyboard, in two directions, and what each role then finds there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Literal

import gradio as gr
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Error, Page, expect

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.access import accounts, sessions
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import Settings
from sstc_chat.ui.access.visitors import Door, Visitor, acting_for
from sstc_chat.ui.desk.view import _told

PASSWORD = "nine cups of black tea"  # noqa: S105
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def own(home: Path, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the built home, in which three people have accounts."""
    assert engine.store.chunks
    copied = shutil.copytree(home, tmp_path_factory.mktemp("own") / "home")
    for name, role in (("Rita", "reader"), ("Amina", "evaluator"), ("Boris", "administrator")):
        accounts.add(copied, name, PASSWORD, [role])
    return copied


@pytest.fixture(scope="module")
def url(
    own: Path,
    engine: Engine,
    encoders: Mapping[str, Encoder],
    settings: Settings,
    serve_page: Callable[..., AbstractContextManager[str]],
) -> Iterator[str]:
    editor = Editor(own, encoders, settings.index_settings())
    with serve_page(engine, editor, door=Door(own, readers="signed-in")) as address:
        yield address


def sign_in(page: Page, name: str) -> None:
    """From the keyboard alone."""
    page.locator("input[name=name]").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def violations(page: Page) -> list[str]:
    """Return what axe-core has against the page, light and dark."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("language", "wrong"), [("en", "do not belong together"), ("ar", "غير متطابقين")])
def test_one_signs_in_and_out(context: BrowserContext, url: str, language: str, wrong: str) -> None:
    page = context.new_page()
    page.goto(f"{url}/{language}/desk")
    expect(page).to_have_url(f"{url}/{language}/sign-in?next=desk")
    assert violations(page) == []
    page.locator("input[name=name]").fill("Amina")
    page.locator("input[name=password]").fill("not her password")
    page.locator("main [type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text(wrong)
    assert violations(page) == []
    page.locator("input[name=name]").fill("")
    sign_in(page, "Amina")
    expect(page).to_have_url(f"{url}/{language}/desk")
    expect(page.locator("#masthead bdi")).to_have_text("Amina")
    expect(page.locator("#desk-start-part h2")).to_be_visible()
    assert violations(page) == []
    page.locator("#masthead .account button").click()
    expect(page).to_have_url(f"{url}/{language}/sign-in?next=")


def test_each_role_finds_what_is_for_it(context: BrowserContext, url: str) -> None:
    shown = {}
    for name in ("Rita", "Amina", "Boris"):
        page = context.new_page()
        page.goto(f"{url}/en/sign-in?next=documents")
        sign_in(page, name)
        expect(page.locator("#documents table")).to_be_visible()
        views = page.locator("#masthead .views a").all_text_contents()
        shown[name] = (views, page.locator("#documents input[type=file]").count())
    assert shown == {
        "Rita": (["Chat", "Documents"], 0),
        "Amina": (["Chat", "Evaluator's desk", "Documents"], 0),
        "Boris": (["Chat", "Documents"], 1),
    }


def test_an_administrator_adds_a_document(context: BrowserContext, url: str, tmp_path: Path) -> None:
    (tmp_path / "tea.txt").write_text("The teapot of Ruritania holds nine cups.")
    page = context.new_page()
    page.goto(f"{url}/en/sign-in?next=documents")
    sign_in(page, "Boris")
    page.locator("#documents input[type=file]").set_input_files([tmp_path / "tea.txt"])
    expect(page.locator("#documents .sent li")).to_contain_text("Added")


def test_whose_session_is_over_is_led_to_sign_in_again(context: BrowserContext, url: str, own: Path) -> None:
    page = context.new_page()
    page.goto(f"{url}/en/sign-in")
    sign_in(page, "Rita")
    expect(page.locator(".starters")).to_be_visible()
    sessions.end_all(own, "Rita")
    # Whatever is asked next finds out; the page may ask for something by itself just now, and be led away.
    with suppress(Error):
        page.evaluate("document.querySelector('.starters button')?.click()")
    expect(page).to_have_url(f"{url}/en/sign-in?next=")


def test_whoever_is_signed_in_judges_under_no_other_name() -> None:
    press = gr.EventData(None, {"rater": "Boris", "note": "As it says."})
    with acting_for(Visitor(frozenset({"evaluator"}), "Amina")):
        assert (_told(press).get("rater"), _told(press).get("note")) == ("Amina", "As it says.")
    assert _told(press).get("rater") == "Boris"
