"""What a change does to answers that were saved is said, quote by quote."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from sstc_chat.corpus.types import Document
from sstc_chat.index.library import open_library
from sstc_chat.rag.documents.effects import effects_on_records, effects_text
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.questions import parse_questions
from sstc_chat.rag.feedback.keeping import send
from sstc_chat.rag.feedback.opinions import Opinion
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import Plan, ask_round, begin_round

FEEDBACK = "answers with feedback"
QUESTION = b'{"lang": "en", "question": "What is Ejo Heza?", "answerable": true, "evidence": ["Heza"]}'


def test_quotes_of_a_document_that_changed_are_told(
    engine: Engine, home: Path, report: Document, tmp_path: Path
) -> None:
    own = Path(shutil.copytree(home, tmp_path / "own"))
    with open_library(own) as library:
        assert effects_on_records(library, [report.id]) == {}
        assert effects_text(effects_on_records(library, [report.id])) == ""
    send(own, Opinion(good=True, record=record_of(engine.ask("What is Ejo Heza?"))))
    moved = replace(report, text="A line before all others.\n\n" + report.text)
    with open_library(own) as library:
        assert effects_on_records(library, []) == {}
        assert effects_on_records(library, ["another"]) == {}
        assert effects_on_records(library, [report.id]) == {FEEDBACK: {"same": 1}}
        library.add([moved])
        assert effects_on_records(library, [report.id]) == {FEEDBACK: {"moved": 1}}
        library.add([replace(report, text=report.text.replace("savings scheme", "saving plan"))])
        assert effects_on_records(library, [report.id]) == {FEEDBACK: {"changed": 1}}
        library.remove(report.id)
        effects = effects_on_records(library, [report.id])
    assert effects_text(effects) == "Quotes in answers with feedback: 0 same, 0 moved, 0 changed, 1 gone."


def test_rounds_of_review_are_told_too(engine: Engine, home: Path, report: Document, tmp_path: Path) -> None:
    own = Path(shutil.copytree(home, tmp_path / "own"))
    rounds = Rounds(own)
    asked = parse_questions(QUESTION, Path("one.jsonl"), "one")
    number = begin_round(rounds, engine, asked, QUESTION, Plan())
    list(ask_round(rounds, engine, number))
    with open_library(own) as library:
        library.add([replace(report, text=report.text.replace("savings scheme", "saving plan"))])
        effects = effects_on_records(library, [report.id])
    assert effects == {"rounds of review": {"changed": 1}}
    assert effects_text(effects) == "Quotes in rounds of review: 0 same, 0 moved, 1 changed, 0 gone."
