"""Many questions from a file of JSON lines, one JSON line back for each, in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.rag.documents.limits import ALL, Limits
from sstc_chat.rag.output import Json


@dataclass(frozen=True)
class Row:
    """One question of a batch."""

    id: object
    question: str
    history: tuple[str, ...]
    limits: Limits = ALL


def answer_lines(lines: Iterable[str], answer: Callable[[Row], Json], limits: Limits = ALL) -> Iterator[Json]:
    """Yield one object for each line that is not blank: an answer, or what was wrong with it.

    `limits` hold for questions that bring none of their own.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer_line(number, line, answer, limits)


def _answer_line(number: int, line: str, answer: Callable[[Row], Json], limits: Limits) -> Json:
    identity: object = None
    try:
        fields = json.loads(line)
        if isinstance(fields, dict):
            identity = fields.get("id")
        return answer(_row(fields, limits))
    except SSTCChatError as error:
        message = str(error)
    except (ValueError, RecursionError) as error:
        message = f"The line is not as it should be: {error}. Give {EXAMPLE}"
    return {"id": identity, "line": number, "error": message}


EXAMPLE = '{"id": "1", "question": "…", "history": ["…"], "languages": ["fr"]}.'


def _row(fields: object, limits: Limits) -> Row:
    if not isinstance(fields, dict) or not isinstance(fields.get("question"), str):
        raise ValueError("it is not an object with a question")
    history = _texts(fields, "history")
    own = Limits(*(_texts(fields, name) for name in ("documents", "languages", "years")))
    return Row(fields.get("id"), fields["question"], history, own or limits)


def _texts(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = fields.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"its {name} is not a list of texts")
    return tuple(value)
