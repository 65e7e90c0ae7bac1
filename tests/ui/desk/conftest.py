"""A round of three questions on the shipped report, judged as far as a test wants it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.questions import parse_questions
from sstc_chat.rag.review.judging import Judging, open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import Plan, ask_round, begin_round
from sstc_chat.rag.review.types import VERDICTS

ROWS: tuple[dict[str, object], ...] = (
    {"question": "Where did the Future Leaders course take place?", "evidence": ["Turin"]},
    {
        "question": "Quels pays de la région des États arabes participent à l'initiative ?",
        "lang": "fr",
        "evidence": ["Bahrain"],
    },
    {"question": "Who won the football world cup?", "answerable": False},
)


def content_of(*rows: dict[str, object]) -> bytes:
    return "\n".join(json.dumps({"lang": "en", "answerable": True, **row}) for row in rows).encode()


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Return a file of three questions."""
    path = tmp_path / "three.jsonl"
    path.write_bytes(content_of(*ROWS))
    return path


@pytest.fixture
def rounds(tmp_path: Path) -> Rounds:
    return Rounds(tmp_path / "reviewed")


@pytest.fixture
def asked(rounds: Rounds, engine: Engine) -> Callable[..., Judging]:
    """Return what asks a round of the name and the questions that are given."""

    def ask(name: str = "three", *rows: dict[str, object], raters: int = 2) -> Judging:
        content = content_of(*(rows or ROWS))
        number = begin_round(
            rounds, engine, parse_questions(content, Path(name), name), content, Plan(raters=raters)
        )
        assert list(ask_round(rounds, engine, number))
        return open_judging(rounds, number)

    return ask


@pytest.fixture
def disclosed(asked: Callable[..., Judging]) -> Judging:
    """Return a round that two raters have judged, who differ on the first item."""
    judging = asked()
    for rater in ("Ada", "Grace"):
        for place, item in enumerate(judging.items):
            verdict = VERDICTS[2] if rater == "Grace" and not place else VERDICTS[0]
            judging.judge(rater, item, verdict, f"a note of {rater}")
        judging.hand_in(rater)
    return judging


@pytest.fixture
def desk_site(engine: Engine, serve_page: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """Return the address of a page with a home of its own."""
    with serve_page(engine, languages=("en", "ar")) as url:
        yield url
