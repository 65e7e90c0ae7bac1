"""Every character of a line knows the characters of the source behind it."""

from __future__ import annotations

import pytest

from sstc_chat.corpus.reading import read
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.corpus.types import Spans
from sstc_chat.index.types import Line
from sstc_chat.ui.reading.runs import Run, runs_of


def line_of(text: str, spans: Spans) -> Line:
    return Line(0, "", "d", (), None, 0, "paragraph", text, spans)


@pytest.mark.parametrize(
    ("source", "text", "spans", "expected"),
    [
        pytest.param("..One two.", "One two.", ((2, 10),), [Run("One two.", 2, 10)], id="verbatim"),
        pytest.param(
            r"It has \$5.",
            "It has $5.",
            ((0, 11),),
            [Run("It has ", 0, 7), Run("$", 7, 9), Run("5.", 9, 11)],
            id="escape",
        ),
        pytest.param(
            "In [Kenya](#) now",
            "In Kenya now",
            ((0, 17),),
            [Run("In ", 0, 3), Run("Kenya", 4, 9), Run(" now", 13, 17)],
            id="link",
        ),
        pytest.param(
            "One\n\ntwo",
            "One two",
            ((0, 8),),
            [Run("One ", 0, 4), Run("two", 5, 8)],
            id="white space",
        ),
        pytest.param(
            "One CAPTION two",
            "One two",
            ((0, 4), (12, 15)),
            [Run("One ", 0, 4), Run("two", 12, 15)],
            id="around a caption",
        ),
        pytest.param("Bhāṣā 🌍 ok", "Bhāṣā 🌍 ok", ((0, 10),), [Run("Bhāṣā 🌍 ok", 0, 10)], id="code points"),
        pytest.param(
            "what it says",
            "something else",
            ((0, 12),),
            [Run("something else", 0, 12)],
            id="unlike",
        ),
    ],
)
def test_runs(source: str, text: str, spans: Spans, expected: list[Run]) -> None:
    assert runs_of(line_of(text, spans), source) == expected


def test_the_whole_report_in_runs() -> None:
    """No character is lost, and a run as long as its range is that range of the source."""
    document = shipped_report()
    for sentence in read(document).sentences:
        runs = runs_of(line_of(sentence.text, sentence.spans), document.text)
        assert "".join(run.text for run in runs) == sentence.text
        for run in runs:
            behind = document.text[run.start : run.end]
            if len(run.text) == len(behind):
                assert " ".join(run.text.split()) == " ".join(behind.split())
            else:
                assert (len(run.text), behind[0]) == (1, "\\")
