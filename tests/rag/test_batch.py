from __future__ import annotations

import pytest

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.rag.batch import Row, answer_lines
from sstc_chat.rag.output import Json


def echo(row: Row) -> Json:
    """Answer with what was asked, and refuse the empty question as the engine does."""
    if not row.question:
        raise QuestionError("The question is empty.")
    return {"id": row.id, "asked": row.question, "history": list(row.history)}


def test_answers_come_in_the_order_of_the_questions() -> None:
    lines = ['{"id": "a", "question": "One?"}', "  ", '{"id": 2, "question": "Two?", "history": ["One?"]}']
    assert list(answer_lines(lines, echo)) == [
        {"id": "a", "asked": "One?", "history": []},
        {"id": 2, "asked": "Two?", "history": ["One?"]},
    ]


@pytest.mark.parametrize(
    ("line", "identity", "message"),
    [
        pytest.param("not json", None, "Expecting value", id="not JSON"),
        pytest.param('{"id": 1, "question": "Half', None, "Unterminated", id="half a line"),
        pytest.param("[1, 2]", None, "not an object with a question", id="not an object"),
        pytest.param('{"id": 4}', 4, "not an object with a question", id="no question"),
        pytest.param('{"id": 5, "question": 6}', 5, "not an object with a question", id="a number"),
        pytest.param('{"id": 6, "question": "?", "history": "x"}', 6, "history", id="bad history"),
        pytest.param('{"id": 7, "question": ""}', 7, "The question is empty", id="an empty question"),
        pytest.param("[" * 100_000, None, "not as it should be", id="deep nesting"),
    ],
)
def test_a_bad_line_spoils_only_itself(line: str, identity: object, message: str) -> None:
    good = '{"id": "good", "question": "One?"}'
    before, wrong, after = answer_lines([good, line, good], echo)
    assert before == after == {"id": "good", "asked": "One?", "history": []}
    assert (wrong["id"], wrong["line"]) == (identity, 2)
    assert message in wrong["error"]
