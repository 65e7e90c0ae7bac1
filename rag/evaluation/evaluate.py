"""A whole evaluation: each set of questions, asked of its documents, in figures."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.bootstrap import LEVEL, ROUNDS, SEED
from sstc_chat.rag.evaluation.code import code_sum
from sstc_chat.rag.evaluation.examining import Examination
from sstc_chat.rag.evaluation.libraries import open_documents
from sstc_chat.rag.evaluation.questions import narrowed, read_questions
from sstc_chat.rag.evaluation.report import Citations, Report
from sstc_chat.rag.evaluation.sources import Sources


@dataclass(frozen=True)
class Scope:
    """How much is asked: which split, how many questions of a set, and whether the baseline too."""

    split: str | None = None
    limit: int | None = None
    baseline: bool = True


def evaluate(paths: Sequence[Path], engine: Engine, home: Path, scope: Scope, progress: Progress) -> Report:
    """Ask the questions in the files at `paths`.

    Parameters
    ----------
    engine
        That of the home; a set about other documents is asked of an index of its own.
    home
        Where such indexes are kept.

    Raises
    ------
    EvaluationError
        If a file cannot be used, or its documents are missing. All are there before a question is asked.
    """
    sets = [narrowed(read_questions(path), scope.split, scope.limit) for path in paths]
    with ExitStack() as stack:
        examinations = []
        for one in sets:
            opened, corpus = stack.enter_context(open_documents(one, engine, home, progress))
            examination = Examination(one, opened, Sources(opened.store), corpus)
            examination.check_lines()
            examinations.append(examination)
        reports = tuple(one.report(progress, baseline=scope.baseline) for one in examinations)
    citations = Citations(
        sum(one.citations.checked for one in reports), sum(one.citations.wrong for one in reports)
    )
    return Report(
        version("sstc-chat"),
        code_sum("corpus", "index", "rag"),
        settings_of(engine, scope),
        citations,
        reports,
    )


def settings_of(engine: Engine, scope: Scope) -> dict[str, object]:
    """Return what the figures of a run depend on, beside what was asked."""
    return {
        **{f"{role}_model": one.name for role, one in engine.encoders.items()},
        **engine.store.manifest.settings,
        "split": scope.split,
        "limit": scope.limit,
        "bootstrap_rounds": ROUNDS,
        "bootstrap_level": LEVEL,
        "bootstrap_seed": SEED,
    }
