"""What evaluators do: begin rounds, judge citations one by one, hand in, look at feedback."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
from soaking.ledger import Json, attribute
from soaking.person import Person

SET = (Path(__file__).parents[2] / "docs" / "example-questions.jsonl").read_text("utf-8")
WORDS = json.loads((Path(__file__).parents[2] / "ui" / "languages" / "en.json").read_text("utf-8"))["errors"]
# What a rater may be told at any time: that others were quicker, or that a round is not there to be judged.
ALLOWED = {WORDS[key] for key in ("review", "handed_in", "complete", "changed")}
# A name that nobody has: who is signed in judges under no other.
STRANGER = "Mallory"
MOST_ROUNDS = 100
VERDICTS = ("supported", "partly", "not")


def open_desk(person: Person) -> None:
    """Open the desk, and look at the figures and the feedback."""
    page = person.ask("GET", "/en/desk")
    if person.wants(page, "the desk") and page is not None and f"<bdi>{person.name}</bdi>" not in page.text:
        person.ledger.find(f"{person.name} is not who the desk says")
    for step in ("feedback", "compare"):
        _told(person, step, {"action": "show", "round": "1"})
    for number in [*person.ledger.rounds][:1]:
        _told(person, "figures", {"action": "show", "round": str(number)}, "desk-figures-part")
        _told(person, "agreement", {"action": "show", "round": str(number)})


def begin_round(person: Person) -> None:
    """Begin a round of a few questions, over Gradio's queue as the page does, and see it to its end."""
    if len(person.ledger.rounds) >= MOST_ROUNDS:
        return
    told = {"action": "begin", "set": "", "name": "soak.jsonl", "content": SET, "limit": "4", "raters": "2"}
    number, begun = person.event("desk-start-part", "select"), time.monotonic()
    if number is None:
        return
    session = uuid.uuid4().hex
    body = {"data": [], "event_data": told, "fn_index": number, "session_hash": session}
    if not person.wants(person.ask("POST", "/en/gradio_api/queue/join", json=body), "the queue"):
        return
    try:
        for said in _events(person, session):
            data = said.get("output", {}).get("data") or [""]
            part = data[0] if isinstance(data[0], str) else ""
            if not _is_well(person, part, begun):
                return
            if round_number := attribute(part, "round"):
                person.ledger.rounds.add(int(round_number))
            if said["msg"] == "process_completed":
                person.ledger.count("rounds seen to their end", person.kind)
                return
    except httpx.HTTPError as error:
        if not person.ledger.was("down", begun):
            person.ledger.find(f"a round that was watched: {error!r}")


def _events(person: Person, session: str) -> Iterator[Json]:
    path = f"/en/gradio_api/queue/data?session_hash={session}"
    with person.client.stream("GET", path) as answer:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line[6:])


def judge(person: Person) -> None:
    """Judge the next citation of a round; hand in where none is left."""
    done = person.remembered("done")
    rounds = [number for number in [*person.ledger.rounds] if number not in done]
    if not rounds:
        begin_round(person)
        return
    number = person.draw.choice(rounds)
    where = {"round": str(number), "rater": STRANGER}
    shown = _told(person, "judge", {"action": "show", **where})
    if not attribute(shown, "item"):
        done.append(number)  # it is handed in, or the library changed before all of it was asked
    if 'data-action="hand_in"' in shown:
        if _told(person, "judge", {"action": "hand_in", **where}):
            person.ledger.handed_in.add((number, person.name))
    elif item := attribute(shown, "item"):
        note, verdict = f"soak {uuid.uuid4().hex}", person.draw.choice(VERDICTS)
        said = {"action": "judge", "judged": item, "verdict": verdict, "note": note, **where}
        if _told(person, "judge", said):
            person.ledger.verdicts[note] = (number, person.name, verdict)
            person.ledger.count("verdicts", person.kind)
        else:
            person.ledger.unsure.add(note)


def read_opinions(person: Person) -> None:
    """Read by program what readers thought: all that stands, and nothing that was taken back."""
    ledger = person.ledger
    standing, gone = set(ledger.feedback), set(ledger.taken_back)
    answer = person.ask("GET", "/api/v1/opinions")
    if person.wants(answer, "feedback") and answer is not None:
        seen = {one["comment"] for one in answer.json()}
        if gone & seen:
            ledger.find("feedback that was taken back is there still")
        if standing - seen - ledger.taken_back - ledger.unsure:
            ledger.find("feedback that was kept is not shown")


def _told(person: Person, step: str, told: dict[str, str], part: str = "") -> str:
    """Press something in a step of the desk; return the step as it is then, empty where it was not done."""
    begun = time.monotonic()
    answer = person.press(part or f"desk-{step}-part", "select", told)
    shown = person.part(answer)
    return shown if _is_well(person, shown, begun) else ""


def _is_well(person: Person, shown: str, begun: float) -> bool:
    """Whether a step says of nothing that it went wrong; what may not go wrong is a finding."""
    wrong = re.search(r'<p class="notice" role="alert"><span>(.*?)</span>', shown)
    if not wrong:
        return True
    person.ledger.count("told at the desk", person.kind)
    full = wrong[1] in {WORDS["full"], WORDS["home"]} and person.ledger.was("full", begun - 1)
    if wrong[1] not in ALLOWED and not full and not person.ledger.was("down", begun):
        person.ledger.find(f"{person.kind} at the desk: {shown[:500]}")
    return False
