"""Ask the engine a question of an evaluation, and check every citation that comes back."""

from __future__ import annotations

from sstc_chat.corpus.errors import IndexDamagedError, QuestionError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.sources import Sources
from sstc_chat.rag.evaluation.types import Excerpt, Response, Task
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.rag.types import Answer

# How many passages a rank is looked for in.
DEPTH = 50


def ask(engine: Engine, sources: Sources, task: Task) -> Response:
    """Return what the engine does with a question.

    Where the lines of an answer are known, its document is given and only that is asked; passages
    are always looked for in all documents. What the engine does not take for a question counts as refused,
    and so does an answer that its own check held back, with one citation that is wrong.
    """
    return ask_for_answer(engine, sources, task)[1]


def ask_for_answer(
    engine: Engine, sources: Sources, task: Task, writer: Writer | None = None
) -> tuple[Answer | None, Response]:
    """Return the answer as well, where the engine gave one, with prose by `writer`; see `ask`."""
    limited = task.gold if task.form == "lines" else ()
    try:
        answer = engine.ask(task.question, task.history, documents=limited)
        if writer:
            answer = writer.written(answer, engine.documents)
    except QuestionError:
        return None, Response(True, 0.0, (), ())
    except IndexDamagedError:
        return None, Response(True, 0.0, (), (), checked=1, wrong=1)
    return answer, _response(engine, sources, answer)


def _response(engine: Engine, sources: Sources, answer: Answer) -> Response:
    citations = (*answer.citations, *answer.nearest)
    return Response(
        refused=answer.refused,
        confidence=answer.confidence,
        excerpts=tuple(sources.excerpt(one) for one in citations),
        ranked=_ranked(engine, answer),
        checked=len(citations),
        wrong=sum(not sources.is_exact(one) for one in citations),
    )


def _ranked(engine: Engine, answer: Answer) -> tuple[Excerpt, ...]:
    """Return the passages for a question as the engine understood it, follow-ups included."""
    try:
        hits = engine.search(answer.question.standalone, DEPTH)
    except QuestionError:  # a follow-up can be too long together with what it follows
        return ()
    return tuple(Excerpt(hit.passage.document_id, " ".join(hit.passage.text.split())) for hit in hits)
