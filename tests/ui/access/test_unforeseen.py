"""What nobody has foreseen goes into the log whole, as one entry, and the browser gets none of it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import httpx
import pytest

from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.ui.conftest import Make

INTERNAL = "a folder called /srv/internal"


class Broken:
    """An index that cannot say what is in it."""

    def counts(self) -> NoReturn:
        raise RuntimeError(INTERNAL)

    def sources(self) -> list[object]:
        return []


def test_an_error_of_an_event_is_one_entry_of_the_log_and_no_word_of_it_leaves(
    serve_page: Callable[..., AbstractContextManager[str]],
    make: Make,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    engine = replace(make.engine({}), store=Broken())  # type: ignore[arg-type]
    with serve_page(engine, languages=["en"]) as url:
        config = httpx.get(f"{url}/en/config").json()
        (part,) = [one["id"] for one in config["components"] if one["props"].get("elem_id") == "documents"]
        (event,) = [one["id"] for one in config["dependencies"] if [part, "select"] in one["targets"]]
        body = {"fn_index": event, "session_hash": "s", "data": [], "event_data": {}}
        answer = httpx.post(f"{url}/en/gradio_api/run/predict", json=body)
    assert answer.status_code == 500
    assert answer.json()["error"] == words_in("en")("errors.other")
    assert INTERNAL not in answer.text
    (entry,) = [one for one in caplog.records if one.name == "sstc_chat.ui.access.blocks"]
    assert entry.levelno == logging.ERROR
    assert INTERNAL in str(entry.exc_info)
    assert "Traceback" not in capfd.readouterr().err
