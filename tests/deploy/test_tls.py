"""The service as docs/OPERATIONS.md sets it up: behind its proxy with TLS, signed in."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from sstc_chat.rag.engine import Engine

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).parent / "sstc-chat"
NAME, PASSWORD = "Amina Diallo", "correct horse battery staple"
# For one machine and one test: no port of the system's, nothing put into its store of certificates.
OPTIONS = "{{\n admin off\n skip_install_trust\n http_port {port}\n auto_https disable_redirects\n}}\n"


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        found = [stack.enter_context(closing(socket.create_server(("127.0.0.1", 0)))) for _ in range(count)]
        return [one.getsockname()[1] for one in found]


def documented(command: str, home: Path) -> list[str]:
    """Return a command of docs/OPERATIONS.md as it is run here, in a home of the test."""
    block = (ROOT / "docs" / "OPERATIONS.md").read_text("utf-8").split("```sh\n")[1].split("```")[0]
    (line,) = (line for line in block.splitlines() if f" {command}" in line)
    words = re.sub(r".*?/opt/sstc-chat/.venv/bin/sstc-chat ", "", line)
    return [
        str(PROGRAM),
        *(
            one.strip('"')
            for one in re.findall(r'"[^"]*"|\S+', words.replace("/var/lib/sstc-chat", str(home)))
        ),
    ]


@dataclass
class Service:
    """What serves behind the proxy, and what opens its pages by TLS."""

    command: list[str]
    client: httpx.Client
    serving: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        self.serving = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)

    def end(self) -> None:
        assert self.serving
        self.serving.terminate()
        self.serving.wait(60)


@pytest.fixture(scope="module")
def running(engine: Engine, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Set the service up with an administrator."""
    assert engine.store.chunks
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("Caddy is not installed.")
    folder = tmp_path_factory.mktemp("service")
    own = folder / "home"
    shutil.copytree(home, own)
    subprocess.run(documented("accounts add", own), input=f"{PASSWORD}\n", text=True, check=True)
    secure, plain, upstream = free_ports(3)
    file, store = folder / "Caddyfile", folder / "store"
    file.write_text(OPTIONS.format(port=plain) + (ROOT / "deploy" / "Caddyfile").read_text("utf-8"))
    variables = {"DOMAIN": f"https://localhost:{secure}", "UPSTREAM": f"127.0.0.1:{upstream}"}
    variables |= {"XDG_DATA_HOME": str(store), "XDG_CONFIG_HOME": str(store)}
    proxy = [caddy, "run", "--adapter", "caddyfile", "--config", str(file)]
    server = [str(PROGRAM), "--home", str(own), "serve", "--port", str(upstream)]
    with subprocess.Popen(proxy, env={**os.environ, **variables}, stderr=subprocess.DEVNULL) as proxying:
        try:
            trusted = ssl.create_default_context(cafile=str(root_of(store)))
            with httpx.Client(base_url=f"https://localhost:{secure}", verify=trusted, timeout=60) as client:
                running = Service(server, client)
                running.begin()
                try:
                    until_ready(client)
                    yield running
                finally:
                    running.end()
        finally:
            proxying.terminate()


@pytest.fixture
def service(running: Service) -> httpx.Client:
    return running.client


def root_of(store: Path) -> Path:
    """Return the certificate that Caddy signs its own with, once it is there."""
    path, deadline = store / "caddy" / "pki" / "authorities" / "local" / "root.crt", time.monotonic() + 30
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return path


def until_ready(client: httpx.Client) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if client.get("/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail("It is not ready.")


def test_one_signs_in_by_tls_and_the_cookie_goes_no_other_way(service: httpx.Client) -> None:
    page = service.get("/en/")
    assert page.status_code == 200
    assert page.headers["strict-transport-security"] == "max-age=31536000"
    sent = {"name": NAME, "password": PASSWORD, "next": ""}
    origin = {"Origin": str(service.base_url).rstrip("/")}
    wrong = service.post(
        "/en/sign-in", data={**sent, "password": "wrong horse battery staple"}, headers=origin
    )
    assert wrong.status_code == 401
    entered = service.post("/en/sign-in", data=sent, headers=origin)
    assert entered.status_code == 303
    said = entered.headers["set-cookie"].lower()
    assert "secure" in said
    assert "httponly" in said
    assert NAME in service.get("/en/").text
    assert service.get("/en/desk").status_code != 200  # an administrator of documents is no evaluator


def test_another_site_cannot_sign_anybody_in(service: httpx.Client) -> None:
    sent = {"name": NAME, "password": PASSWORD, "next": ""}
    answer = service.post("/en/sign-in", data=sent, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_while_the_service_is_restarted_readers_wait(running: Service) -> None:
    with ThreadPoolExecutor(1) as pool:
        running.end()
        asked = pool.submit(running.client.get, "/en/")
        running.begin()
        assert asked.result().status_code == 200
