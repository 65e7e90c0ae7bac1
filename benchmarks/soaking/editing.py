"""What administrators do: documents in, replaced, out, and back again."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from urllib.parse import quote

from soaking.ledger import Json
from soaking.person import Person

HEADERS = {"X-SSTC-Chat": "1"}
# How a program is told that a file will not do, a document is not there, or something came between.
NOT_DONE = (400, 404, 409)
# Documents of one person; more is taken out first, so that the library grows no further.
MOST_OWN = 3
TEXT = """# The fund {name}

The fund {name} paid {amount:,} dollars to fishers of the bay in 2019. Its office was in the customs house.

Women of {places} villages took part in the courses of the fund {name}.
"""


def change(person: Person) -> None:
    """Add a document, replace one by another version, or take one out and perhaps bring it back."""
    own = person.remembered("own")
    if own and (len(own) >= MOST_OWN or person.draw.random() < 0.3):  # noqa: PLR2004 - now and then
        _take_out(person, own)
    else:
        _add(person, own)
    listed = "" if person.token else person.part(person.press("documents", "select", {}))
    if listed and "data-document" not in listed and "<table" not in listed:
        person.ledger.find(f"{person.kind} sees no documents: {listed[:300]}")


def _add(person: Person, own: list[str]) -> None:
    replaces = bool(own) and person.draw.random() < 0.3  # noqa: PLR2004 - now and then
    name = own[0] if replaces else f"Tamar{uuid.uuid4().hex[:8]}"
    text = TEXT.format(
        name=name, amount=person.draw.randrange(1000, 99_000), places=person.draw.randrange(99)
    )
    person.ledger.sources[hashlib.sha256(text.encode()).hexdigest()] = text
    ledger, before = person.ledger, person.ledger.documents.get(name)
    # It is there, or will be, or is not: until that is told, nobody may say.
    ledger.unsure.add(name)
    made = _changed(person, "PUT", f"/documents/file/{name}.md", text)
    if made is None:
        return
    ledger.unsure.discard(name)
    if made["error"]:
        return
    if set(made["documents"].values()) != {"replaced" if before else "added"}:
        ledger.find(f"{name} was sent, and that is what became of it: {made}")
    ledger.ids[name] = next(iter(made["documents"]))
    ledger.documents[name] = text
    if not replaces:
        own.append(name)


def _take_out(person: Person, own: list[str]) -> None:
    ledger, name = person.ledger, own.pop(0)
    text, identity = ledger.documents[name], quote(ledger.ids[name], safe="")
    ledger.unsure.add(name)
    made = _changed(person, "DELETE", f"/documents/document/{identity}")
    if made is None:
        return
    if made["error"]:
        own.append(name)
    else:
        ledger.documents[name] = None
        # It is an error where somebody else has taken something out since.
        back = _changed(person, "POST", f"/documents/undo/{identity}", may_fail=True)
        if back is None:
            return
        if not back["error"]:
            ledger.documents[name] = text
            own.append(name)
    ledger.unsure.discard(name)


def _changed(
    person: Person, method: str, path: str, text: str = "", *, may_fail: bool = False
) -> Json | None:
    """Ask for a change; return what became of it, None where nobody told."""
    begun = time.monotonic()
    place = f"/api/v1{path}" if person.token else path
    answer = person.ask(method, place, content=text.encode(), headers=HEADERS)
    if answer is None:
        return None
    # The page is told in what it gets, a program by the status, too.
    if not (person.token and answer.status_code in NOT_DONE) and not person.wants(answer, place):
        return None
    said: Json = {"error": "", **json.loads(answer.text)}
    person.ledger.count("changes of the library" if not said["error"] else "changes not made", person.kind)
    if said["error"] and not may_fail and not person.ledger.was("full", begun - 1):
        person.ledger.find(f"{method} {path}: {said['error']}")
    return said
