"""Read files of questions with known answers: JSON lines, of three forms told apart by their fields."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sstc_chat.corpus.errors import EvaluationError
from sstc_chat.rag.evaluation.rows import task_of
from sstc_chat.rag.evaluation.types import QuestionSet, Task

# A thousand times the questions that one would wait for.
MOST_BYTES = 64 * 1024 * 1024
COMMON_NAME = "questions"


def read_questions(path: Path) -> QuestionSet:
    """Read the questions in the file at `path`.

    Raises
    ------
    EvaluationError
        If the file is missing, too large, not UTF-8 or empty, or a row is not as it should be.
    """
    # Sets tend to be called alike and to lie in folders of their own.
    name = path.resolve().parent.name if path.stem == COMMON_NAME else path.stem
    return parse_questions(_content(path), path, name)


def parse_questions(content: bytes, path: Path, name: str) -> QuestionSet:
    """Return the questions in the content of a file; `path` is what an error calls it.

    Raises
    ------
    EvaluationError
        If it is not UTF-8 or empty, or a row is not as it should be.
    """
    try:
        # A byte order mark says how a file is encoded; it is no part of its text.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EvaluationError(
            f"{path} is not UTF-8: byte {error.start} is {content[error.start]:#04x}. Save it as UTF-8."
        ) from error
    tasks = tuple(_tasks(path, text))
    if not tasks:
        raise EvaluationError(f"{path} holds no questions. Give one JSON object a line.")
    return QuestionSet(name, path, hashlib.sha256(content).hexdigest(), tasks)


def narrowed(questions: QuestionSet, split: str | None, limit: int | None) -> QuestionSet:
    """Return the questions of one split, at most `limit` of them.

    Parameters
    ----------
    questions
        All of a file.
    split
        Keep the rows of this split, and those that name none; None keeps all.
    limit
        Thin them evenly, with as equal a share as can be of each kind, language and answerability;
        None keeps all.

    Raises
    ------
    EvaluationError
        If no row is left.
    """
    tasks = [task for task in questions.tasks if split is None or task.split in {"", split}]
    if not tasks:
        known = ", ".join(sorted({task.split for task in questions.tasks}))
        raise EvaluationError(f"{questions.path} has no split {split!r}. It has: {known}.")
    return replace(questions, tasks=tuple(_thinned(tasks, limit)))


def _thinned(tasks: list[Task], limit: int | None) -> list[Task]:
    """Return at most `limit` of the tasks in their order, at even steps through their kinds and languages."""
    if limit is None or limit >= len(tasks):
        return tasks
    order = sorted(range(len(tasks)), key=lambda place: _stratum(tasks[place]))
    kept = sorted(order[step * len(tasks) // limit] for step in range(limit))
    return [tasks[place] for place in kept]


def _stratum(task: Task) -> tuple[str, str, bool]:
    return task.kind, task.language, task.answerable


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise EvaluationError(f"{path} has {size:,} bytes; at most {MOST_BYTES:,} can be read. Split it.")
        return path.read_bytes()
    except OSError as error:
        raise EvaluationError(f"{path} cannot be read: {error.strerror}. Check the path.") from error


def _tasks(path: Path, text: str) -> Iterator[Task]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                row: Any = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise EvaluationError(
                    f"{path}, line {number}: it is not JSON ({error}). Give one object a line."
                ) from error
            yield task_of(row, number, f"{path}, line {number}")
