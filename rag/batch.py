"""Many questions from a file of JSON lines, one JSON line back for each, in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.rag.output import Json


@dataclass(frozen=True)
class Row:
    """One question of a batch."""

    id: object
    question: str
    history: tuple[str, ...]


def answer_lines(lines: Iterable[str], answer: Callable[[Row], Json]) -> Iterator[Json]:
    """Yield one object for each line that is not blank: an answer, or what was wrong with it."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer_line(number, line, answer)


def _answer_line(number: int, line: str, answer: Callable[[Row], Json]) -> Json:
    identity: object = None
    try:
        fields = json.loads(line)
        if isinstance(fields, dict):
            identity = fields.get("id")
        return answer(_row(fields))
    except SSTCChatError as error:
        message = str(error)
    except (ValueError, RecursionError) as error:
        message = f"The line is not as it should be: {error}. Give {EXAMPLE}"
    return {"id": identity, "line": number, "error": message}


EXAMPLE = '{"id": "1", "question": "…", "history": ["…"]}.'


def _row(fields: object) -> Row:
    if not isinstance(fields, dict) or not isinstance(fields.get("question"), str):
        raise ValueError("it is not an object with a question")
    history = fields.get("history") or []
    if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
        raise ValueError("its history is not a list of questions")
    return Row(fields.get("id"), fields["question"], tuple(history))
