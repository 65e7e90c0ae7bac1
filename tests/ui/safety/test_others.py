"""What others send or name is shown as it stands: reports of every format, file names, titles, feedback."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import FilePayload, Page, expect

if TYPE_CHECKING:
    from tests.ui.safety.conftest import Hostile, Reader


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("suffix", [".md", ".html", ".jsonl"])
def test_a_hostile_report_of_any_format_is_read_as_it_stands(
    reader: Reader, hostile: Hostile, suffix: str
) -> None:
    page = reader.open(f"?document={quote(hostile.ids[suffix])}")
    expect(page.locator(".report")).to_have_attribute("data-document", hostile.ids[suffix])
    shown = spaced(page.locator(".report").inner_text()).replace("`", "")
    wanted = hostile.markup if suffix != ".jsonl" else hostile.payloads[1:3]
    assert [payload for payload in wanted if spaced(payload.replace("`", "")) not in shown] == []
    links = {link.get_attribute("href") for link in page.locator(".report .sentence a").all()}
    assert {link for link in links if not str(link).startswith("https://")} == set()
    page.get_by_role("searchbox").fill("wall")
    for heading in page.locator(".contents a").all()[:3]:
        heading.evaluate("link => link.click()")


@pytest.mark.parametrize(
    "question",
    ["How many cranes does the harbour of Borduria count?", "How long is the bridge of Poldevia?"],
)
def test_a_hostile_report_is_quoted_as_it_stands(reader: Reader, question: str) -> None:
    page = reader.open()
    reader.ask(page, question)
    page.locator(".cite").first.click()
    expect(page.locator(".report mark").first).to_be_visible()
    page.locator(".copies summary").first.click()
    page.locator(".export summary").click()


def test_hostile_titles_stand_in_the_table_of_documents(reader: Reader, hostile: Hostile) -> None:
    page = reader.open("documents", "#documents tbody tr")
    shown = spaced(page.locator("#documents").inner_text())
    assert hostile.payloads[1] in shown
    label = page.locator("#documents tbody button").first.get_attribute("aria-label") or ""
    assert "<" in label


def test_a_hostile_file_name_is_told_and_listed_as_it_stands(reader: Reader, hostile: Hostile) -> None:
    page = reader.open("documents", "#documents tbody tr")
    rows = page.locator("#documents tbody tr")
    before = rows.count()
    script = f"<img src=x onerror={hostile.run}>"
    sent = {".txt": f"{script} tea of Ruritania.".encode(), ".exe": b"", ".pdf": b"%PDF-"}
    files: list[FilePayload] = [
        {"name": script + kind, "mimeType": "text/plain", "buffer": content} for kind, content in sent.items()
    ]
    page.locator("#documents input[type=file]").set_input_files(files)
    expect(rows).to_have_count(before + 1)
    told = page.locator("#documents .sent li")
    expect(told).to_have_count(3)
    for line, file in zip(told.all(), files, strict=True):
        expect(line).to_contain_text(file["name"])
    expect(rows.last).to_contain_text(script)
    rows.last.get_by_role("button").click()
    expect(page.locator("#documents .undo")).to_contain_text(script)
    expect(rows).to_have_count(before)


def test_the_filter_shows_hostile_titles_as_they_stand(reader: Reader, hostile: Hostile) -> None:
    page = reader.open()
    page.locator(".limits-open").click()
    expect(page.locator("#limits-panel")).to_contain_text(hostile.payloads[1])
    page.locator("#limits-panel input[type=checkbox]").first.check()
    page.keyboard.press("Escape")
    reader.ask(page, hostile.question)


def test_hostile_feedback_is_shown_to_evaluators_as_it_stands(reader: Reader, hostile: Hostile) -> None:
    page = reader.open()
    question, comment = f"{hostile.question} {hostile.payloads[0]}", " ".join(hostile.markup)
    reader.ask(page, question)
    say(page, "No", comment)
    desk = reader.open("desk?step=feedback", ".difference")
    sent = desk.locator(".difference").first
    expect(sent.locator(".note")).to_have_text(spaced(comment))
    expect(sent.locator("h3")).to_have_text(question)
    sent.locator("summary").click()
    sent.locator("[data-action=gold_refuse]").click()
    expect(desk.locator(".difference .settled")).to_be_visible()


def say(page: Page, thumb: str, comment: str) -> None:
    control = page.locator(".feedback").first
    control.get_by_role("button", name=thumb, exact=True).click()
    control.locator("textarea").fill(comment)
    control.locator(".send").click()
    expect(control.locator(".feedback-sent")).to_be_visible()
