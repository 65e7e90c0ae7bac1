"""The running page gives away no file, takes none, and leads to nothing that Gradio has beside a page."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from .ways import API, CLOSED

# Of a file that every machine has, and of our own.
SEEN = re.compile(r"root:.*:0:0:|\[project\]")
FILES = (
    *(f"{API}/file=/etc/passwd", f"{API}/file=../../../../etc/passwd", f"{API}/file//etc/passwd"),
    *("/en/file=/etc/passwd", "/file/../../../../etc/passwd", "/en/static/..%2f..%2f..%2f..%2fetc%2fpasswd"),
    *(
        "/en/static//etc/passwd",
        "/en/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/page/..%2f..%2fpyproject.toml",
    ),
    *("/en/static/%2fetc%2fpasswd", "/en/static/%5cetc%5cpasswd", "/en/static/C%3a%2fwindows%2fwin.ini"),
    *(f"{API}/custom_component/x/client/component/..%2fx.py", "/en/custom_component/x/component/../x.py"),
    *(
        f"{API}/file=%5C%5Chostile.example%5Cshare",
        f"{API}/file=/ETC/PASSWD",
        f"{API}/file=/etc/passwd::$DATA",
    ),
    *(f"{API}/stream/s/r/0/playlist.m3u8", f"{API}/download_state/x", "/en/favicon.ico", "/en/robots.txt"),
)
FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}, "orig_name": "x", "url": ""}


@pytest.mark.parametrize("path", FILES)
def test_files(client: httpx.Client, path: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        # As it stands: a client would put `..` right.
        answer = client.request(method, httpx.URL(str(client.base_url).rstrip("/"), raw_path=path.encode()))
        assert answer.status_code in {403, 404, 405}, (method, path)
        assert not SEEN.search(answer.text)


@pytest.mark.parametrize("way", CLOSED)
def test_what_is_closed(client: httpx.Client, way: str) -> None:
    for path in CLOSED[way]:
        for method in ("GET", "POST", "PUT"):
            answer = client.request(method, path, json={})
            assert (answer.status_code, answer.text) == (404, "There is nothing here."), (method, path)


def test_uploads(client: httpx.Client) -> None:
    """An endless boundary is not read: what is larger than a question is turned away by its size."""
    kinds = {"content-type": f"multipart/form-data; boundary=x{'-' * 10_000}"}
    for path in CLOSED["uploads"]:
        assert client.post(path, headers=kinds, content=b"--x" + b"-" * 500_000).status_code == 404
    assert client.post(f"{API}/run/predict", headers=kinds, content=b"-" * 2_000_000).status_code == 413


def test_parts(client: httpx.Client, config: dict[str, Any]) -> None:
    kinds = {one["type"] for one in config["components"]}
    assert kinds <= {"button", "column", "form", "html", "nativeplot", "row", "textbox"}
    for path in (f"{API}/component_server", f"{API}/component_server/", "/en/component_server"):
        for one in config["components"]:
            body = {"session_hash": "p", "component_id": one["id"], "fn_name": "move_resource_to_block_cache"}
            assert client.post(path, json={**body, "data": "/etc/passwd"}).status_code == 404
    for event in config["dependencies"]:
        body = {"fn_index": event["id"], "session_hash": "p", "data": [FILE], "event_data": FILE}
        assert not SEEN.search(client.post(f"{API}/run/predict", json=body).text)
