"""Signing in and out as a browser does it: cookies, limits, other sites, and where one is led."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.access import accounts
from sstc_chat.rag.access.storage import NAME
from sstc_chat.ui.access.attempts import Attempts, place_of
from sstc_chat.ui.access.sign_in import checked_next
from sstc_chat.ui.access.visitors import COOKIE, Door

if TYPE_CHECKING:
    from tests.ui.conftest import Make

PASSWORD = "nine cups of black tea"  # noqa: S105
Serve = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with two accounts."""
    made = tmp_path_factory.mktemp("home")
    accounts.add(made, "Amina Diallo", PASSWORD, ["evaluator"])
    accounts.add(made, "<i>Rita</i>", PASSWORD, ["reader"])
    return made


@pytest.fixture(scope="module")
def url(serve_page: Serve, make: Make, home: Path) -> Iterator[str]:
    """Return the address of a page on which one must sign in even to read."""
    door = Door(home, readers="signed-in")
    with serve_page(make.engine({}), door=door, languages=["en"]) as address:
        yield address


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=60) as opened:
        yield opened


def sign_in(client: httpx.Client, name: str = "Amina Diallo", **more: str) -> httpx.Response:
    return client.post("/en/sign-in", data={"name": name, "password": PASSWORD, **more})


def test_whoever_must_sign_in_is_led_there_and_back(client: httpx.Client) -> None:
    turned = client.get("/en/desk?round=3")
    assert (turned.status_code, turned.headers["location"]) == (303, "./sign-in?next=desk%3Fround%3D3")
    page = client.get("/en/sign-in", params={"next": "desk?round=3"})
    assert page.status_code == 200
    assert 'name="next" value="desk?round=3"' in page.text
    assert page.headers["cache-control"] == "no-store"
    signed = sign_in(client, next="desk?round=3")
    assert (signed.status_code, signed.headers["location"]) == (303, "./desk?round=3")
    desk = client.get("/en/desk?round=3")
    assert desk.status_code == 200
    assert "<bdi>Amina Diallo</bdi>" in desk.text
    assert desk.headers["cache-control"] == "no-store"


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: httpx.Client) -> None:
    (morsel,) = SimpleCookie(sign_in(client).headers["set-cookie"]).values()
    assert (morsel.key, morsel["httponly"], morsel["samesite"], morsel["path"]) == (COOKIE, True, "lax", "/")
    assert morsel["secure"] == ""
    assert int(morsel["max-age"]) == 12 * 3600


@pytest.mark.parametrize(("trusted", "secure"), [("127.0.0.1", True), ("192.0.2.1", False), ("", False)])
def test_behind_a_trusted_proxy_with_tls_the_cookie_goes_by_tls_only(
    serve_page: Serve, make: Make, home: Path, trusted: str, *, secure: bool
) -> None:
    door = Door(home)
    with serve_page(make.engine({}), door=door, languages=[], trusted_proxies=trusted) as url:
        told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
        form = {"name": "Amina Diallo", "password": PASSWORD}
        answer = httpx.post(f"{url}/en/sign-in", data=form, headers=told, timeout=60)
    (morsel,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert bool(morsel["secure"]) == secure


def test_signing_out_ends_the_session_also_for_who_has_the_cookie_still(client: httpx.Client) -> None:
    sign_in(client)
    kept = {"cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
    assert client.get("/en/", headers=kept).status_code == 200
    left = client.post("/en/sign-out")
    assert (left.status_code, left.headers["location"]) == (303, "./")
    assert COOKIE not in client.cookies
    assert client.get("/en/", headers=kept).status_code == 303


def test_signing_in_once_more_ends_the_session_before(client: httpx.Client) -> None:
    sign_in(client)
    before = {"cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
    sign_in(client)
    assert httpx.get(f"{client.base_url}/en/", headers=before).status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("Amina Diallo", "ill-chosen"), ("Nobody", PASSWORD), ("", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    client: httpx.Client, name: str, password: str
) -> None:
    answer = client.post("/en/sign-in", data={"name": name, "password": password})
    assert answer.status_code == 401
    assert "This name and this password do not belong together." in answer.text
    assert password not in answer.text or not password
    assert "set-cookie" not in answer.headers


def test_a_name_is_shown_as_it_was_typed_and_runs_nothing(client: httpx.Client) -> None:
    assert "<i>" not in client.post("/en/sign-in", data={"name": "<i>x"}).text
    sign_in(client, "<i>Rita</i>")
    page = client.get("/en/sign-in?next=desk").text
    assert "&lt;i&gt;Rita&lt;/i&gt;, who may not open this page" in page
    assert "<i>Rita" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://hostile.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/en/sign-in", "/en/sign-out", "/en/gradio_api/run/predict"])
def test_no_other_site_may_ask_for_a_change(client: httpx.Client, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, headers=headers).status_code == 403


def test_our_own_page_may(client: httpx.Client) -> None:
    host = str(client.base_url).rstrip("/")
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": host}, {}):
        assert client.post("/en/sign-out", headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"x" * 9000, 413), (b"&".join(b"a=1" for _ in range(50)), 400), (b"\xff=%ff", 401), (b"", 401)],
)
def test_what_is_no_form_of_ours_is_no_error_of_the_server(
    client: httpx.Client, content: bytes, status: int
) -> None:
    assert client.post("/en/sign-in", content=content).status_code == status


@pytest.mark.parametrize(
    "text",
    ["//hostile.example", "https://hostile.example", "/\\x", "../", "desk/..", "desk?a=\r\nb", "x" * 3000],
)
def test_one_is_led_to_no_other_site(text: str) -> None:
    assert checked_next(text) == ""


@pytest.mark.parametrize("text", ["", "desk", "documents", "?document=a&at=1-2", "desk?round=3"])
def test_one_is_led_to_where_one_was(text: str) -> None:
    assert checked_next(text) == text


def test_the_first_account_closes_the_desk_and_the_last_opens_it(
    serve_page: Serve, make: Make, tmp_path: Path
) -> None:
    """At once, while the page is served."""
    door = Door(tmp_path)
    with (
        serve_page(make.engine({}), door=door, languages=["en"]) as url,
        httpx.Client(base_url=url) as client,
    ):
        assert client.get("/en/desk").status_code == 200
        assert "sign-in" not in client.get("/en/").text
        accounts.add(tmp_path, "Amina", PASSWORD, ["evaluator"])
        assert client.get("/en/desk").status_code == 303
        assert './sign-in?next="' in client.get("/en/").text
        (tmp_path / NAME).write_bytes(b"damaged" * 1000)
        assert client.get("/en/desk").status_code == 503
        assert client.get("/en/").status_code == 503


def test_a_door_that_nobody_can_open_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="accounts add"):
        Door(tmp_path, readers="signed-in").check()
    accounts.add(tmp_path, "Amina", PASSWORD, [])
    Door(tmp_path, readers="signed-in").check()


class TestAttempts:
    def test_ten_from_one_address_at_one_account(self) -> None:
        attempts = Attempts()
        assert [attempts.may_try("Amina", "192.0.2.1") for _ in range(11)] == [True] * 10 + [False]
        assert not attempts.may_try(" AMINA ", "192.0.2.1")
        assert attempts.may_try("Amina", "192.0.2.2")
        assert attempts.may_try("Boris", "192.0.2.1")

    def test_a_hundred_from_one_address(self) -> None:
        attempts = Attempts()
        tried = [attempts.may_try(f"name {number}", "2001:db8::1") for number in range(101)]
        assert tried == [True] * 100 + [False]
        assert not attempts.may_try("other", "2001:db8::2")
        assert attempts.may_try("other", "2001:db8:0:1::2")

    def test_a_hundred_at_one_account(self) -> None:
        attempts = Attempts()
        tried = [attempts.may_try("Amina", f"192.0.2.{number}") for number in range(101)]
        assert tried == [True] * 100 + [False]
        assert attempts.may_try("Boris", "192.0.2.200")

    @pytest.mark.parametrize(
        ("address", "place"),
        [("192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::/64"), ("", ""), ("unix", "unix")],
    )
    def test_what_counts_as_one_address(self, address: str, place: str) -> None:
        assert place_of(address) == place
