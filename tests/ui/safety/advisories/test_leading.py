"""The running page fetches nothing, leads nowhere and answers nobody that another site names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from .ways import API, HOSTILE

FETCHING = (f"{API}/proxy={{}}", "/en/proxy={}", f"{API}/file={{}}", "/en/file={}", f"{API}/file/{{}}")
REDIRECTS = (
    *(f"{API}/file={HOSTILE}", f"{API}/file/{HOSTILE}", f"/en/login/huggingface?_target_url={HOSTILE}"),
    *(f"/en/login/callback?_target_url=////{HOSTILE}", f"/en/logout?_target_url={HOSTILE}"),
    *(f"/en/sign-in?next={HOSTILE}", "/en/sign-in?next=//hostile.example", f"/?next={HOSTILE}"),
    *("//hostile.example/", "/en//hostile.example/%2e%2e", "/\\hostile.example"),
)


class Inner(BaseHTTPRequestHandler):
    """What only the server can reach; it notes whether anybody came."""

    came: list[str]

    def do_GET(self) -> None:
        self.came.append(self.path)
        self.send_error(404)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def inner() -> Iterator[tuple[str, list[str]]]:
    came: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Inner,), {"came": came}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/secret", came
    server.shutdown()
    server.server_close()


def test_fetching(client: httpx.Client, config: dict[str, Any], inner: tuple[str, list[str]]) -> None:
    address, came = inner
    for header in ({}, {"X-Direct-Url": address}):
        client.get("/en/config", headers=header)
        for path in FETCHING:
            assert client.get(path.format(address), headers=header).status_code == 404
    for event in config["dependencies"]:
        sent = {"path": address, "url": address, "meta": {"_type": "gradio.FileData"}}
        body = {"fn_index": event["id"], "session_hash": "f", "data": [sent], "event_data": {"file": sent}}
        client.post(f"{API}/run/predict", json=body)
        client.post(f"{API}/queue/join", json=body)
    assert httpx.get(address).status_code == 404
    assert came == ["/secret"]


@pytest.mark.parametrize("path", REDIRECTS)
def test_redirects(client: httpx.Client, path: str) -> None:
    answer = client.get(httpx.URL(str(client.base_url).rstrip("/"), raw_path=path.encode()))
    where = answer.headers.get("location", "./")
    assert where.startswith(("./", str(client.base_url))), where
    assert "hostile" not in where.partition("?")[0]
    assert f'value="{HOSTILE}' not in answer.text
    assert 'value="//hostile' not in answer.text


@pytest.mark.parametrize(
    "origin", ["null", HOSTILE, "http://localhost.hostile.example", "http://127.0.0.1.nip.io"]
)
def test_origins(client: httpx.Client, origin: str) -> None:
    told = {"Origin": origin, "Cookie": "x=y"}
    assert client.post(f"{API}/run/predict", headers=told, json={}).status_code == 403
    for answer in (
        client.get("/en/config", headers=told),
        client.options(f"{API}/run/predict", headers=told),
    ):
        assert "access-control-allow-origin" not in answer.headers


def test_root(client: httpx.Client) -> None:
    told = {"X-Forwarded-Host": "hostile.example", "Host": "hostile.example", "X-Gradio-Server": HOSTILE}

    def mislead() -> None:
        for _ in range(20):
            httpx.get(f"{client.base_url}/en/config", headers=told)

    misleading = threading.Thread(target=mislead)
    misleading.start()
    seen = [client.get("/en/config").text for _ in range(20)]
    misleading.join()
    assert not [one for one in seen if "hostile" in one]
