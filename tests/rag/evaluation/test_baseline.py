"""The naive baseline against a ranking that is computed with numpy alone, on texts of a few words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Progress
from sstc_chat.rag.evaluation.baseline import Baseline, build_baseline
from sstc_chat.rag.evaluation.types import Task

MakeTask = Callable[..., Task]
ONE, THREE = "naive, one passage", "naive, three passages"
# Each paragraph is a window of its own, since two of them do not fit into one.
PARAGRAPHS = [
    f"The teapot of Ruritania holds nine cups. {'It stands on a table. ' * 25}",
    f"A boat costs \\$8 and has [eight](#) oars. {'It lies on the sea. ' * 25}",
    f"Horses eat hay in the morning. {'They run in the fields. ' * 25}",
    f"The library opens at ten. {'It is full of books. ' * 25}",
]
TEXTS = {"first": "\n\n".join(PARAGRAPHS[:2]), "second": "\n\n".join(PARAGRAPHS[2:])}
QUESTION = "How many oars has a boat?"


@pytest.fixture(scope="module")
def english(encoders: dict[str, Encoder]) -> Encoder:
    return encoders["english"]


@pytest.fixture(scope="module")
def baseline(english: Encoder, no_progress: Progress) -> Baseline:
    return build_baseline(TEXTS, english, no_progress)


def test_windows_are_read_without_their_markup(baseline: Baseline) -> None:
    assert [one.document_id for one in baseline.windows] == ["first", "first", "second", "second"]
    assert baseline.windows[1].text.startswith("A boat costs $8 and has eight oars.")
    assert [set(one.lines) for one in baseline.windows] == [{0}, {2}, {0}, {2}]


def test_passages_are_ranked_as_numpy_ranks_them(
    baseline: Baseline, english: Encoder, make_task: MakeTask
) -> None:
    """The markup is encoded with the rest, as a naive program would."""
    passages = english.encode_passages([one.strip() for one in PARAGRAPHS])
    cosines = passages @ english.encode_question(QUESTION)
    order = np.argsort(-cosines)
    responses = baseline.ask(make_task(question=QUESTION))
    expected = [baseline.windows[place] for place in order]
    for name, most in ((ONE, 1), (THREE, 3)):
        assert list(responses[name].ranked) == expected
        assert list(responses[name].excerpts) == expected[:most]
        assert responses[name].confidence == pytest.approx(cosines.max(), abs=1e-5)
        assert not responses[name].refused
    assert expected[0].text.startswith("A boat")


def test_where_a_page_is_given_only_its_passages_are_shown(baseline: Baseline, make_task: MakeTask) -> None:
    task = make_task(question=QUESTION, form="lines", lines=frozenset({0}), gold=("second",))
    responses = baseline.ask(task)
    assert {one.document_id for one in responses[THREE].excerpts} == {"second"}
    assert len(responses[THREE].excerpts) == 2
    assert responses[ONE].excerpts == responses[THREE].excerpts[:1]
    assert len(responses[ONE].ranked) == 4
    assert responses[ONE].confidence < baseline.ask(make_task(question=QUESTION))[ONE].confidence


def test_a_baseline_without_documents_finds_nothing(
    english: Encoder, no_progress: Progress, make_task: MakeTask
) -> None:
    response = build_baseline({}, english, no_progress).ask(make_task())[ONE]
    assert (response.excerpts, response.ranked, response.confidence) == ((), (), 0.0)
