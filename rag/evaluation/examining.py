"""Examine one set: ask its questions of the engine and of the baseline, and take the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sstc_chat.corpus.errors import EvaluationError
from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.asking import ask
from sstc_chat.rag.evaluation.baseline import PASSAGES, build_baseline
from sstc_chat.rag.evaluation.groups import curve_of, groups_of
from sstc_chat.rag.evaluation.report import Citations, Corpus, SetReport
from sstc_chat.rag.evaluation.scoring import score
from sstc_chat.rag.evaluation.sources import Sources
from sstc_chat.rag.evaluation.types import Outcome, QuestionSet, Response, Task

OURS = "SSTC Chat"
Result = TypeVar("Result")
Systems = dict[str, list[Outcome]]


@dataclass(frozen=True)
class Examination:
    """A set of questions, and an engine on the documents that it asks about."""

    questions: QuestionSet
    engine: Engine
    sources: Sources
    corpus: Corpus

    def check_lines(self) -> None:
        """Raise `EvaluationError` if a line of an answer is none of its document."""
        for task in self.questions.tasks:
            size = self.sources.text(task.gold[0]).count("\n") + 1 if task.lines else 0
            if task.lines and max(task.lines) >= size:
                raise EvaluationError(
                    f"{self.questions.path}, question {task.id!r}: its answer_lines name line "
                    f"{max(task.lines)}, but {task.gold[0]!r} has {size} lines, counted from 0. Correct it."
                )

    def report(self, progress: Progress, *, baseline: bool) -> SetReport:
        """Ask everything and return the figures."""
        stage = f"Asking {self.questions.name}"
        responses = self._each(lambda task: ask(self.engine, self.sources, task), stage, progress)
        systems = {OURS: self._scored(responses)}
        if baseline:
            systems |= self._naive(progress)
        return SetReport(
            name=self.questions.name,
            questions=len(self.questions.tasks),
            sha256=self.questions.sha256,
            corpus=self.corpus,
            fingerprint=self.engine.fingerprint,
            citations=Citations(sum(one.checked for one in responses), sum(one.wrong for one in responses)),
            systems={name: groups_of(outcomes) for name, outcomes in systems.items()},
            curve=curve_of(systems[OURS]),
        )

    def _naive(self, progress: Progress) -> Systems:
        texts = {identity: self.sources.text(identity) for identity in self.engine.documents}
        baseline = build_baseline(texts, self.engine.encoders["english"], progress)
        responses = self._each(baseline.ask, f"Asking {self.questions.name}, naively", progress)
        return {name: self._scored([one[name] for one in responses]) for name in PASSAGES}

    def _each(self, respond: Callable[[Task], Result], stage: str, progress: Progress) -> list[Result]:
        """Return what comes back for each question, showing how far it is."""
        results = []
        for number, task in enumerate(self.questions.tasks, start=1):
            results.append(respond(task))
            progress(stage, number, len(self.questions.tasks))
        return results

    def _scored(self, responses: list[Response]) -> list[Outcome]:
        return [score(*pair) for pair in zip(self.questions.tasks, responses, strict=True)]
