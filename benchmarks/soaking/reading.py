"""What readers do, on the page and by the interface for programs: ask, search, read, say what they think."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from pathlib import Path

import httpx
from soaking.ledger import Json, attribute
from soaking.person import OK, Person

QUESTIONS: tuple[str, ...] = tuple(
    json.loads(line)["question"]
    for line in (Path(__file__).parents[1] / "questions" / "report.jsonl").read_text("utf-8").splitlines()
)
# Standing feedback of a person: more is taken back first.
MOST_SENT = 3
MOST_KEPT = 5


def question(person: Person) -> str:
    """Return a question on the report, or on what an administrator has added or may have taken out."""
    added = [identity for identity, text in [*person.ledger.documents.items()] if text]
    if added and person.draw.random() < 0.2:  # noqa: PLR2004 - a fifth
        return f"How much did the fund {person.draw.choice(added)} pay to fishers?"
    return person.draw.choice(QUESTIONS)


def ask_on_page(person: Person) -> None:
    """Ask, and have the language model's sentences brought one by one, as the page does."""
    name, asked = uuid.uuid4().hex, question(person)
    told = {"name": name, "question": asked, "history": person.remembered("asked")[-2:]}
    turn = person.turn(told)
    while turn and (key := attribute(turn, "writing")):
        more = person.part(person.press("conversation", "write", {"name": name, "key": key}))
        if not more or not attribute(more, "record"):
            break  # it was let go of, in a restart
        turn = more
    if turn and attribute(turn, "name") != name:
        person.ledger.find(f"{person.kind} got another's turn: {turn[:300]}")
    _keep(person, turn, "on the page")
    person.remembered("asked").append(asked)


def _keep(person: Person, turn: str, where: str) -> None:
    record = attribute(turn, "record")
    if record:
        kept = json.loads(record)
        person.ledger.see(kept, where)
        person.memory["kept"] = [*person.remembered("kept"), {"question": "", "record": kept}][-MOST_KEPT:]
    elif turn and attribute(turn, "state"):
        person.ledger.count("told to wait", person.kind)


def open_page(person: Person) -> None:
    """Open the page, and have the answers brought that the browser has kept."""
    page = person.ask("GET", f"/{person.language}/")
    person.wants(page, "the page")
    if (
        page is not None
        and person.role != "nobody"
        and not person.token
        and f"<bdi>{person.name}</bdi>" not in page.text
    ):
        person.ledger.find(f"{person.name} is not who the page says")
    told = {"name": "opened", "turns": person.remembered("kept")}
    person.part(person.press("conversation", "open", told))


def ask_by_program(person: Person) -> None:
    """Ask by the interface for programs."""
    answer = person.ask("POST", "/api/v1/ask", json={"question": question(person)})
    if person.wants(answer, "a question") and answer is not None:
        kept = answer.json()["record"]
        person.ledger.see(kept, "by program")
        person.memory["kept"] = [*person.remembered("kept"), {"question": "", "record": kept}][-MOST_KEPT:]


def ask_by_stream(person: Person) -> None:
    """Ask, and read the answer as it is written: the quotes at first, all of it at last."""
    answer = person.ask("POST", "/api/v1/ask/stream", json={"question": question(person)})
    if not person.wants(answer, "a stream") or answer is None:
        return
    events = [block.partition("\n")[::2] for block in answer.text.split("\n\n") if block]
    names = [name.removeprefix("event: ") for name, _ in events]
    if names[0] != "quotes" or names[-1] != "done" or set(names[1:-1]) - {"sentence"}:
        person.ledger.find(f"a stream of {names}")
        return
    for _, data in (events[0], events[-1]):
        person.ledger.see(json.loads(data.removeprefix("data: "))["record"], "by stream")


def search(person: Person) -> None:
    """Search, and list the documents."""
    found = person.ask("POST", "/api/v1/search", json={"question": question(person), "top": 3})
    person.wants(found, "a search")
    person.wants(person.ask("GET", "/api/v1/documents"), "the documents")


def export(person: Person) -> None:
    """Take a conversation along."""
    records = [one["record"] for one in person.remembered("kept")]
    if records:
        told = {"name": "e", "suffix": person.draw.choice([".md", ".docx", ".json"]), "records": records}
        part = person.part(person.press("sharing", "export", told))
        if part and "data-failed" in part:
            person.ledger.find(f"{person.kind} could not export: {part[:300]}")


def send_feedback(person: Person) -> None:
    """Say what one thinks of an answer, on the page or by program; what stands too long is taken back."""
    kept: Sequence[Json] = person.remembered("kept")
    if len(person.remembered("sent")) >= MOST_SENT:
        _take_back(person)
    elif kept:
        record, comment = kept[-1]["record"], f"soak {uuid.uuid4().hex}"
        token = _sent(person, {"good": False, "reason": None, "comment": comment, "record": record})
        if token:
            person.ledger.feedback[comment] = token
            person.remembered("sent").append(comment)
        else:
            person.ledger.unsure.add(comment)


def _sent(person: Person, opinion: Json) -> str:
    if person.token or person.draw.random() < 0.5:  # noqa: PLR2004 - a coin
        answer = person.ask("POST", "/api/v1/feedback", json=opinion)
        return str(answer.json()["token"]) if person.wants(answer, "feedback") and answer else ""
    answer = person.press("sharing", "send", {"name": "f", **opinion})
    part = person.part(answer)
    return attribute(part, "token")


def _take_back(person: Person) -> None:
    comment = person.remembered("sent").pop(0)
    answer = person.ask("DELETE", f"/api/v1/feedback/{person.ledger.feedback[comment]}")
    if answer is None:
        person.ledger.unsure.add(comment)
    elif person.wants(answer, "taking feedback back", httpx.codes.NO_CONTENT):
        person.ledger.taken_back.add(comment)
        del person.ledger.feedback[comment]


def check_records(person: Person) -> None:
    """Have answers that were kept checked against the reports as they stand."""
    records = [one["record"] for one in person.remembered("kept")]
    if records:
        answer = person.ask("POST", "/api/v1/records/check", json={"records": records})
        if person.wants(answer, "a check", OK) and answer is not None and not answer.json()["answers"]:
            person.ledger.find(f"a check of {len(records)} records: {answer.text[:300]}")
