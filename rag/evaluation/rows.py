"""A row of a question file as a task, or what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sstc_chat.corpus.errors import EvaluationError
from sstc_chat.rag.evaluation.types import Form, Task

Fields = dict[str, Any]
# The field that tells each form from the others.
TELLING: dict[Form, str] = {"evidence": "evidence", "answers": "answers", "lines": "answer_lines"}
COMMON: Fields = {"id": "1", "question": "Who took part?", "lang": "en", "answerable": True}
EXAMPLES: dict[Form, Fields] = {
    "evidence": {**COMMON, "evidence": ["Over 50", ["in Baku", "in Azerbaijan"]]},
    "answers": {**COMMON, "answers": ["Over 50"], "gold_doc_ids": ["a"]},
    "lines": {**COMMON, "answer_lines": [3, 4], "gold_doc_ids": ["a"]},
}


def task_of(row: object, number: int, where: str) -> Task:
    """Return a row as a task.

    Parameters
    ----------
    row
        What its JSON holds.
    number
        Its id, if it brings none.
    where
        How an error calls it: the file and the line.

    Raises
    ------
    EvaluationError
        If a field is missing or not of its type, or an answerable question has no known answer.
    """
    form: Form = "evidence"
    try:
        if not isinstance(row, dict):
            raise ValueError("it is not an object")
        form = _form(row)
        return _task(row, form, number)
    except ValueError as error:
        example = json.dumps(EXAMPLES[form])
        raise EvaluationError(f"{where}: {error}. Give rows such as {example}") from error


def _form(row: Fields) -> Form:
    forms = [form for form, field in TELLING.items() if field in row]
    if len(forms) > 1:
        raise ValueError(f"it has {' and '.join(TELLING[form] for form in forms)}, of which one is enough")
    return forms[0] if forms else "evidence"


def _task(row: Fields, form: Form, number: int) -> Task:
    task = Task(
        id=str(row.get("id", number)),
        question=_text(row, "question"),
        language=_text(row, "lang"),
        answerable=_flag(row, "answerable"),
        history=_texts(row, "history"),
        kind=_text(row, "kind", optional=True),
        split=_text(row, "split", optional=True),
        form=form,
        wanted=_wanted(row, form),
        lines=_lines(row),
        gold=_texts(row, "gold_doc_ids"),
    )
    if task.answerable and not (task.wanted or task.lines):
        raise ValueError(f"it is answerable and has no {TELLING[form]}")
    if form == "answers" and task.answerable and not task.gold:
        raise ValueError("it has answers and no gold_doc_ids")
    if form == "lines" and len(task.gold) != 1:
        raise ValueError(f"its answer_lines need one document in gold_doc_ids, not {len(task.gold)}")
    return task


def _wanted(row: Fields, form: Form) -> tuple[tuple[str, ...], ...]:
    if form == "answers":
        answers = _texts(row, "answers")
        return (answers,) if answers else ()
    evidence = _list(row, "evidence")
    return tuple(_all_texts("evidence", one if isinstance(one, list) else [one]) for one in evidence)


def _lines(row: Fields) -> frozenset[int]:
    lines = _list(row, "answer_lines")
    if not all(isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in lines):
        raise ValueError(f"its answer_lines are {lines!r}, not whole numbers from 0 up")
    return frozenset(lines)


def _text(row: Fields, name: str, *, optional: bool = False) -> str:
    value = row.get(name, "" if optional else None)
    if not isinstance(value, str) or not (optional or value.strip()):
        raise ValueError(f"its {name} is {value!r}, not a text")
    return value


def _flag(row: Fields, name: str) -> bool:
    value = row.get(name)
    if not isinstance(value, bool):
        raise ValueError(f"its {name} is {value!r}, not true or false")
    return value


def _texts(row: Fields, name: str) -> tuple[str, ...]:
    values = _list(row, name)
    return _all_texts(name, values) if values else ()


def _list(row: Fields, name: str) -> list[Any]:
    values = row.get(name) or []
    if not isinstance(values, list):
        raise ValueError(f"its {name} is {values!r}, not a list")
    return values


def _all_texts(name: str, values: Sequence[Any]) -> tuple[str, ...]:
    """Return what must be texts, with their white space collapsed."""
    if not values or not all(isinstance(one, str) and one.strip() for one in values):
        raise ValueError(f"its {name} holds {values!r}, where only texts may stand")
    return tuple(" ".join(one.split()) for one in values)
