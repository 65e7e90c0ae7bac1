"""How far two raters agree: the share of items, and Cohen's kappa, which takes out what chance explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from sstc_chat.rag.evaluation.bootstrap import LEVEL, Numbers, Statistic, estimate
from sstc_chat.rag.evaluation.formulas import Ratio
from sstc_chat.rag.evaluation.report import Figure
from sstc_chat.rag.review.types import VERDICTS, Verdict

SIZE = len(VERDICTS)
_STEPS = np.abs(np.subtract.outer(np.arange(SIZE), np.arange(SIZE))).astype(np.float64)
# How much each pair of verdicts disagrees: wholly, or by the steps that lie between them.
DISAGREEMENTS: Mapping[str, Numbers] = {
    "kappa": (_STEPS > 0).astype(np.float64),
    "weighted_kappa": _STEPS / (SIZE - 1),
}


@dataclass(frozen=True)
class Pair:
    """What two raters, or two rounds, say of the same item, and the question that it belongs to."""

    place: int
    first: Verdict
    second: Verdict

    @property
    def differs(self) -> bool:
        """Whether they are not the same."""
        return self.first != self.second


@dataclass(frozen=True)
class Agreement:
    """How far two raters agree, or two rounds.

    Attributes
    ----------
    table
        How many items have each pair of verdicts: a row for each verdict of the first, a column for each of
        the second, in the order of `VERDICTS`.
    figures
        `agreement`, `kappa` and `weighted_kappa`, over the items. Their 95% intervals are drawn by
        question, for the items of one answer are not independent. One that is undefined is left out: all of
        them where there are no items, both kappas where both raters gave every item the same verdict.
    by_formula
        Both kappas with the interval of Fleiss, Cohen and Everitt, which takes items as independent.
    """

    table: tuple[tuple[int, ...], ...]
    figures: Mapping[str, Figure]
    by_formula: Mapping[str, Figure]


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa: one minus the disagreement that is there over that which chance would bring.

    Cohen 1960, A Coefficient of Agreement for Nominal Scales; with disagreements that weigh differently,
    Cohen 1968, Weighted Kappa.

    Attributes
    ----------
    tables
        The table of each question, flattened, shape (questions, verdicts²).
    disagreement
        From 0 to 1 for each pair of verdicts, shape (verdicts, verdicts).
    """

    tables: Numbers
    disagreement: Numbers

    @property
    def over(self) -> int:
        """How many items have a part in it."""
        return int(self.tables.sum())

    def values(self, counts: Numbers) -> Numbers:
        """Return the kappa of each draw, shape (draws,)."""
        tables = (counts @ self.tables).reshape(-1, SIZE, SIZE)
        rows, columns = tables.sum(axis=2), tables.sum(axis=1)
        seen = (tables * self.disagreement).sum(axis=(1, 2)) * tables.sum(axis=(1, 2))
        by_chance = np.einsum("di,ij,dj->d", rows, self.disagreement, columns)
        with np.errstate(invalid="ignore"):
            values: Numbers = 1 - seen / by_chance
        return values


def agreement_of(pairs: Sequence[Pair]) -> Agreement:
    """Return how far the verdicts of `pairs` agree."""
    tables = _tables(pairs)
    table = tables.sum(axis=0).reshape(SIZE, SIZE)
    agreed = (tables * (np.eye(SIZE).ravel())).sum(axis=1)
    statistics: dict[str, Statistic] = {"agreement": Ratio.of(agreed, tables.sum(axis=1))}
    statistics |= {name: Kappa(tables, weights) for name, weights in DISAGREEMENTS.items()}
    drawn = estimate(statistics, len(tables)) if pairs else {}
    figures = {name: replace(figure, over=len(pairs)) for name, figure in drawn.items()}
    return Agreement(
        table=tuple(tuple(int(count) for count in row) for row in table),
        figures=figures,
        by_formula={
            name: kappa_by_formula(table, weights)
            for name, weights in DISAGREEMENTS.items()
            if name in figures
        },
    )


def kappa_by_formula(table: Numbers, disagreement: Numbers) -> Figure:
    """Return kappa with its interval for many independent items.

    κ ± 1.96 standard errors, held within −1 and 1. The standard error is that of Fleiss, Cohen and Everitt
    1969, Large Sample Standard Errors of Kappa and Weighted Kappa, formula 14 (8 where all disagreements
    weigh the same). It is zero where the raters agree on everything.

    Parameters
    ----------
    table
        How many items have each pair of verdicts, shape (verdicts, verdicts).
    disagreement
        From 0 to 1 for each pair.
    """
    total, weights = table.sum(), 1 - disagreement
    shares = table / total
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    by_chance = rows @ weights @ columns
    kappa = ((shares * weights).sum() - by_chance) / (1 - by_chance)
    leaning = np.add.outer(weights @ columns, rows @ weights) * (1 - kappa)
    spread = (shares * (weights - leaning) ** 2).sum() - (kappa - by_chance * (1 - kappa)) ** 2
    error = np.sqrt(max(spread, 0.0) / total) / (1 - by_chance)
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * error
    return Figure(float(kappa), float(max(-1, kappa - half)), float(min(1, kappa + half)), int(total))


def _tables(pairs: Sequence[Pair]) -> Numbers:
    """Return the table of each question, flattened, shape (questions, verdicts²)."""
    places = {place: number for number, place in enumerate(dict.fromkeys(one.place for one in pairs))}
    tables = np.zeros((len(places), SIZE * SIZE))
    for one in pairs:
        cell = VERDICTS.index(one.first) * SIZE + VERDICTS.index(one.second)
        tables[places[one.place], cell] += 1
    return tables
