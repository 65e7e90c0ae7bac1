"""Readers are told what is kept of them: what holds on this server, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from sstc_chat.rag.settings import load_settings
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.page.frontpage import Front
from sstc_chat.ui.privacy.notice import VIEW, Practice, privacy_html, sentences

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_holds_is_said_in_every_language(language: str) -> None:
    words = words_in(language)
    least = list(sentences(Practice(), words))
    most = list(sentences(Practice(30, True, "llm.example", 8, "data@example.org"), words))
    assert len(most) == len(least) + 2
    for said in ("30", "llm.example", "8", "data@example.org"):
        assert any(said in one for one in most), said
    assert words("privacy.log_without") in least
    assert words("privacy.log_without") not in most
    assert not [one for one in most if "{" in one]


def test_it_is_what_the_settings_say(tmp_path: Path) -> None:
    environment = {
        "SSTC_CHAT_FEEDBACK_DAYS": "90",
        "SSTC_CHAT_LOG_QUESTIONS": "on",
        "SSTC_CHAT_LLM_BASE_URL": "https://key:secret@llm.example:8443/v1",
        "SSTC_CHAT_SESSION_HOURS": "2",
        "SSTC_CHAT_CONTACT": "data@example.org",
    }
    practice = Practice.of(load_settings({"home": tmp_path}, environment))
    assert practice == Practice(90, True, "llm.example", 2, "data@example.org")
    assert Practice.of(load_settings({"home": tmp_path}, {})) == Practice()


def test_whom_to_write_to_is_text() -> None:
    front = Front(words_in("en"), VIEW, (VIEW,))
    page = privacy_html(front, Practice(contact="<script>alert(1)</script>"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_chat_leads_there(context: BrowserContext, site: str, language: str) -> None:
    page = context.new_page()
    page.goto(f"{site}/{language}/")
    words = words_in(language)
    page.get_by_role("link", name=words("privacy.title")).click()
    expect(page.get_by_role("heading", level=2)).to_have_text(words("privacy.title"))
    expect(page.locator("main")).to_contain_text(words("privacy.asking"))
    assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name=words("chat.view")).first.click()
    expect(page.locator(".starters")).to_be_visible()
