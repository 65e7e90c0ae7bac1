"""Questions, outcomes and reports made by hand, of which a test says only what matters to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sstc_chat.rag.evaluation.report import Citations, Corpus, Figure, Group, Point, Report, SetReport
from sstc_chat.rag.evaluation.types import Outcome, Task

TASK = Task(
    id="1",
    question="Who took part?",
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
OUTCOME = Outcome(
    task=TASK,
    refused=False,
    confidence=0.5,
    right=True,
    first_right=True,
    right_if_shown=True,
    rank=1,
    words=10,
    quotes=1,
    true_lines=0,
    false_lines=0,
    missed_lines=0,
)
FIGURE = Figure(0.9, 0.8, 1.0, 4)
REPORT = Report(
    version="1.2.3",
    code="c0de",
    settings={"chunk_size": 800, "split": None},
    citations=Citations(5, 0),
    sets=(
        SetReport(
            name="small",
            questions=4,
            sha256="f11e",
            corpus=Corpus("the library", 1, "d0c5"),
            fingerprint={"index": "1dea"},
            citations=Citations(5, 0),
            systems={
                "SSTC Chat": (Group("all", 4, {"right": FIGURE, "coverage": FIGURE, "risk": FIGURE}),),
                "naive, one passage": (Group("all", 4, {"right": Figure(0.25, 0, 0.75, 4)}),),
            },
            curve=(Point(0.5, 0.0, 0.9), Point(1.0, 0.25, 0.1)),
        ),
    ),
)


@pytest.fixture(scope="session")
def make_task() -> Callable[..., Task]:
    """Return what makes a task, answerable by the evidence "fifty" unless it is told otherwise."""
    return lambda **changes: replace(TASK, **changes)


@pytest.fixture(scope="session")
def make_outcome() -> Callable[..., Outcome]:
    """Return what makes the outcome of that task, answered right unless it is told otherwise."""
    return lambda **changes: replace(OUTCOME, **changes)


@pytest.fixture(scope="session")
def small_report() -> Report:
    """Return a report of one set of four questions."""
    return REPORT
