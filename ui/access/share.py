"""How much is taken from one person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """What is taken from one person, or from one address where nobody says who they are.

    Attributes
    ----------
    a_minute
        How many requests in a minute, of the page and of programs together.
    at_once
        How many that are not answered yet.
    """

    a_minute: int = 600
    at_once: int = 20
