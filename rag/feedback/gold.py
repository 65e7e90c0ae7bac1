"""Questions with known answers, made of feedback: rows that `evaluate` reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.evaluation.rows import task_of
from sstc_chat.rag.feedback.keeping import feedback_by, now, opened
from sstc_chat.rag.feedback.opinions import Feedback
from sstc_chat.rag.output import Json

# Texts that must each stand in the quotes; an inner list holds alternatives.
Evidence = Sequence[str | Sequence[str]]


def proposed_evidence(feedback: Feedback) -> Evidence:
    """Return what the right answer probably holds; nothing, where refusing is probably right.

    A good answer holds its quotes, and a good refusal nothing. Where an answer should have been given, the
    nearest passages are the candidates. Where a wrong one was given, a refusal is better, until somebody says
    what the right one holds.
    """
    answer, good = feedback.answer, feedback.opinion.good
    if good:
        return [one.quote for one in answer.citations]
    nearest = [one.quote for one in answer.nearest]
    return [nearest] if nearest else []


def keep_question(home: Path, number: int, evidence: Evidence | None = None) -> Json:
    """Make a question with a known answer out of feedback, keep it, and return its row.

    Made again, it replaces the one before.

    Parameters
    ----------
    home
        Where it is kept.
    number
        Of the feedback.
    evidence
        What the right answer holds: texts that must each stand in its quotes, an inner list for
        alternatives. If empty, nothing answers the question. What is proposed, if not given.

    Raises
    ------
    RecordError
        If there is no such feedback, or nothing answers it in the documents that it was limited to.
    EvaluationError
        If `evidence` is not as `evaluate` needs it.
    """
    feedback = feedback_by(home, number)
    held = proposed_evidence(feedback) if evidence is None else evidence
    if feedback.answer.limits and not held:
        raise RecordError(
            f"Feedback {number} is on a question that was asked of some documents only, so others may answer "
            "it. Ask it of all of them, and send feedback on that."
        )
    row = _row(feedback, held)
    task_of(row, number, f"feedback {number}")
    with opened(home) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO gold_questions VALUES (?, ?, ?, ?)",
            (row["id"], now(), json.dumps(row, ensure_ascii=False), number),
        )
    return row


def gold_questions(home: Path) -> list[Json]:
    """Return the rows of the questions that were kept, the first first."""
    with opened(home) as connection:
        rows = connection.execute("SELECT fields FROM gold_questions ORDER BY added, rowid").fetchall()
    return [json.loads(fields) for (fields,) in rows]


def remove_question(home: Path, identity: str) -> None:
    """Remove a question that was kept.

    Raises
    ------
    RecordError
        If there is none with this id.
    """
    with opened(home) as connection:
        removed = connection.execute("DELETE FROM gold_questions WHERE id = ?", (identity,)).rowcount
    if not removed:
        raise RecordError(f"There is no question {identity!r}. See: sstc-chat questions list")


def _row(feedback: Feedback, evidence: Evidence) -> Json:
    question = feedback.answer.question
    return {
        "id": f"feedback-{feedback.number}",
        "question": question.text,
        "lang": question.language,
        "answerable": bool(evidence),
        "evidence": [one if isinstance(one, str) else list(one) for one in evidence],
        "history": list(feedback.opinion.history),
        "kind": "feedback",
    }
