"""A report as text for a terminal, as a page in Markdown, and as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sstc_chat.rag.evaluation.report import Report, SetReport
from sstc_chat.rag.evaluation.tables import Table, curve_table, measured_table, tables_of
from sstc_chat.rag.output import Json

FENCE = "```"
PREFACE = """\
# How well it answers

Written by `sstc-chat evaluate FILE… --write PAGE`, never by hand. A figure stands with its 95% interval, by
bootstrap over the questions; `n` is how many questions there are, of which a figure may concern a part.

- **right**: shown and answering, or rightly refused. Answering means that each piece of evidence stands in
  the quotes; or that a quote from the right document holds the short answer; or that a quote touches a line
  of the answer.
- **first quote right**: it holds a piece of the evidence, or the short answer, or touches a line of the
  answer.
- **words**, **quotes**: how many an answer shows.
- **false refusal**: the share refused of what can be answered. **false answer**: the share answered of what
  cannot.
- **AUROC**: how often a question that can be answered has more confidence than one that cannot.
- **coverage**, **risk**: the share that is answered, and the share of these answers that is wrong, at the
  threshold that is set. **risk area**: the mean risk over all coverages (less is better); a refused question
  counts with what came nearest.
- **hit@k**, **MRR**: whether the right document (for evidence: a passage with its first piece) is among the
  first k, and the mean of one divided by its rank, among 50 passages.
- **precision**, **recall**, **F**: over the lines of all questions together, when only the right page is
  asked.
- **naive**: windows of 800 characters that overlap by 100, the encoder for English, and as the answer the
  nearest passage, or the nearest three.
"""
CURVE = """\
```mermaid
xychart-beta
    title "{name}: risk by coverage"
    x-axis "coverage in %" {first} --> 100
    y-axis "wrong answers in %" 0 --> 100
    line [{risks}]
```
"""


def as_text(report: Report) -> str:
    """Return `report` as tables for a terminal."""
    parts = [
        "\n\n".join([f"== {one.name}", *map(aligned, tables_of(one)), aligned(curve_table(one))])
        for one in report.sets
    ]
    return "\n\n".join([*parts, _citations(report)])


def as_markdown(report: Report) -> str:
    """Return `report` as a page that explains itself."""
    parts = [PREFACE, f"{_citations(report)}\n", *map(_section, report.sets)]
    return "\n".join([*parts, _ruled(measured_table(report), 2)])


def as_object(report: Report) -> Json:
    """Return `report` as a JSON object."""
    return asdict(report)


def aligned(table: Table) -> str:
    """Return a table in columns, the first to the left and the others to the right."""
    rows = [table.columns, *table.rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    lines = ["  ".join(_padded(row, widths)).rstrip() for row in rows]
    return "\n".join([table.title, *lines])


def _section(report: SetReport) -> str:
    risks = ", ".join(f"{100 * one.risk:.0f}" for one in report.curve)
    first = f"{100 * report.curve[0].coverage:.0f}"
    curve = CURVE.format(name=" ".join(report.name.split()).replace('"', "'"), first=first, risks=risks)
    tables = [_ruled(table) for table in (*tables_of(report), curve_table(report))]
    return "\n".join([f"## {_escaped(report.name)}\n", *tables, curve])


def _citations(report: Report) -> str:
    checked, wrong = report.citations.checked, report.citations.wrong
    return f"{checked:,} citations were checked against the source; {wrong:,} are not what it says."


def _padded(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.rjust(width) if place else cell.ljust(width)


def _ruled(table: Table, depth: int = 3) -> str:
    """Return a table in Markdown, under a heading of a depth."""
    rows = [table.columns, ("---",) * len(table.columns), *table.rows]
    lines = ["| " + " | ".join(map(_escaped, row)) + " |" for row in rows]
    return "\n".join([f"{'#' * depth} {table.title}\n", *lines, ""])


def _escaped(text: str) -> str:
    """Return `text` so that nothing in it is taken for Markdown, a cell's edge or a line's end."""
    line = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in line)
