"""What is right: the rules by which a response to a question with a known answer is judged."""

from __future__ import annotations

from collections.abc import Sequence

from sstc_chat.rag.evaluation.types import Excerpt, Outcome, Response, Task


def score(task: Task, response: Response) -> Outcome:
    """Judge a response.

    It is right when it was shown and its excerpts answer the question (`answers`), or when nothing
    answers and it was refused. Lines count as chosen only when they were shown.
    """
    shown = () if response.refused else response.excerpts
    chosen = frozenset(line for one in shown if one.document_id in task.gold for line in one.lines)
    holds = answers(task, response.excerpts)
    return Outcome(
        task=task,
        refused=response.refused,
        confidence=response.confidence,
        right=answers(task, shown) if task.answerable else response.refused,
        first_right=bool(shown) and _first_answers(task, shown[0]),
        right_if_shown=holds,
        rank=rank_of(task, response.ranked),
        words=sum(len(one.text.split()) for one in shown),
        quotes=len(shown),
        true_lines=len(chosen & task.lines),
        false_lines=len(chosen - task.lines),
        missed_lines=len(task.lines - chosen),
    )


def answers(task: Task, excerpts: Sequence[Excerpt]) -> bool:
    """Whether `excerpts` answer the question.

    By evidence: each piece stands in the excerpts joined by a space. By answers: one stands in an excerpt
    from a gold document. By lines: an excerpt touches one of them.
    """
    if not task.answerable:
        return False
    if task.form == "evidence":
        text = " ".join(one.text for one in excerpts)
        return all(_holds_one(text, alternatives) for alternatives in task.wanted)
    return any(_is_of_answer(task, one) for one in excerpts)


def rank_of(task: Task, ranked: Sequence[Excerpt]) -> int | None:
    """Return the rank, from 1, at which retrieval found the answer; 0 if it did not.

    By evidence: that of the first passage with the first piece of evidence. Otherwise: that of the first
    gold document, each document counted once, at its best passage. None for a question without an answer.
    """
    if not task.answerable:
        return None
    if task.form == "evidence":
        hits = [_holds_one(one.text, task.wanted[0]) for one in ranked]
    else:
        hits = [identity in task.gold for identity in dict.fromkeys(one.document_id for one in ranked)]
    return hits.index(True) + 1 if True in hits else 0


def _first_answers(task: Task, first: Excerpt) -> bool:
    """Whether the first excerpt holds at least one piece of the evidence, an answer, or a line of it."""
    if not task.answerable:
        return False
    if task.form == "evidence":
        return any(_holds_one(first.text, alternatives) for alternatives in task.wanted)
    return _is_of_answer(task, first)


def _is_of_answer(task: Task, excerpt: Excerpt) -> bool:
    if excerpt.document_id not in task.gold:
        return False
    if task.form == "lines":
        return bool(excerpt.lines & task.lines)
    return _holds_one(excerpt.text, task.wanted[0])


def _holds_one(text: str, alternatives: Sequence[str]) -> bool:
    return any(one in text for one in alternatives)
