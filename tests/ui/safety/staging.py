"""A hostile language model, and rounds of hostile questions that hostile raters judged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sstc_chat.rag.evaluation.questions import parse_questions
from sstc_chat.rag.review.judging import open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import Plan, ask_round, begin_round
from sstc_chat.rag.review.types import VERDICTS
from sstc_chat.rag.types import Answer, AnswerSentence

if TYPE_CHECKING:
    from tests.ui.safety.conftest import Hostile, Library


@dataclass(frozen=True)
class Writing:
    """A language model that writes nothing but payloads, under a name that is one."""

    payloads: Sequence[str]

    @property
    def model(self) -> SimpleNamespace:
        return SimpleNamespace(name=self.payloads[0])

    def write(self, answer: Answer, _: object) -> Iterator[Answer]:
        sentences = tuple(AnswerSentence(one, (1,), "supported") for one in self.payloads)
        text = " ".join(f"{one.text} [1]" for one in sentences)
        times = {**answer.milliseconds, "write": 1.0}
        yield replace(answer, text=text, sentences=sentences, milliseconds=times)

    def written(self, answer: Answer, sources: object) -> Answer:
        *_, whole = self.write(answer, sources)
        return whole


def ask_rounds(library: Library, hostile: Hostile) -> None:
    """Ask two rounds of one question each, whose names are payloads."""
    rounds = Rounds(library.editor.home)
    for name in hostile.payloads[:2]:
        row = {"question": f"{hostile.question} {name}", "lang": "en", "answerable": True, "evidence": [name]}
        content = json.dumps(row).encode()
        asked = parse_questions(content, Path("hostile"), name)
        number = begin_round(rounds, library.engine.now(), asked, content, Plan(raters=2))
        assert list(ask_round(rounds, library.engine.now(), number))


def judge_round(library: Library, hostile: Hostile) -> None:
    """Have two raters, whose names are payloads, judge the first round and differ."""
    judging = open_judging(Rounds(library.editor.home), 1)
    for rater, verdict in zip(hostile.payloads[4:6], (VERDICTS[0], VERDICTS[2]), strict=True):
        for item in judging.items:
            judging.judge(rater, item, verdict, " ".join(hostile.markup)[:500])
        judging.hand_in(rater)
