"""What must be there when all is over: looked up beside the service, in its files and by its commands."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from soaking.judging import STRANGER
from soaking.ledger import Ledger
from soaking.service import Service

# Of records in one file.
MOST_RECORDS = 500


def verify(service: Service, ledger: Ledger, folder: Path) -> dict[str, int]:
    """Compare everything that was acknowledged with what is there; return how much of what was compared."""
    with closing(sqlite3.connect(service.home / "records.sqlite")) as connection:
        kept = {row[0] for row in connection.execute("SELECT comment FROM feedback")}
        said = {
            note: (number, person, verdict)
            for number, person, verdict, note in connection.execute(
                "SELECT round, person, verdict, note FROM judgements WHERE verdict IS NOT NULL"
            )
        }
        rounds = {row[0] for row in connection.execute("SELECT number FROM rounds")}
        handed_in = {*connection.execute("SELECT round, rater FROM handed_in")}
    _lost(ledger, "feedback", set(ledger.feedback) - kept - ledger.unsure)
    _lost(ledger, "feedback taken back", ledger.taken_back & kept)
    _lost(ledger, "verdicts", {note for note, one in ledger.verdicts.items() if said.get(note) != one})
    _lost(ledger, "rounds", ledger.rounds - rounds)
    _lost(ledger, "handed in", ledger.handed_in - handed_in)
    if any(person == STRANGER for _, person, _ in said.values()):
        ledger.find("a verdict was kept under a name that nobody signed in with")
    unknown = set(said) - set(ledger.verdicts) - ledger.unsure
    if unknown:
        ledger.find(f"verdicts that nobody gave: {unknown}")
    _documents(service, ledger)
    for words in (("index", "verify"), ("doctor",)):
        done = service.command(*words)
        if done.returncode:
            ledger.find(f"{' '.join(words)}: {done.stdout[-1000:]} {done.stderr[-500:]}")
    _quotes(ledger, folder)
    return {
        "feedback": len(ledger.feedback),
        "verdicts": len(ledger.verdicts),
        "rounds": len(ledger.rounds),
        "documents": len(ledger.documents),
        "different answers": len(ledger.records),
    }


def _lost(ledger: Ledger, what: str, lost: set) -> None:  # type: ignore[type-arg]
    if lost:
        ledger.find(f"lost: {len(lost)} of {what}: {[*lost][:3]}")


def _documents(service: Service, ledger: Ledger) -> None:
    listed = service.command("index", "list", "--json")
    there = {one["id"]: one["sha256"] for one in json.loads(listed.stdout)}
    for name, text in ledger.documents.items():
        wanted = hashlib.sha256(text.encode()).hexdigest() if text else None
        if there.get(ledger.ids[name]) != wanted and name not in ledger.unsure:
            ledger.find(f"the document {name} is {there.get(ledger.ids[name])} and must be {wanted}")


def _quotes(ledger: Ledger, folder: Path) -> None:
    """Have the program check each answer, once every text that was ever sent is in a library."""
    home = folder / "all"
    texts = folder / "texts"
    texts.mkdir()
    for sum_, text in ledger.sources.items():
        (texts / f"{sum_}.md").write_text(text, "utf-8")
    program = Service(home, 0, ledger, {}, ())
    for words in (("index", "build"), ("index", "add", str(texts))):
        done = program.command(*words)
        if done.returncode:
            ledger.find(f"{' '.join(words)}: {done.stderr[-500:]}")
    for number, records in enumerate(_pieces([*ledger.records.values()])):
        path = folder / f"records-{number}.json"
        path.write_text(json.dumps(records), "utf-8")
        done = program.command("check", str(path))
        if done.returncode:
            ledger.find(f"sstc-chat check: {done.stdout[-1000:]} {done.stderr[-500:]}")


def _pieces(records: list) -> Iterator[list]:  # type: ignore[type-arg]
    for start in range(0, len(records), MOST_RECORDS):
        yield records[start : start + MOST_RECORDS]
