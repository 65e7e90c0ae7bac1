"""Where the page is served, and what is said when it cannot be."""

from __future__ import annotations

import socket
import threading
import urllib.request
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.ui.access.visitors import Door
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.server import address, is_private, listen, make_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Make


def test_a_port_in_use_is_named_with_the_remedy() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port}.*--port"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("not a host", 0), ("127.0.0.1", 70_000)])
def test_a_place_that_cannot_be_had_is_named(host: str, port: int) -> None:
    with pytest.raises(SettingsError, match=f"{host} port {port}"):
        listen(host, port)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:"),
        ("0.0.0.0", "http://localhost:"),  # noqa: S104
        ("::1", "http://[::1]:"),
    ],
)
def test_the_address_is_one_to_open(host: str, expected: str) -> None:
    try:
        listener = listen(host, 0)
    except SettingsError:
        pytest.skip(f"This machine has no {host}.")
    with listener:
        assert address(listener) == f"{expected}{listener.getsockname()[1]}"


def test_it_serves_and_stops(make: Make, tmp_path: Path) -> None:
    """The page is there at once, and the port is free again afterwards."""
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    server = make_server(Hosted(make.engine({"one": [("paragraph", "It began.")]}), tmp_path))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as response:
        page = response.read().decode()
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert "Server" not in response.headers
    assert "It began." in page
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_an_open_page_does_not_hold_up_a_stop(
    make: Make, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A page keeps a connection for as long as it is open; ending it is no error."""
    listener = listen("127.0.0.1", 0)
    server = make_server(Hosted(make.engine({}), tmp_path))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    host, port = listener.getsockname()
    page = HTTPConnection(host, port, timeout=30)
    page.request("GET", "/fr/gradio_api/heartbeat/x")
    assert page.getresponse().readline() == b"data: ALIVE\n"
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()
    assert "ERROR" not in capfd.readouterr().err


@pytest.mark.parametrize(("private", "status"), [(True, 200), (False, 404)])
def test_the_desk_is_there_or_is_not(make: Make, tmp_path: Path, *, private: bool, status: int) -> None:
    with listen("127.0.0.1", 0) as listener:
        server = make_server(Hosted(make.engine({}), tmp_path, Door(tmp_path, private=private)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        host, port = listener.getsockname()
        page = HTTPConnection(host, port, timeout=30)
        page.request("GET", "/en/desk")
        assert page.getresponse().status == status
        front = HTTPConnection(host, port, timeout=30)
        front.request("GET", "/en/")
        assert ("Evaluator&#x27;s desk</a>" in front.getresponse().read().decode()) == private
        server.should_exit = True
        thread.join(10)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_what_is_sent_in_two_pieces_does_not_wait_in_between(host: str) -> None:
    with listen(host, 0) as listener, socket.create_connection(listener.getsockname()[:2]):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(("host", "private"), [("127.0.0.1", True), ("0.0.0.0", False)])  # noqa: S104
def test_an_address_is_private_where_nobody_else_can_come(host: str, *, private: bool) -> None:
    with listen(host, 0) as listener:
        assert is_private(listener) == private
