"""Where the home cannot be used just now, a line says so in the language of the reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from sstc_chat.corpus.errors import HomeError
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.page.unavailable import add_unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.ui.conftest import Make

PLACE = "/var/lib/somewhere"


@pytest.fixture
def client() -> TestClient:
    """Return who asks for pages that all need a home which is full."""
    application = FastAPI()
    add_unavailable(application)

    def fails(path: str) -> None:
        raise HomeError(f"{PLACE} cannot be used: {path}", reason="full")

    application.add_api_route("/{path:path}", fails)
    return TestClient(application)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_the_language_of_the_page(client: TestClient, language: str) -> None:
    answer = client.get(f"/{language}/privacy")
    assert (answer.status_code, answer.text) == (503, words_in(language)("errors.full"))
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert PLACE not in answer.text


def test_elsewhere_in_that_of_the_reader(client: TestClient) -> None:
    answer = client.get("/pages/picture", headers={"Accept-Language": "fr"})
    assert answer.text == words_in("fr")("errors.full")


def test_the_page_itself_does_so(
    serve_page: Callable[..., AbstractContextManager[str]], make: Make, tmp_path: Path
) -> None:
    import httpx

    (tmp_path / "access.sqlite").write_bytes(b"damaged" * 1000)
    with serve_page(make.engine({}), home=tmp_path, languages=[]) as url:
        answers = [httpx.get(f"{url}/ar/{view}") for view in ("privacy", "sign-in")]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert {answer.text for answer in answers} == {words_in("ar")("errors.home")}
