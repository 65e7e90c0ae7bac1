"""Rounds, their figures and their differences, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sstc_chat.rag.evaluation.examining import OURS
from sstc_chat.rag.evaluation.report import Citations, Corpus, Figure, SetReport
from sstc_chat.rag.evaluation.tables import Table, curve_table, tables_of
from sstc_chat.rag.review.comparing import Comparison
from sstc_chat.rag.review.dossier import Dossier
from sstc_chat.rag.review.findings import Findings
from sstc_chat.rag.review.types import VERDICTS, Rater, Round

CHANGES = {"better": "now right", "worse": "now wrong", "quotes": "other quotes"}
LONGEST_CELL = 70


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
        yield _figures("Citations", "verdict", dossier.verdicts.support)
    agreement = dossier.verdicts.agreement if dossier.verdicts else None
    if agreement:
        yield _confusion(agreement.table, [one.name for one in dossier.raters])
        yield _figures("Agreement, intervals drawn by question", "figure", agreement.figures)
        yield _figures("Agreement, intervals by formula", "figure", agreement.by_formula)


def comparison_tables(comparison: Comparison) -> Iterator[Table]:
    """Yield the figures of two rounds and the questions whose answers changed."""
    figures = [
        (name, f"{one.before:.3f}", f"{one.after:.3f}", _interval(one.difference, "+.3f"))
        for name, one in comparison.figures.items()
    ]
    yield Table("Figures", ("figure", "before", "after", "difference"), tuple(figures))
    changed = [
        (CHANGES[one.change], one.after.task.language, _short(one.after.task.question))
        for one in comparison.pairings
        if one.change in CHANGES
    ]
    yield Table("Questions", ("what changed", "language", "question"), tuple(changed))


def summary(comparison: Comparison) -> str:
    """Return in a few lines what a comparison comes to."""
    better, worse = comparison.count("better"), comparison.count("worse")
    return (
        f"{len(comparison.pairings):,} questions are in both rounds: {better:,} now right, {worse:,} now "
        f"wrong (McNemar's test, exact: p = {comparison.chance:.3f}), {comparison.count('quotes'):,} with "
        "other quotes.\n"
        f"Left out, since they are in one round only: {comparison.only_before:,} of the first, "
        f"{comparison.only_after:,} of the second."
    )


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
            _interval(one.right),
        )
        for one in findings.calibration
    ]
    return Table("Calibration", ("confidence", "n", "mean", "right"), tuple(rows))


def _raters(raters: Sequence[Rater], items: int) -> Table:
    rows = [(one.name, f"{one.judged:,} of {items:,}", one.handed_in or "not yet") for one in raters]
    return Table("Raters", ("rater", "judged", "handed in"), tuple(rows))


def _confusion(table: Sequence[Sequence[int]], names: Sequence[str]) -> Table:
    rows = [(verdict, *map(str, counts)) for verdict, counts in zip(VERDICTS, table, strict=True)]
    return Table(f"{names[0]} (rows) and {names[1]} (columns)", ("", *VERDICTS), tuple(rows))


def _figures(title: str, head: str, figures: Mapping[str, Figure]) -> Table:
    rows = [(name.replace("_", " "), str(one.over), _interval(one)) for name, one in figures.items()]
    return Table(title, (head, "n", "value"), tuple(rows))


def _interval(figure: Figure, form: str = ".3f") -> str:
    return f"{figure.value:{form}} ({figure.low:{form}} to {figure.high:{form}})"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CELL else f"{line[: LONGEST_CELL - 1]}…"
