"""The second step: what came out of a round, in tables; the same numbers are drawn beside them."""

from __future__ import annotations

from sstc_chat.rag.review.dossier import Dossier
from sstc_chat.rag.review.findings import Findings
from sstc_chat.ui.desk.pieces import figure_columns, figure_rows, language_name, table, written
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join


def title_html(dossier: Dossier, words: Words) -> Html:
    """Return which round it is, and how much of it was asked."""
    found = dossier.round
    name = words("desk.round_name", number=found.number, name=found.name)
    asked = words("desk.asked_of", asked=f"{found.answered:,}", size=f"{len(found.questions.tasks):,}")
    return join(element("h2", name, tabindex="-1", dir="auto"), element("p", asked, class_="hint"))


def figure_tables(dossier: Dossier, words: Words) -> list[Html]:
    """Return all figures, those of each language, the risk at each coverage, and the calibration."""
    findings = dossier.findings
    if findings is None:
        return [element("p", words("desk.nothing_asked"), class_="hint")]
    whole = figure_rows(findings.groups[0].figures, words)
    return [
        table(words("desk.figures"), figure_columns(words), whole),
        table(words("desk.by_language"), figure_columns(words), _languages(findings)),
        _calibration(findings, words),
        _curve(findings, words),
    ]


def _languages(findings: Findings) -> list[tuple[str, ...]]:
    return [(language_name(name), *written(one), f"{one.over:,}") for name, one in findings.languages.items()]


def _calibration(findings: Findings, words: Words) -> Html:
    rows = [
        (
            f"{one.low:.1f} – {one.high:.1f}",
            f"{one.confidence:.2f}",
            *written(one.right),
            f"{one.right.over:,}",
        )
        for one in findings.calibration
    ]
    columns = ("desk.confidence", "desk.mean_confidence", "desk.share_right", "desk.interval", "desk.over")
    return table(words("desk.calibration"), [*map(words, columns)], rows)


def _curve(findings: Findings, words: Words) -> Html:
    rows = [(f"{one.coverage:.2f}", f"{one.risk:.2f}", f"{one.confidence:.2f}") for one in findings.curve]
    columns = ("desk.figure_coverage", "desk.figure_risk", "desk.confidence_from")
    return table(words("desk.curve"), [*map(words, columns)], rows)
