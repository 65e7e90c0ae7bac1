"""Each request has a number and one line in the log; whether the server is well can be asked."""

from __future__ import annotations

import asyncio
import json
import logging
import warnings
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sstc_chat.ui.operating.logs import begin_logging
from sstc_chat.ui.operating.metrics import Metrics
from sstc_chat.ui.operating.requests import Operated, kind_of

logger = logging.getLogger("sstc_chat.test")


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    ours, root = logging.getLogger("sstc_chat"), logging.getLogger()
    before = (root.handlers[:], root.level, ours.level)
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])
    logging.captureWarnings(capture=False)


async def hello(request: Request) -> Response:
    logger.warning("hello\nINFO forged")
    return PlainTextResponse("hello", status_code=int(request.query_params.get("status", 200)))


async def broken(_: Request) -> Response:
    raise RuntimeError("it broke")


def get(path: str, *, ready: bool = True, **headers: str) -> httpx.Response:
    application = Starlette(routes=[Route("/{rest:path}", hello), Route("/broken", broken)])
    application.router.routes.reverse()
    operated = Operated(application, Metrics(), lambda: ready)

    async def asking() -> httpx.Response:
        transport = httpx.ASGITransport(operated, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.get(
                path, headers={key.replace("_", "-"): value for key, value in headers.items()}
            )

    return asyncio.run(asking())


def test_a_request_has_one_number_in_the_log_and_in_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    begin_logging("json", "info")
    number = get("/en/?q=What+is+secret").headers["x-request-id"]
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["request"] for line in lines] == [number, number]
    assert lines[0]["message"] == "hello\nINFO forged"
    assert lines[1]["status"] == 200
    assert (lines[1]["kind"], lines[1]["path"], lines[1]["method"]) == ("view", "/en/", "GET")
    assert "secret" not in json.dumps(lines)


def test_two_requests_have_different_numbers() -> None:
    assert get("/").headers["x-request-id"] != get("/").headers["x-request-id"]


@pytest.mark.parametrize(
    ("given", "taken"), [("7f3a", True), ("a b", False), ("a.b", False), ("a" * 65, False), ("", False)]
)
def test_the_number_of_a_proxy_is_taken_if_it_is_one(given: str, taken: bool) -> None:
    found = get("/", x_request_id=given)
    assert (found.headers["x-request-id"] == given) == taken


def test_what_fails_is_in_the_log_with_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    begin_logging("json", "info")
    assert get("/broken").status_code == 500
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["status"] == 500


def test_nothing_forges_a_line_of_text(capsys: pytest.CaptureFixture[str]) -> None:
    begin_logging("text", "info")
    get("/en/%0AINFO%20forged")
    assert not [line for line in capsys.readouterr().err.splitlines() if line.startswith("INFO forged")]


@pytest.mark.filterwarnings("always")
@pytest.mark.parametrize(("level", "lines"), [("info", 0), ("debug", 1)])
def test_what_python_warns_of_is_a_line_of_the_log_for_those_who_look_closely(
    level: str, lines: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A library that is first imported while it serves may warn in several lines that are no JSON."""
    with warnings.catch_warnings():  # so that what pytest listens with is put back
        begin_logging("json", level)
        warnings.warn("SOCKS is not there", stacklevel=1)
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert ["SOCKS is not there" in one["message"] for one in logged] == [True] * lines


def test_whether_it_is_well() -> None:
    assert get("/live").status_code == 200
    assert get("/ready").text == "ready"
    assert get("/ready", ready=False).status_code == 503
    assert get("/live", ready=False).status_code == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "view"),
        ("/ar/desk/", "view"),
        ("/en/gradio_api/run/predict", "event"),
        ("/en/ask", "event"),
        ("/api/v1/ask", "program"),
        ("/static/chat.js", "file"),
        ("/en/../../etc/passwd", "other"),
        ("/en/desk/x", "other"),
    ],
)
def test_of_kinds_there_are_few(path: str, kind: str) -> None:
    assert kind_of(path) == kind
