"""Run a round: ask its questions one by one, each kept before the next, so that it can stop anywhere."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from importlib.metadata import version

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.asking import ask_for_answer
from sstc_chat.rag.evaluation.code import code_sum
from sstc_chat.rag.evaluation.evaluate import Scope, settings_of
from sstc_chat.rag.evaluation.questions import narrowed
from sstc_chat.rag.evaluation.scoring import score
from sstc_chat.rag.evaluation.sources import Sources
from sstc_chat.rag.evaluation.types import QuestionSet
from sstc_chat.rag.output import Json
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.rag.records.boxes import with_boxes
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.records.selectors import annotated
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.types import Origin
from sstc_chat.rag.types import Answer

MOST_RATERS = 2


@dataclass(frozen=True)
class Plan:
    """How a round is to be: which questions of a set are asked, and how many people judge the answers."""

    split: str | None = None
    limit: int | None = None
    raters: int = MOST_RATERS


def begin_round(  # noqa: PLR0913, PLR0917 - where it is kept, and what its answers depend on
    rounds: Rounds,
    engine: Engine,
    asked: QuestionSet,
    content: bytes,
    plan: Plan,
    writer: Writer | None = None,
) -> int:
    """Begin a round of the questions in `content`, without asking any, and return its number.

    With a `writer`, its answers are prose.

    Raises
    ------
    EvaluationError
        If the split is not there.
    ReviewError
        If a question is about a document that the library lacks, or there are too few questions, or too few
        or too many raters.
    """
    if not 1 <= plan.raters <= MOST_RATERS:
        raise ReviewError(f"A round cannot have {plan.raters} raters. Give 1 to {MOST_RATERS}.")
    if plan.limit is not None and plan.limit < 1:
        raise ReviewError(f"A round cannot ask {plan.limit} questions. Give 1 or more.")
    kept = narrowed(asked, plan.split, plan.limit)
    _check_documents(kept, engine)
    chosen = {id(task) for task in kept.tasks}
    places = [place for place, task in enumerate(asked.tasks) if id(task) in chosen]
    return rounds.begin(asked, content, places, origin_of(engine, plan, writer), plan.raters)


def ask_round(
    rounds: Rounds, engine: Engine, number: int, writer: Writer | None = None
) -> Generator[int, None, None]:
    """Ask the questions of a round that are left; yield the place of each, from 1, once it was asked.

    Whoever does not want the next stops the round there; it goes on with the first that is left.

    Raises
    ------
    ReviewError
        If the index, the models or the program are not those that the round began with.
    """
    found = rounds.get(number)
    plan = Plan(found.origin.settings["split"], found.origin.settings["limit"])
    if found.origin != origin_of(engine, plan, writer):
        raise ReviewError(
            f"Round {number} began with another index, other models or another version, and half a round of "
            "each says nothing. Start a new round.",
            reason="changed",
        )
    sources, asked = Sources(engine.store), rounds.replies(number)
    for place, task in enumerate(found.questions.tasks, start=1):
        if place in asked:
            continue
        answer, response = ask_for_answer(engine, sources, task, writer)
        rounds.keep(number, place, score(task, response), _record(answer, engine) if answer else None)
        yield place
    rounds.finish(number)


def _record(answer: Answer, engine: Engine) -> Json:
    return with_boxes([annotated(record_of(answer), engine.store)], engine.store)[0]


def origin_of(engine: Engine, plan: Plan, writer: Writer | None = None) -> Origin:
    """Return what answers depend on now."""
    return Origin(
        version=version("sstc-chat"),
        code=code_sum("corpus", "index", "rag"),
        fingerprint={**engine.fingerprint, **(writer.fingerprint if writer else {})},
        settings=settings_of(engine, Scope(plan.split, plan.limit, baseline=False)),
        documents=dict(engine.store.manifest.documents),
    )


def _check_documents(asked: QuestionSet, engine: Engine) -> None:
    missing = sorted({name for task in asked.tasks for name in task.gold} - engine.documents.keys())
    if missing:
        others = f" and {len(missing) - 1:,} others" if len(missing) > 1 else ""
        raise ReviewError(
            f"{asked.name} asks about {missing[0]!r}{others}, not in the library. "
            "Add the documents with: sstc-chat index add PATH",
            reason="elsewhere",
        )
