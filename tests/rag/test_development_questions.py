"""The development questions, where they are: every citation exact, and enough answers right.

They are not part of this project, so these tests skip where they are absent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.corpus.types import Document, Spans
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.types import Answer

FOLDER = Path(__file__).parents[3] / "shared" / "eval"
Question = dict[str, Any]


def questions(name: str) -> list[Question]:
    path = FOLDER / name / "questions.jsonl"
    if not path.exists():
        pytest.skip(f"the development questions are not here: {path}")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def ask(engine: Engine, question: Question) -> Answer | None:
    try:
        return engine.ask(question["question"], question.get("history", []))
    except QuestionError:
        return None


def is_right(question: Question, answer: Answer | None) -> bool:
    if answer is None or answer.refused or not question["answerable"]:
        return (answer is None or answer.refused) is not question["answerable"]
    quotes = " ".join(" ".join(one.quote for one in answer.citations).split())
    wanted = [one if isinstance(one, list) else [one] for one in question["evidence"]]
    return all(any(text in quotes for text in alternatives) for alternatives in wanted)


@pytest.mark.parametrize("name", ["report", "xquad", "omosqa"])
def test_every_citation_is_exact(
    engine: Engine, report: Document, says: Callable[[str, Spans], str], name: str
) -> None:
    shown = 0
    for question in questions(name):
        answer = ask(engine, question)
        for citation in (*answer.citations, *answer.nearest) if answer else ():
            assert says(report.text, citation.spans) == " ".join(citation.quote.split())
            shown += 1
    assert shown > 0


@pytest.mark.parametrize(
    ("kind", "least"), [("answerable", 0.85), ("crosslingual", 0.80), ("unanswerable", 0.75)]
)
def test_enough_answers_are_right(engine: Engine, kind: str, least: float) -> None:
    asked = [question for question in questions("report") if question["kind"] == kind]
    right = [is_right(question, ask(engine, question)) for question in asked]
    assert sum(right) / len(right) >= least
