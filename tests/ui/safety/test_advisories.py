"""Each way that was found into applications of Gradio is tried on the running page: see docs/SECURITY.md."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from packaging.version import Version

from sstc_chat.rag.access import accounts
from sstc_chat.ui.access.visitors import Door

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.ui.conftest import Make

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "SECURITY.md").read_text("utf-8")
HOSTILE = "https://hostile.example"
# Of a file that every machine has, and of our own.
SEEN = re.compile(r"root:.*:0:0:|\[project\]")
API = "/en/gradio_api"
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
FETCHING = (f"{API}/proxy={{}}", "/en/proxy={}", f"{API}/file={{}}", "/en/file={}", f"{API}/file/{{}}")
REDIRECTS = (
    *(f"{API}/file={HOSTILE}", f"{API}/file/{HOSTILE}", f"/en/login/huggingface?_target_url={HOSTILE}"),
    *(f"/en/login/callback?_target_url=////{HOSTILE}", f"/en/logout?_target_url={HOSTILE}"),
    *(f"/en/sign-in?next={HOSTILE}", "/en/sign-in?next=//hostile.example", f"/?next={HOSTILE}"),
    *("//hostile.example/", "/en//hostile.example/%2e%2e", "/\\hostile.example"),
)
CLOSED = {
    "monitoring": ("/en/monitoring", f"{API}/monitoring", "/en/monitoring/x", f"{API}/monitoring/summary"),
    "signing in": ("/en/login", f"{API}/login", "/en/token", f"{API}/token", "/en/login_check", "/en/user"),
    "flagging": (f"{API}/flag", f"{API}/api/flag", f"{API}/run/flag", f"{API}/call/flag", f"{API}/deep_link"),
    "uploads": (f"{API}/upload", f"{API}/upload_progress", "/en/upload", "/upload"),
}
FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}, "orig_name": "x", "url": ""}


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


@pytest.fixture(scope="module")
def url(
    serve_page: Callable[..., AbstractContextManager[str]],
    make: Make,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Return the address of a page that everybody may read, with one account."""
    home = tmp_path_factory.mktemp("home")
    accounts.add(home, "Amina", "nine cups of black tea", ["evaluator"])
    with serve_page(
        make.engine({"one": [("paragraph", "It began.")]}), door=Door(home), languages=["en"]
    ) as at:
        yield at


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=60) as opened:
        yield opened


@pytest.fixture(scope="module")
def config(url: str) -> dict[str, Any]:
    return dict(httpx.get(f"{url}/en/config").json())


@pytest.mark.parametrize("path", FILES)
def test_files(client: httpx.Client, path: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        # As it stands: a client would put `..` right.
        answer = client.request(method, httpx.URL(str(client.base_url).rstrip("/"), raw_path=path.encode()))
        assert answer.status_code in {403, 404, 405}, (method, path)
        assert not SEEN.search(answer.text)


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


def test_sharing_and_loading() -> None:
    """Gradio launches nothing and loads nothing here: its pages are mounted."""
    sources = [path.read_text("utf-8") for room in ("ui", "rag") for path in (ROOT / room).rglob("*.py")]
    for call in (".launch(", "share=", "gr.load(", "networking", "gradio_client"):
        assert not [one for one in sources if call in one], call


def test_the_table_is_of_versions_before_the_one_that_is_pinned() -> None:
    pinned = re.findall(r"^gradio==(\S+)$", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r"Pinned is ([\d.]+)\*\*", TEXT) == pinned
    rows = re.findall(r"^\| ((?:CVE|GHSA)-.*?) \| .*? \| (\S+) \| (.*) \|$", TEXT, re.MULTILINE)
    assert len(rows) > 50
    assert [row for row, mended, _ in rows if mended != "none" and Version(mended) > Version(pinned[0])] == []
    ways = set(re.findall(r"^\| `([a-z ]+)` \|", TEXT, re.MULTILINE))
    tried = {"files", "fetching", "redirects", "parts", "origins", "root", "sharing", "loading", *CLOSED}
    assert ways == {*tried, "development"}
    assert {way for _, _, said in rows for way in re.findall(r"`([a-z ]+)`", said)} == ways
