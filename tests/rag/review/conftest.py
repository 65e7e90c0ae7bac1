"""Tasks, answers and replies made by hand, of which a test says only what matters to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.questions import parse_questions
from sstc_chat.rag.evaluation.types import Outcome, Task
from sstc_chat.rag.review.judging import Judging, open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import Plan, ask_round, begin_round
from sstc_chat.rag.review.types import Reply
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, Question

SUM = "0" * 64


def make_task(question: str = "Who took part?", **changes: object) -> Task:
    task = Task(
        id="1",
        question=question,
        language="en",
        answerable=True,
        history=(),
        kind="",
        split="",
        form="evidence",
        wanted=(("fifty",),),
        lines=frozenset(),
        gold=(),
    )
    return replace(task, **changes)  # type: ignore[arg-type]


def make_answer(question: str = "Who took part?", *quotes: str, confidence: float = 0.9) -> Answer:
    """Return an answer of one sentence for each quote; a refusal without any."""
    citations = tuple(
        Citation(
            number, quote, "report", "A report", SUM, ("Start",), None, ((10 * number, 10 * number + 5),)
        )
        for number, quote in enumerate(quotes, start=1)
    )
    return Answer(
        question=Question(question, question, "en"),
        refusal=None if quotes else "unsaid",
        text="The report says: " + " ".join(quotes),
        confidence=confidence,
        sentences=tuple(AnswerSentence(one.quote, (one.number,), "quoted") for one in citations),
        citations=citations,
        nearest=(),
        fingerprint={"index": "1dea"},
        milliseconds={},
    )


def make_reply(question: str = "Who took part?", *quotes: str, **changes: object) -> Reply:
    """Return a reply; right if it quotes something, unless `changes` of its outcome say otherwise."""
    task = make_task(question, language=str(changes.pop("language", "en")))
    outcome = Outcome(
        task=task,
        refused=not quotes,
        confidence=0.9,
        right=bool(quotes),
        first_right=bool(quotes),
        right_if_shown=bool(quotes),
        rank=1,
        words=10,
        quotes=len(quotes),
        true_lines=0,
        false_lines=0,
        missed_lines=0,
    )
    outcome = replace(outcome, **changes)  # type: ignore[arg-type]
    return Reply(task, outcome, make_answer(question, *quotes, confidence=outcome.confidence))


class Make:
    """The builders above, for tests that cannot import this file."""

    task = staticmethod(make_task)
    answer = staticmethod(make_answer)
    reply = staticmethod(make_reply)


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


QUESTIONS = (
    {
        "id": "a",
        "question": "Where did the Future Leaders course take place?",
        "evidence": ["ITCILO Headquarters in Turin"],
    },
    {
        "id": "b",
        "question": "Which countries hosted study tours in 2024?",
        "evidence": ["Madagascar and Kenya"],
    },
    {"id": "c", "question": "Who won the football world cup?", "answerable": False},
)


@pytest.fixture
def rounds(tmp_path: Path) -> Rounds:
    """Return the rounds of a home of their own."""
    return Rounds(tmp_path / "reviewed")


@pytest.fixture
def begin(rounds: Rounds, engine: Engine) -> Callable[..., int]:
    """Return what begins a round of three questions, one of which the report does not answer."""
    rows = [{"lang": "en", "answerable": True, **row} for row in QUESTIONS]
    content = "\n".join(map(json.dumps, rows)).encode()
    asked = parse_questions(content, Path("three.jsonl"), "three")
    return lambda **plan: begin_round(rounds, engine, asked, content, Plan(**plan))


@pytest.fixture
def judged(rounds: Rounds, engine: Engine, begin: Callable[..., int]) -> Callable[..., Judging]:
    """Return what asks a whole round and opens it for its raters."""

    def opened(raters: int = 2) -> Judging:
        number = begin(raters=raters)
        assert list(ask_round(rounds, engine, number)) == [1, 2, 3]
        return open_judging(rounds, number)

    return opened
