"""The desk in a real browser, as evaluators use it."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.types import Answer

ReaderWith = Callable[..., BrowserContext]
NARROW: ViewportSize = {"width": 390, "height": 844}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STEPS = ("start", "figures", "judge", "agreement", "compare", "feedback")
# What a wait for an answer or a page may take where something else is built or tested at once.
PATIENCE = 30_000


class Held(Engine):
    """An engine whose answers wait until they are let go."""

    def __init__(self, engine: Engine) -> None:
        vars(self).update(vars(engine))
        self.gate = threading.Event()

    def ask(self, text: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:  # type: ignore[override]
        assert self.gate.wait(PATIENCE / 1000)
        return super().ask(text, history, documents)


def opened(context: BrowserContext, url: str, language: str = "en", search: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{url}/{language}/desk{search}")
    expect(page.locator(".desk-step.is-open [data-shown]")).to_have_count(1, timeout=PATIENCE)
    return page


def go(page: Page, step: str) -> None:
    page.locator(f"[data-step={step}]").click()
    expect(page.locator(f"#desk-{step} [aria-busy]")).to_have_count(0)
    expect(page.locator(f"#desk-{step} [data-shown]")).to_have_count(1)


def begin(page: Page, questions: Path) -> None:
    page.locator("input[type=file]").set_input_files(questions)
    page.locator("form.begin button.primary").click()


def judge_as(page: Page, name: str, keys: str) -> None:
    """Judge one citation after the other from the keyboard."""
    go(page, "judge")
    page.locator("input[name=rater]").fill(name)
    page.keyboard.press("Enter")
    for number, key in enumerate(keys, start=1):
        item = page.locator(".item")
        expect(item).to_be_focused()
        said, quoted = item.locator(".sentence-judged").inner_text(), item.locator("mark").all_inner_texts()
        assert "".join("".join(quoted).split()) == "".join(said.split())
        page.keyboard.press(key)
        expect(page.locator(".judge-head progress")).to_have_attribute("value", str(number))


def violations(page: Page) -> list[str]:
    options = {"resultTypes": ["violations"]}
    found = Axe().run(page, "#masthead, #desk", options).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def test_a_round_from_its_file_to_the_page_that_is_signed(
    context: BrowserContext, reader_with: ReaderWith, desk_site: str, questions: Path, tmp_path: Path
) -> None:
    page = opened(context, desk_site)
    begin(page, questions)
    expect(page.locator("#desk-start tbody")).to_contain_text("All asked", timeout=PATIENCE)
    page.get_by_role("button", name="Open round 1").click()
    expect(page.locator("#desk-plots .vega-embed")).to_have_count(3)
    for drawn in page.locator("#desk-plots .vega-embed").all():
        assert (drawn.bounding_box() or {"height": 0})["height"] > 200
    expect(page.get_by_role("region", name="Figures")).to_contain_text("1.00")

    go(page, "judge")
    page.locator("input[name=rater]").fill("Ada")
    page.keyboard.press("Enter")
    size = int(page.locator(".judge-head progress").get_attribute("max") or 0)
    assert size >= 2
    expect(page.locator(".item")).to_be_focused()
    page.get_by_label("Note").fill("a note: 1 2 3")
    page.locator(".item").press("1")
    expect(page.locator(".judge-head")).to_contain_text(f"Judged: 1 of {size}")
    page.keyboard.press("n")
    expect(page.locator(".judge-head")).to_contain_text(f"Judged: 2 of {size}")
    page.reload()
    expect(page.locator(".judge-head")).to_contain_text(f"Judged: 2 of {size}")
    page.locator(".item").press("u")
    expect(page.locator(".judge-head")).to_contain_text(f"Judged: 1 of {size}")
    for number in range(2, size + 1):
        page.keyboard.press("s")
        expect(page.locator(".judge-head")).to_contain_text(f"Judged: {number} of {size}")
    page.get_by_role("button", name="Hand in my verdicts").click()
    expect(page.locator("#desk-judge")).to_contain_text("The others are still judging")

    second = opened(reader_with(), desk_site, search="?round=1&step=agreement")
    expect(second.locator("#desk-agreement")).to_contain_text("judged blind")
    expect(second.locator("#desk-agreement")).not_to_contain_text("Supported")
    judge_as(second, "Grace", "2" + "1" * (size - 1))
    second.get_by_role("button", name="Hand in my verdicts").click()
    expect(second.locator("#desk-judge")).to_contain_text("Everyone has handed in")

    go(page, "agreement")
    expect(page.get_by_role("region", name="Agreement", exact=True)).to_contain_text("Cohen's kappa")
    expect(page.locator(".difference")).to_have_count(1)
    page.locator(".settle input[name=rater]").fill("Joan")
    page.locator(".settle").get_by_role("button", name="Partly").click()
    expect(page.locator(".settled")).to_contain_text("Joan: Partly")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a table (CSV)").click()
    saved.value.save_as(tmp_path / "round.csv")
    rows = list(csv.DictReader((tmp_path / "round.csv").open(encoding="utf-8-sig", newline="")))
    assert len(rows) == size
    assert {row["final"] for row in rows} == {"supported", "partly"}
    with context.expect_page() as printed:
        page.get_by_role("button", name="Page to print").click()
    expect(printed.value.locator(".signatures .line")).to_have_count(3)


def test_a_note_that_is_not_saved_yet_stays_with_its_citation(
    context: BrowserContext, desk_site: str, questions: Path
) -> None:
    page = opened(context, desk_site)
    begin(page, questions)
    expect(page.locator("#desk-start tbody progress[value='3']")).to_have_count(1, timeout=PATIENCE)
    judge_as(page, "Ada", "")
    note = page.get_by_label("Note")
    note.fill("not sure yet")
    page.reload()
    expect(note).to_have_value("not sure yet")
    page.get_by_role("button", name="Next").click()
    expect(note).to_have_value("")
    page.get_by_role("button", name="Previous").click()
    expect(note).to_have_value("not sure yet")
    page.locator(".item").press("1")
    expect(page.locator(".judge-head progress")).to_have_attribute("value", "1")
    expect(note).to_have_value("")
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('note'))") == []
    page.get_by_role("button", name="Previous").click()
    expect(note).to_have_value("not sure yet")


def test_a_round_is_stopped_and_goes_on(
    context: BrowserContext,
    engine: Engine,
    serve_page: Callable[..., AbstractContextManager[str]],
    questions: Path,
) -> None:
    held = Held(engine)
    with serve_page(held) as url:
        page = opened(context, url)
        begin(page, questions)
        rows = page.locator("#desk-start tbody")
        expect(rows).to_contain_text("Being asked")
        page.reload()
        expect(rows).to_contain_text("Being asked")
        page.get_by_role("button", name="Stop").click()
        expect(rows).to_contain_text("Stopped")
        held.gate.set()
        expect(rows).to_contain_text("1 / 3")
        page.get_by_role("button", name="Go on").click()
        expect(rows).to_contain_text("All asked", timeout=PATIENCE)
        begin(page, questions)
        expect(rows).to_contain_text("2")
        expect(rows.get_by_text("All asked")).to_have_count(2, timeout=PATIENCE)
        go(page, "compare")
        page.locator("#desk-compare form button.primary").click()
        expect(page.locator("#desk-compare")).to_contain_text("Questions in both: 3.")
        expect(page.locator("#desk-compare")).to_contain_text("No answer changed.")
        page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_step_is_for_everyone(
    context: BrowserContext, desk_site: str, questions: Path, language: str
) -> None:
    page = opened(context, desk_site, language)
    begin(page, questions)
    expect(page.locator("#desk-start tbody progress[value='3']")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator("#desk-start [data-action=stop]")).to_have_count(0)
    judge_as(page, "ندى", "1")
    forward, back = ("ArrowLeft", "ArrowRight") if language == "ar" else ("ArrowRight", "ArrowLeft")
    second = page.locator(f".item[data-item='{page.locator('.item').get_attribute('data-item')}']")
    page.keyboard.press(back)
    expect(second).to_have_count(0)
    expect(page.locator(".item")).to_be_focused()
    page.keyboard.press(forward)
    expect(second).to_have_count(1)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    for size in (page.viewport_size, NARROW):
        assert size is not None
        page.set_viewport_size(size)
        for step in STEPS:
            go(page, step)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                assert violations(page) == []
            wide = page.evaluate("document.querySelector('#desk').scrollWidth")
            assert wide <= size["width"], f"{step} is {wide} wide"
