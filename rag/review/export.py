"""A round as files: JSON with everything in it, and CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from sstc_chat.rag.output import Json
from sstc_chat.rag.review.dossier import Dossier
from sstc_chat.rag.review.judging import Judgements
from sstc_chat.rag.review.types import Item, Judgement, Reply, Round

FORMAT, VERSION = "sstc-chat round", 1
# A spreadsheet takes a cell that begins with one of these for a formula, also behind white space, and a
# formula can send what stands in other cells elsewhere (OWASP, CSV Injection).
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
COLUMNS = (
    *("item", "question_id", "question", "understood_as", "language", "sentence", "quote"),
    *("document_id", "document_title", "document_sha256", "section", "page", "spans"),
)


def as_csv(dossier: Dossier) -> str:
    """Return the items of a round, one a row, with every verdict that is disclosed (RFC 4180)."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    verdicts = dossier.verdicts
    said = dict(verdicts.by_rater) if verdicts else {}
    heads = [f"{what}: {name}" for name in (*said, "settled") for what in ("verdict", "note")] if said else []
    final = verdicts.final if verdicts else {}
    writer.writerow([_harmless(head) for head in (*COLUMNS, *heads, "final")])
    people = [*said.values(), verdicts.settled] if verdicts else []
    for key, item in dossier.items.items():
        row = [*_place(item, dossier), *_said(people, key), final.get(key, "")]
        writer.writerow([_harmless(cell) for cell in row])
    return file.getvalue()


def as_object(dossier: Dossier) -> Json:
    """Return all of a round as a JSON object; what raters said is in it when it is disclosed."""
    verdicts = dossier.verdicts
    return {
        "format": FORMAT,
        "version": VERSION,
        **round_object(dossier.round),
        "raters": [asdict(one) for one in dossier.raters],
        "findings": asdict(dossier.findings) if dossier.findings else None,
        "agreement": asdict(verdicts.agreement) if verdicts and verdicts.agreement else None,
        "support": {name: asdict(one) for name, one in verdicts.support.items()} if verdicts else None,
        "questions": [_reply_object(place, reply) for place, reply in dossier.replies.items()],
        "items": [_item_object(item, dossier) for item in dossier.items.values()],
    }


def round_object(one: Round) -> Json:
    """Return what a round is, without its answers."""
    return {
        "round": one.number,
        "name": one.name,
        "questions_sha256": one.questions.sha256,
        "size": len(one.questions.tasks),
        "answered": one.answered,
        "raters_wanted": one.raters,
        "started": one.started,
        "finished": one.finished,
        "origin": asdict(one.origin),
    }


def _place(item: Item, dossier: Dossier) -> Iterator[str]:
    cited = item.citation
    yield from (item.id, dossier.replies[item.place].task.id, item.question, item.understood, item.language)
    yield from (item.sentence, cited.quote, cited.document_id, cited.document_title, cited.document_sha256)
    yield " / ".join(cited.section)
    yield "" if cited.page is None else str(cited.page)
    yield " ".join(f"{start}-{end}" for start, end in cited.spans)


def _said(people: list[Judgements], item: str) -> Iterator[str]:
    for said in people:
        one = said.get(item)
        yield from (one.verdict, one.note) if one else ("", "")


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe makes it text."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) else cell


def _reply_object(place: int, reply: Reply) -> Json:
    outcome = {name: value for name, value in vars(reply.outcome).items() if name != "task"}
    return {"place": place, "id": reply.task.id, "outcome": outcome, "record": reply.record}


def _item_object(item: Item, dossier: Dossier) -> Json:
    found: Json = {"item": item.id, "sentence": item.sentence, "citation": asdict(item.citation)}
    if dossier.verdicts:
        by_rater: Mapping[str, Judgements] = dossier.verdicts.by_rater
        found["verdicts"] = [_judgement(said[item.id]) for said in by_rater.values()]
        settled = dossier.verdicts.settled.get(item.id)
        found["settled"] = _judgement(settled) if settled else None
        found["final"] = dossier.verdicts.final.get(item.id)
    return found


def _judgement(one: Judgement) -> Json:
    return {"person": one.person, "verdict": one.verdict, "note": one.note, "at": one.at}
