"""One figure of a text, and when two of them say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

IN_SMALLER_UNITS = {"week": ("day", 7), "year": ("month", 12), "hour": ("minute", 60)}


@dataclass(frozen=True)
class Figure:
    """A number as it stands in a text.

    Attributes
    ----------
    values
        What it may be.
    start, end
        Where it stands.
    percent
        Whether it is a share of a hundred.
    unit
        The unit of time behind it, such as `day`; empty where there is none.
    month
        Whether it may be the month of a date.
    """

    values: frozenset[float]
    start: int
    end: int
    percent: bool = False
    unit: str = ""
    month: bool = False

    def agrees(self, other: Figure) -> bool:
        """Whether `other` is of the same value and, where both say it, of the same kind."""
        if self.unit and other.unit:
            return bool(self.durations & other.durations)
        return bool(self.values & other.values) and self.percent == other.percent

    @property
    def durations(self) -> frozenset[tuple[str, float]]:
        """How long a time it may be: two weeks are 14 days, two years 24 months."""
        base, factor = IN_SMALLER_UNITS.get(self.unit, (self.unit, 1))
        return frozenset((base, value * factor) for value in self.values)


def missing_from(figure: Figure, others: Sequence[Figure], months: frozenset[int]) -> bool:
    """Whether none of `others` is `figure`, nor one of `months`, where it may be the month of a date."""
    return not any(figure.agrees(other) for other in others) and not (figure.month and figure.values & months)
