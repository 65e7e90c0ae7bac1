"""Rounds and their figures, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sstc_chat.rag.evaluation.examining import OURS
from sstc_chat.rag.evaluation.report import Citations, Corpus, Figure, SetReport
from sstc_chat.rag.evaluation.tables import Table, curve_table, tables_of
from sstc_chat.rag.review.dossier import Dossier
from sstc_chat.rag.review.findings import Findings
from sstc_chat.rag.review.types import VERDICTS, Rater, Round


def rounds_table(rounds: Sequence[Round]) -> Table:
    """Return the rounds of a home."""
    rows = [
        (str(one.number), one.name, f"{one.answered:,} of {len(one.questions.tasks):,}", one.started)
        for one in rounds
    ]
    return Table("Rounds", ("round", "questions", "asked", "started"), tuple(rows))


def round_tables(dossier: Dossier) -> Iterator[Table]:
    """Yield the figures of a round, and what people said of it as far as it is disclosed."""
    if dossier.findings:
        report = _report(dossier.round, dossier.findings)
        yield from (*tables_of(report), curve_table(report), _calibration(dossier.findings))
    if dossier.raters:
        yield _raters(dossier.raters, len(dossier.items))
    if dossier.verdicts and dossier.verdicts.support:
        yield figures_table("Citations", "verdict", dossier.verdicts.support)
    agreement = dossier.verdicts.agreement if dossier.verdicts else None
    if agreement:
        yield confusion_table(agreement.table, [one.name for one in dossier.raters])
        yield figures_table("Agreement, intervals drawn by question", "figure", agreement.figures)
        yield figures_table("Agreement, intervals by formula", "figure", agreement.by_formula)


def _report(found: Round, findings: Findings) -> SetReport:
    """Return a round as the set of an evaluation, whose tables are made already."""
    return SetReport(
        name=found.name,
        questions=found.answered,
        sha256=found.questions.sha256,
        corpus=Corpus("the library", len(found.origin.documents), ""),
        fingerprint=found.origin.fingerprint,
        citations=Citations(0, 0),
        systems={OURS: findings.groups},
        curve=findings.curve,
    )


def _calibration(findings: Findings) -> Table:
    rows = [
        (
            f"{one.low:.1f} to {one.high:.1f}",
            str(one.right.over),
            f"{one.confidence:.2f}",
            interval(one.right),
        )
        for one in findings.calibration
    ]
    return Table("Calibration", ("confidence", "n", "mean", "right"), tuple(rows))


def _raters(raters: Sequence[Rater], items: int) -> Table:
    rows = [(one.name, f"{one.judged:,} of {items:,}", one.handed_in or "not yet") for one in raters]
    return Table("Raters", ("rater", "judged", "handed in"), tuple(rows))


def confusion_table(table: Sequence[Sequence[int]], names: Sequence[str]) -> Table:
    """Return how many items have each pair of verdicts, of raters or rounds that have `names`."""
    rows = [(verdict, *map(str, counts)) for verdict, counts in zip(VERDICTS, table, strict=True)]
    return Table(f"{names[0]} (rows) and {names[1]} (columns)", ("", *VERDICTS), tuple(rows))


def figures_table(title: str, head: str, figures: Mapping[str, Figure]) -> Table:
    """Return figures with their intervals."""
    rows = [(name.replace("_", " "), str(one.over), interval(one)) for name, one in figures.items()]
    return Table(title, (head, "n", "value"), tuple(rows))


def interval(figure: Figure, form: str = ".3f") -> str:
    """Return a figure with its interval."""
    return f"{figure.value:{form}} ({figure.low:{form}} to {figure.high:{form}})"
