"""What was checked, how it is, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["good", "note", "wrong"]


@dataclass(frozen=True)
class Diagnosis:
    """One thing that was checked.

    Attributes
    ----------
    what
        Its name.
    state
        `wrong` keeps the program from its work; a `note` is for whoever did not mean it so.
    said
        How it is.
    remedy
        What to do; empty where nothing need be done.
    """

    what: str
    state: State
    said: str
    remedy: str = ""
