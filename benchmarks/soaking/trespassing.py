"""What everybody tries now and then: addresses and events that are not for them, by docs/ACCESS.md."""

from __future__ import annotations

import uuid

import httpx
from soaking.ledger import Json
from soaking.person import FORBIDDEN, SEE_OTHER, UNAUTHORIZED, UNAVAILABLE, Person

# Addresses that end what this person has begun, or lead out of the house.
LEFT_OUT = ("sign-out", "organisation", "heartbeat", "queue", "stream")
VIEWS = {"conversation": "events of the chat", "documents": "events of the documents"}


def try_an_address(person: Person) -> None:
    """Ask for any address of the table: it is there for those only who may come there."""
    rows = [one for one in person.table if one.startswith("/") and not any(part in one for part in LEFT_OUT)]
    row = person.draw.choice(rows)
    # A program is known at the addresses for programs, and elsewhere it is nobody.
    allowed = _as_nobody(person)[row] if person.token and "/api/" not in row else person.table[row]
    answer = person.ask("GET", row.replace("…", "x").replace("/en", f"/{person.language}"))
    if answer is None:
        return
    led_away = answer.status_code == SEE_OTHER and "sign-in?" in answer.headers["location"]
    let_in = answer.status_code not in {UNAUTHORIZED, FORBIDDEN} and not led_away
    person.ledger.count("let in" if let_in else "turned away", person.kind)
    if let_in != allowed:
        person.ledger.find(
            f"{person.kind} was {'' if let_in else 'not '}let in to {row}: {answer.status_code}"
        )


def _as_nobody(person: Person) -> dict[str, bool]:
    return Person("", "nobody", person.origin, person.base, person.ledger).table


def try_the_desk(person: Person) -> None:
    """Press something on the desk: it is done for evaluators only."""
    told: Json = {"action": "show", "round": "1", "rater": "x", "session": uuid.uuid4().hex}
    number = person.event("desk-feedback-part", "select")
    if number is None:
        return
    body = {"data": [], "event_data": told, "fn_index": number, "session_hash": "t"}
    try:
        answer = person.client.post(f"/{person.language}/gradio_api/run/predict", json=body)
    except httpx.HTTPError:
        return
    if answer.status_code == UNAVAILABLE:
        return  # nobody can be told apart just now
    let_in = answer.status_code == httpx.codes.OK
    person.ledger.count("let in" if let_in else "turned away", person.kind)
    if let_in != (person.table["events of the desk"] and not person.token):
        person.ledger.find(f"{person.kind} pressed on the desk: {answer.status_code} {answer.text[:300]}")


def leave(person: Person) -> None:
    """Sign out; whoever has the cookie still is nobody then. The next thing that one does is to sign in."""
    if person.role == "nobody":
        return
    kept = {"cookie": "; ".join(f"{name}={value}" for name, value in person.client.cookies.items())}
    answer = person.ask("POST", f"/{person.language}/sign-out")
    if not person.wants(answer, "signing out", SEE_OTHER):
        return
    person.client.cookies.clear()
    person.signed_in = False
    person.ledger.count("signed out", person.kind)
    desk = person.ask("GET", "/en/desk", headers=kept)
    person.wants(desk, "the desk with a session that is over", SEE_OTHER)


def try_a_wrong_token(person: Person) -> None:
    """Ask with a token that nobody has."""
    wrong = {"Authorization": f"Bearer sstc_{uuid.uuid4().hex}"}
    answer = person.ask("GET", "/api/v1/documents", headers=wrong)
    person.wants(answer, "a wrong token", UNAUTHORIZED)
