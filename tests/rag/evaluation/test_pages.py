"""What is printed and written of a report."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sstc_chat.corpus.errors import EvaluationError
from sstc_chat.rag.evaluation.command import publish
from sstc_chat.rag.evaluation.pages import as_markdown, as_object, as_text
from sstc_chat.rag.evaluation.report import Citations, Report

TEXT = """\
== small

Answers
questions  n          right  first quote right  words  quotes
all        4  .90 (.80–1.00)                  –      –       –

Refusals
questions  n  false refusal  false answer  AUROC       coverage           risk  risk area
all        4              –             –      –  .90 (.80–1.00)  .90 (.80–1.00)          –

Beside the naive way
questions              system           right
all                 SSTC Chat  .90 (.80–1.00)
all        naive, one passage  .25 (.00–.75)

Risk and coverage
coverage  risk  confidence from
1.00       .25              .10
.90        .90     as it is set

5 citations were checked against the source; 0 are not what it says."""


def test_a_terminal_shows_aligned_tables(small_report: Report) -> None:
    assert [line.split() for line in as_text(small_report).split("\n")] == [
        line.split() for line in TEXT.split("\n")
    ]
    columns = [line for line in as_text(small_report).split("\n") if "(.80–1.00)" in line]
    assert columns[0].index(".90") == as_text(small_report).split("\n")[3].index("right") - 9


def test_a_page_holds_the_tables_the_curve_the_settings_and_the_sums(small_report: Report) -> None:
    page = as_markdown(small_report)
    for part in (
        "# How well it answers\n",
        "5 citations were checked against the source; 0 are not what it says.",
        "## small\n",
        "| questions | n | right | first quote right | words | quotes |\n| --- | --- | --- | --- |",
        "| all | 4 | .90 (.80–1.00) | – | – | – |",
        "| all | naive, one passage | .25 (.00–.75) |",
        '```mermaid\nxychart-beta\n    title "small: risk by coverage"\n',
        '    x-axis "coverage in %" 50 --> 100\n',
        "    line [0, 25]\n```",
        "## What was measured\n",
        "| version | 1.2.3 |",
        "| code | c0de |",
        "| chunk size | 800 |",
        "| split | all |",
        "| small: questions | 4, file f11e |",
        "| small: documents | 1 in the library, d0c5 |",
        "| small: index | 1dea |",
    ):
        assert part in page, part
    assert max(len(line) for line in page.split("\n")[:30]) <= 110


def test_names_of_files_are_text_and_not_markdown(small_report: Report) -> None:
    name = 'a|b <i>*"\nc'
    page = as_markdown(replace(small_report, sets=(replace(small_report.sets[0], name=name),)))
    assert '## a\\|b \\<i\\>\\*" c\n' in page
    assert 'title "a|b <i>*\' c: risk by coverage"' in page
    rows = [line for line in page.split("\n") if line.startswith("| a\\|b")]
    assert len(rows) == 3
    assert all(line.replace("\\|", "").count("|") == 3 for line in rows)


def test_the_object_holds_everything(small_report: Report) -> None:
    found = json.loads(json.dumps(as_object(small_report)))
    assert found["citations"] == {"checked": 5, "wrong": 0}
    figures = found["sets"][0]["systems"]["SSTC Chat"][0]["figures"]
    assert figures["right"] == {"value": 0.9, "low": 0.8, "high": 1.0, "over": 4}


def test_a_wrong_citation_is_a_failure_after_the_report(
    small_report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    report = replace(small_report, citations=Citations(5, 2))
    with pytest.raises(EvaluationError, match="2 of 5 citations are not what their source says"):
        publish(report, None, json=False)
    assert "5 citations were checked against the source; 2 are not what it says." in capsys.readouterr().out
