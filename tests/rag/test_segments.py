"""The text of an answer is cut at its sentences, and nothing of it is lost."""

from __future__ import annotations

import pytest

from sstc_chat.rag.segments import Segment, segments_of
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, Question


def answer_of(text: str, *sentences: AnswerSentence, citations: int = 2) -> Answer:
    return Answer(
        question=Question("q", "q", "en"),
        refusal=None,
        text=text,
        confidence=1.0,
        sentences=sentences,
        citations=tuple(
            Citation(number, "", "d", "t", "", (), None, ((0, 1),)) for number in range(1, citations + 1)
        ),
        nearest=(),
        fingerprint={},
        milliseconds={},
    )


def quoted(text: str, *numbers: int) -> AnswerSentence:
    return AnswerSentence(text, numbers, "quoted")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(
            answer_of("It says: “One.” [1] “Two.” [2]", quoted("One.", 1), quoted("Two.", 2)),
            [
                Segment("It says: "),
                Segment("“One.”", (1,), quoted=True),
                Segment("“Two.”", (2,), quoted=True),
            ],
            id="quotes",
        ),
        pytest.param(
            answer_of("A: “One [1] and.” [1]", quoted("One [1] and.", 1)),
            [Segment("A: "), Segment("“One [1] and.”", (1,), quoted=True)],
            id="a marker within a quote is part of it",
        ),
        pytest.param(
            answer_of("“One.” [7]", quoted("One.", 7)),
            [Segment("“One.”", (), quoted=True)],
            id="a number without a citation is no citation",
        ),
        pytest.param(
            answer_of("“One.” [2]", quoted("One.", 1)),
            [Segment("“One.”", (), quoted=True)],
            id="nor is one that its sentence does not rest on",
        ),
        pytest.param(
            answer_of("See [1]: “One.” [1] Done.", quoted("One.", 1)),
            [Segment("See [1]: "), Segment("“One.”", (1,), quoted=True), Segment(" Done.")],
            id="what stands around is kept",
        ),
        pytest.param(
            answer_of("Both agree [1] [2]. End", AnswerSentence("Both agree", (1, 2), "supported")),
            [Segment("Both agree", (1, 2)), Segment(". End")],
            id="prose with two markers",
        ),
        pytest.param(
            answer_of("« Un. » [1]", quoted("Un.", 1)),
            [Segment("« Un. »", (1,), quoted=True)],
            id="French marks",
        ),
        pytest.param(
            answer_of("“Same.” [1] “Same.” [2]", quoted("Same.", 1), quoted("Same.", 2)),
            [Segment("“Same.”", (1,), quoted=True), Segment("“Same.”", (2,), quoted=True)],
            id="the same words twice",
        ),
        pytest.param(
            answer_of("Other words.", quoted("One.", 1)),
            [Segment("Other words.")],
            id="a sentence that is not there",
        ),
        pytest.param(
            answer_of("“a.* (b” [1]", quoted("a.* (b", 1)),
            [Segment("“a.* (b”", (1,), quoted=True)],
            id="words that look like a pattern",
        ),
    ],
)
def test_segments(answer: Answer, expected: list[Segment]) -> None:
    assert segments_of(answer) == expected
