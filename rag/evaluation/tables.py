"""A report as tables: the same for a terminal and for a page in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sstc_chat.rag.evaluation.report import Figure, Group, Report, SetReport

# For each table of a set its title, and its columns by the figure they hold.
TABLES: Mapping[str, Mapping[str, str]] = {
    "Answers": {
        "right": "right",
        "first_right": "first quote right",
        "words": "words",
        "quotes": "quotes",
    },
    "Refusals": {
        "false_refusal": "false refusal",
        "false_answer": "false answer",
        "auroc": "AUROC",
        "coverage": "coverage",
        "risk": "risk",
        "risk_area": "risk area",
    },
    "Retrieval": {"hit@1": "hit@1", "hit@5": "hit@5", "mrr": "MRR"},
    "Choice of sentences, the page being given": {
        "sentence_precision": "precision",
        "sentence_recall": "recall",
        "sentence_f": "F",
    },
    "No answer, the page being given": {
        "no_answer_precision": "precision",
        "no_answer_recall": "recall",
        "no_answer_f": "F",
    },
}
COMPARED = {
    "right": "right",
    "words": "words",
    "hit@1": "hit@1",
    "hit@5": "hit@5",
    "mrr": "MRR",
    "auroc": "AUROC",
    "sentence_f": "F of sentences",
}
# What is counted and not shared out.
COUNTS = {"words", "quotes"}


@dataclass(frozen=True)
class Table:
    """A title, the names of the columns, and rows of as many cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_of(report: SetReport) -> Iterator[Table]:
    """Yield the tables of a set that have anything in them, and the comparison with the baseline."""
    ours, *others = report.systems
    for title, columns in TABLES.items():
        rows = [
            (group.name, str(group.questions), *_cells(group, columns))
            for group in report.systems[ours]
            if columns.keys() & group.figures.keys()
        ]
        if rows:
            yield Table(title, ("questions", "n", *columns.values()), tuple(rows))
    if others:
        yield _comparison(report)


def curve_table(report: SetReport, step: int = 2) -> Table:
    """Return every `step`th point of the risk–coverage curve, and how it stands at the threshold."""
    ours = next(iter(report.systems.values()))[0].figures
    points = report.curve[::-step][::-1]
    rows = [(_share(one.coverage), _share(one.risk), _share(one.confidence)) for one in points]
    if {"coverage", "risk"} <= ours.keys():
        rows.append((_share(ours["coverage"].value), _share(ours["risk"].value), "as it is set"))
    return Table("Risk and coverage", ("coverage", "risk", "confidence from"), tuple(rows))


def measured_table(report: Report) -> Table:
    """Return what was measured: versions, settings and sums."""
    rows = [("version", report.version), ("code", report.code)]
    rows += [(name.replace("_", " "), _setting(value)) for name, value in report.settings.items()]
    for one in report.sets:
        rows.append((f"{one.name}: questions", f"{one.questions:,}, file {one.sha256}"))
        corpus = f"{one.corpus.documents:,} in {one.corpus.name}, {one.corpus.sha256}"
        rows.append((f"{one.name}: documents", corpus))
        rows += [(f"{one.name}: {name}", value) for name, value in one.fingerprint.items()]
    return Table("What was measured", ("what", "value"), tuple(rows))


def _comparison(report: SetReport) -> Table:
    known = {
        name
        for groups in report.systems.values()
        for group in groups
        for name in group.figures.keys() & COMPARED.keys()
    }
    columns = {name: column for name, column in COMPARED.items() if name in known}
    rows = [
        (group.name, system, *_cells(group, columns))
        for place in range(len(next(iter(report.systems.values()))))
        for system, groups in report.systems.items()
        for group in (groups[place],)
    ]
    return Table("Beside the naive way", ("questions", "system", *columns.values()), tuple(rows))


def _cells(group: Group, columns: Mapping[str, str]) -> Iterator[str]:
    for name in columns:
        figure = group.figures.get(name)
        yield _cell(figure, _count if name in COUNTS else _share) if figure else "–"


def _cell(figure: Figure, written: Callable[[float], str]) -> str:
    return f"{written(figure.value)} ({written(figure.low)}–{written(figure.high)})"


def _share(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")


def _count(value: float) -> str:
    return f"{value:.1f}"


def _setting(value: object) -> str:
    return "all" if value is None else str(value)
