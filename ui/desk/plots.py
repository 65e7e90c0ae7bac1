"""The figures of a round as data for Gradio's native plots, which Vega draws in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sstc_chat.rag.review.findings import Findings
from sstc_chat.ui.desk.pieces import language_name
from sstc_chat.ui.languages.words import Words

Plot = dict[str, Any]
Type = Literal["quantitative", "nominal"]


def languages_plot(findings: Findings, words: Words) -> Plot:
    """Return the share that is right in each language, as bars."""
    rows = [[language_name(name), round(one.value, 3)] for name, one in findings.languages.items()]
    return _plot("bar", {words("desk.language"): "nominal", words("desk.figure_right"): "quantitative"}, rows)


def curve_plot(findings: Findings, words: Words) -> Plot:
    """Return the risk at each coverage, as a line."""
    rows = [[round(one.coverage, 3), round(one.risk, 3)] for one in findings.curve]
    return _plot(
        "line",
        {words("desk.figure_coverage"): "quantitative", words("desk.figure_risk"): "quantitative"},
        rows,
    )


def calibration_plot(findings: Findings, words: Words) -> Plot:
    """Return the reliability diagram: what share is right at which confidence, and what should be."""
    seen, wanted = words("desk.seen"), words("desk.wanted")
    rows: list[list[object]] = [[0, 0, wanted], [1, 1, wanted]]
    rows += [[round(one.confidence, 3), round(one.right.value, 3), seen] for one in findings.calibration]
    columns: dict[str, Type] = {
        words("desk.confidence"): "quantitative",
        words("desk.share_right"): "quantitative",
        words("desk.series"): "nominal",
    }
    return _plot("line", columns, rows)


def _plot(mark: str, columns: dict[str, Type], rows: Sequence[Sequence[object]]) -> Plot:
    return {"columns": list(columns), "data": [list(row) for row in rows], "datatypes": columns, "mark": mark}
