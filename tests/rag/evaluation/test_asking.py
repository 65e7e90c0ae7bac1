"""What is taken from the engine: within a page where one is given, and nothing from what is no question."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.asking import ask, ask_for_answer
from sstc_chat.rag.evaluation.libraries import open_documents
from sstc_chat.rag.evaluation.sources import Sources
from sstc_chat.rag.evaluation.types import QuestionSet, Response, Task

MakeTask = Callable[..., Task]
PAGES = [
    {"id": "tea", "text": "On tea\nThe teapot of Ruritania holds nine cups.\nIt stands in the kitchen."},
    {"id": "sea", "text": "On boats\nThe boat of Ruritania has eight oars.\nIts sails are red."},
]


@pytest.fixture(scope="module")
def pages(
    engine: Engine,
    make_task: MakeTask,
    no_progress: Progress,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Engine]:
    """Return an engine on two pages."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, PAGES)), "utf-8")
    questions = QuestionSet("pages", folder / "questions.jsonl", "f11e", (make_task(gold=("tea", "sea")),))
    with open_documents(questions, engine, folder, no_progress) as (opened, _):
        yield opened


@pytest.mark.parametrize("page", ["tea", "sea"])
def test_only_the_page_that_is_given_is_asked(pages: Engine, make_task: MakeTask, page: str) -> None:
    """Passages are looked for in all pages all the same."""
    task = make_task(
        question="How many oars does the boat of Ruritania have?",
        form="lines",
        lines=frozenset({1}),
        gold=(page,),
    )
    response = ask(pages, Sources(pages.store), task)
    assert {one.document_id for one in response.excerpts} <= {page}
    assert {one.document_id for one in response.ranked} == {"tea", "sea"}
    assert response.ranked[0].document_id == "sea"
    assert response.checked == len(response.excerpts)
    assert response.wrong == 0


def test_short_answers_are_looked_for_in_all_pages(pages: Engine, make_task: MakeTask) -> None:
    task = make_task(
        question="How many oars does the boat of Ruritania have?",
        form="answers",
        wanted=(("eight",),),
        gold=("tea",),
    )
    response = ask(pages, Sources(pages.store), task)
    assert "sea" in {one.document_id for one in response.excerpts}


def test_a_quote_knows_its_lines(pages: Engine, make_task: MakeTask) -> None:
    task = make_task(
        question="How many oars does the boat of Ruritania have?",
        form="lines",
        lines=frozenset({1}),
        gold=("sea",),
    )
    texts = {line.text for line in pages.lines("sea")}
    excerpt = ask(pages, Sources(pages.store), task).excerpts[0]
    assert "The boat of Ruritania has eight oars." in excerpt.text
    assert 1 in excerpt.lines
    assert len(excerpt.lines) == sum(text in excerpt.text for text in texts)


@pytest.mark.parametrize("question", ["?", "a" * 3000])
def test_what_is_no_question_is_refused(engine: Engine, make_task: MakeTask, question: str) -> None:
    response = ask(engine, Sources(engine.store), make_task(question=question))
    assert response == Response(True, 0.0, (), ())


def test_passages_for_a_follow_up_are_those_for_what_it_means(engine: Engine, make_task: MakeTask) -> None:
    first, second = "Which countries hosted study tours in 2024?", "And how many participants were there?"
    response = ask(engine, Sources(engine.store), make_task(question=second, history=(first,)))
    hits = engine.search(f"{first} {second}", 50)
    assert [one.text for one in response.ranked] == [" ".join(hit.passage.text.split()) for hit in hits]
    assert list(hits) != list(engine.search(second, 50))


def test_the_answer_comes_with_what_it_amounts_to(pages: Engine, make_task: MakeTask) -> None:
    task = make_task(question="How many cups does the teapot of Ruritania hold?")
    answer, response = ask_for_answer(pages, Sources(pages.store), task)
    assert answer is not None
    assert answer.question.text == task.question
    assert [one.text for one in response.excerpts] == [one.quote for one in answer.citations]
    assert ask_for_answer(pages, Sources(pages.store), make_task(question=" "))[0] is None
