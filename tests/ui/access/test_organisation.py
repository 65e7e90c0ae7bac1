"""Signing in through a real, small provider of OpenID Connect, which is started here."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from playwright.sync_api import BrowserContext
from werkzeug.serving import make_server as make_wsgi_server

from sstc_chat.rag.access import accounts, sessions
from sstc_chat.rag.access.provider import Provider
from sstc_chat.ui.access.organisation import COOKIE as GOING
from sstc_chat.ui.access.organisation import Organisation
from sstc_chat.ui.access.signing import SignIn
from sstc_chat.ui.access.visitors import COOKIE, Door

if TYPE_CHECKING:
    from tests.ui.conftest import Make

SECRET = "the secret of a client"  # noqa: S105
PASSWORD = "nine cups of black tea"  # noqa: S105
Serve = Callable[..., AbstractContextManager[str]]


@dataclass
class Running:
    """A provider, and what was sent to the address where codes become tokens."""

    address: str = ""
    sent: list[dict[str, list[str]]] = field(default_factory=list)
    # Changes what the provider answers there, and what it says of itself.
    forge: Callable[[dict[str, Any]], dict[str, Any]] = lambda answer: answer
    claim: Callable[[dict[str, Any]], dict[str, Any]] = lambda metadata: metadata
    answered: list[dict[str, Any]] = field(default_factory=list)

    def wrap(self, application: Any) -> Any:  # noqa: ANN401
        """Return the provider as a WSGI application that is listened to."""

        def wrapped(environment: dict[str, Any], start: Any) -> Any:  # noqa: ANN401
            if environment["PATH_INFO"] == "/oauth2/token":
                body = environment["wsgi.input"].read(int(environment["CONTENT_LENGTH"]))
                self.sent.append(parse_qs(body.decode()))
                environment["wsgi.input"] = io.BytesIO(body)
                change = self.forge
            elif environment["PATH_INFO"] == "/.well-known/openid-configuration":
                change = self.claim
            else:
                return application(environment, start)
            told: list[Any] = []
            answer = b"".join(application(environment, lambda *given: told.extend(given)))
            self.answered.append(change(json.loads(answer)))
            answer = json.dumps(self.answered[-1]).encode()
            headers = [pair for pair in told[1] if pair[0].lower() != "content-length"]
            start(told[0], [*headers, ("Content-Length", str(len(answer)))])
            return [answer]

        return wrapped


@pytest.fixture
def provider() -> Iterator[Running]:
    running = Running()
    server = make_wsgi_server("127.0.0.1", 0, running.wrap(oidc_provider_mock.app()), threaded=True)
    running.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield running
    server.shutdown()
    thread.join(10)


@pytest.fixture
def door(provider: Running, tmp_path: Path) -> Door:
    roles = {"sstc-evaluators": "evaluator", "sstc-administrators": "administrator"}
    known = Provider(provider.address, "sstc-chat", SECRET, "groups", roles)  # type: ignore[arg-type]
    return Door(tmp_path, readers="signed-in", provider=known)


@pytest.fixture
def client(serve_page: Serve, make: Make, door: Door) -> Iterator[httpx.Client]:
    """Return a browser at a page without accounts, where one signs in through the organisation."""
    with (
        serve_page(make.engine({}), door=door, languages=["en"]) as url,
        httpx.Client(base_url=url, timeout=60) as opened,
    ):
        yield opened


def person(provider: Running, subject: str, **claims: object) -> None:
    httpx.put(f"{provider.address}/users/{subject}", json=claims).raise_for_status()


def there(client: httpx.Client, subject: str, back: str = "") -> str:
    """Go to the provider and show who one is; return the address that it leads back to."""
    led = client.get("/en/sign-in/organisation", params={"next": back})
    assert led.status_code == 302
    return httpx.post(led.headers["location"], data={"sub": subject}).headers["location"]


def test_one_is_led_there_and_back_with_the_roles_of_ones_groups(
    client: httpx.Client, provider: Running, door: Door
) -> None:
    person(provider, "u-17", preferred_username="Amina Diallo", groups=["staff", "sstc-evaluators"])
    assert client.get("/en/desk").headers["location"] == "./sign-in?next=desk"
    page = client.get("/en/sign-in?next=desk").text
    assert 'href="./sign-in/organisation?next=desk"' in page
    answer = client.get(there(client, "u-17", "desk"))
    assert (answer.status_code, answer.headers["location"]) == (303, "../en/desk")
    assert "<bdi>Amina Diallo</bdi>" in client.get("/en/desk").text
    (account,) = accounts.everybody(door.home)
    assert (account.name, account.issuer) == ("Amina Diallo", provider.address)
    assert account.roles == {"reader", "evaluator"}
    assert accounts.with_password(door.home, "Amina Diallo", PASSWORD) is None


def test_whoever_has_a_code_has_no_proof(client: httpx.Client, provider: Running) -> None:
    """PKCE (RFC 7636): what is sent for a code hashes to what was sent when it was asked for."""
    person(provider, "u-17", preferred_username="Amina")
    led = client.get("/en/sign-in/organisation").headers["location"]
    asked = parse_qs(urlsplit(led).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) >= 20
    assert len(asked["nonce"][0]) >= 20
    client.get(httpx.post(led, data={"sub": "u-17"}).headers["location"])
    (sent,) = provider.sent
    hashed = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
    assert base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() == asked["code_challenge"][0]


def test_roles_are_those_of_today_and_other_sessions_end(
    client: httpx.Client, provider: Running, door: Door
) -> None:
    person(provider, "u-17", preferred_username="Amina", groups="sstc-evaluators")
    client.get(there(client, "u-17"))
    before = client.cookies[COOKIE]
    person(provider, "u-17", preferred_username="Amina D.", groups=[])
    client.get(there(client, "u-17"))
    assert client.get("/en/").status_code == 200
    assert client.get("/en/desk").status_code == 303
    assert sessions.person_of(door.home, before) is None
    assert [one.name for one in accounts.everybody(door.home)] == ["Amina"]


def test_nobody_gets_the_name_of_somebody_else(client: httpx.Client, provider: Running, door: Door) -> None:
    accounts.add(door.home, "Amina", PASSWORD, ["administrator"])
    person(provider, "u-17", preferred_username="AMINA", groups=[])
    client.get(there(client, "u-17"))
    assert "<bdi>AMINA 2</bdi>" in client.get("/en/").text
    assert client.get("/en/desk").status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: {**answer, "id_token": answer["id_token"][:-6] + "AAAAAA"},
        lambda answer: {**answer, "id_token": unsigned(answer["id_token"])},
        lambda answer: {key: value for key, value in answer.items() if key != "id_token"},
        lambda _: {"error": "invalid_grant", "error_description": "x\ny"},
        lambda _: {},
    ],
    ids=["signature", "unsigned", "no token", "error", "nothing"],
)
def test_what_proves_nothing_lets_nobody_in(
    client: httpx.Client, provider: Running, door: Door, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    person(provider, "u-17", preferred_username="Amina", groups=["sstc-evaluators"])
    provider.forge = change
    answer = client.get(there(client, "u-17", "desk"))
    refused(answer, client, door)


def unsigned(token: str) -> str:
    """Return a token that says of itself that it has no signature (RFC 8725, section 2.1)."""
    head = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    return f"{head}.{token.split('.')[1]}."


def refused(answer: httpx.Response, client: httpx.Client, door: Door) -> None:
    assert answer.status_code == 401
    assert "Signing in through your organisation did not work." in answer.text
    assert SECRET not in answer.text
    assert COOKIE not in client.cookies
    assert accounts.everybody(door.home) == []


def test_what_was_begun_in_another_browser_is_not_ended_here(
    client: httpx.Client, provider: Running, door: Door
) -> None:
    """Or somebody could sign others in under a name of their choice."""
    person(provider, "u-17", preferred_username="Amina")
    back = there(client, "u-17")
    kept = client.cookies[GOING]
    client.cookies.clear()
    refused(client.get(back), client, door)
    client.get("/en/sign-in/organisation")
    refused(client.get(back), client, door)
    client.cookies.clear()
    assert client.get(back, headers={"cookie": f"{GOING}={kept}"}).status_code == 303
    client.cookies.clear()
    assert client.get(back, headers={"cookie": f"{GOING}={kept}"}).status_code == 401


def test_a_token_of_another_issuer_is_none_of_ours(door: Door, provider: Running) -> None:
    assert door.provider is not None
    organisation = Organisation(door.provider, SignIn(door, ()))
    claims = {"iss": provider.address, "sub": "u-17", "name": "Amina"}
    with pytest.raises(ValueError, match="elsewhere"):
        organisation._person({**claims, "iss": "https://elsewhere.example"})
    assert organisation._person(dict(claims)).name == "Amina"


def test_a_provider_that_is_down_is_told(serve_page: Serve, make: Make, door: Door) -> None:
    assert door.provider is not None
    down = replace(door, provider=replace(door.provider, issuer="http://127.0.0.1:9"))
    with serve_page(make.engine({}), door=down, languages=["en"]) as url:
        answer = httpx.get(f"{url}/en/sign-in/organisation", timeout=60)
    assert answer.status_code == 401
    assert "did not work" in answer.text


def leave(client: httpx.Client) -> httpx.Response:
    return client.post("/en/sign-out", headers={"Origin": str(client.base_url).rstrip("/")})


def test_who_signs_out_does_so_at_the_organisation_too(
    client: httpx.Client, provider: Running, door: Door
) -> None:
    """OpenID Connect RP-Initiated Logout 1.0, section 2."""
    person(provider, "u-17", preferred_username="Amina")
    client.get(there(client, "u-17"))
    session = client.cookies[COOKIE]
    answer = leave(client)
    assert sessions.person_of(door.home, session) is None
    assert COOKIE not in client.cookies
    address = answer.headers["refresh"].removeprefix("0; url=")
    asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{provider.address}/oauth2/end_session?")
    assert asked == {
        "client_id": "sstc-chat",
        "post_logout_redirect_uri": f"{str(client.base_url).rstrip('/')}/",
        "id_token_hint": provider.answered[-1]["id_token"],
    }
    assert html.escape(address) in answer.text
    assert leave(client).status_code == 303


@pytest.mark.parametrize("address", [None, "", "http://elsewhere.example/end", "javascript:alert(1)"])
def test_where_there_is_no_such_address_one_signs_out_here(
    client: httpx.Client, provider: Running, address: str | None
) -> None:
    provider.claim = lambda told: {**told, "end_session_endpoint": address}
    person(provider, "u-17", preferred_username="Amina")
    client.get(there(client, "u-17"))
    answer = leave(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "./")


def test_who_has_a_password_here_is_not_led_elsewhere(client: httpx.Client, door: Door) -> None:
    accounts.add(door.home, "Boris", PASSWORD, [])
    client.cookies.set(COOKIE, sessions.begin(door.home, "Boris", 1))
    assert leave(client).headers["location"] == "./"


def test_a_browser_goes_there_and_comes_back(
    serve_page: Serve, make: Make, door: Door, provider: Running, context: BrowserContext
) -> None:
    """Under the policy of the page, by which no form leads to another site."""
    person(provider, "u-17", preferred_username="Amina")
    with serve_page(make.engine({}), door=door, languages=["en"]) as url:
        page = context.new_page()
        page.goto(f"{url}/en/sign-in")
        page.locator("a.organisation").click()
        page.locator("input[name=sub]").fill("u-17")
        page.locator("button[type=submit]").first.click()
        page.locator(".account bdi").wait_for()
        page.locator(".account button").click()
        page.get_by_role("button", name="End session").click()
        page.wait_for_url(f"{url}/en/sign-in?next=")
        assert page.locator(".account bdi").count() == 0
