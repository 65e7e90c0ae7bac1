"""Which of the chosen sentences are quoted together, and with what else they need."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from sstc_chat.index.evidence import Evidence
from sstc_chat.rag.choosing.ranking import Ranking

# How many lines of a list are quoted behind the one that leads up to it.
MOST_LINES = 4


def runs(ranking: Ranking, chosen: Sequence[int]) -> list[range]:
    """Return the places to quote together, for each of those chosen that no run before it holds.

    A sentence that points back ("It", "This") comes with the one before it, unless that is a caption or a
    line of a list. One that ends like no sentence comes with the lines behind it, for it leads up to a list;
    an address is complete. Lines that are chosen and follow on one another are quoted as they stand. Runs
    that share a sentence are one.
    """
    evidence = ranking.candidates.evidence
    leaning, fragment = evidence.trait("leaning"), evidence.trait("fragment")
    found: list[range] = []
    for place in chosen:
        back = leaning[place] and evidence.following[place] and not fragment[place - 1]
        if not any(place in one for one in found):
            found = _with(found, range(place - 1 if back else place, _end(evidence, place, chosen)))
    return found


def _end(evidence: Evidence, place: int, chosen: Sequence[int]) -> int:
    """Return the place behind the last one that is quoted with the one at `place`."""
    places = range(place + 1, len(evidence.numbers))
    following = list(takewhile(lambda one: evidence.following[one], places))
    if evidence.lines[place]:
        taken = list(takewhile(lambda one: evidence.lines[one] and one in chosen, following))
    else:
        leading = evidence.trait("fragment")[place] and not evidence.trait("contact")[place]
        taken = following[:MOST_LINES] if leading else []
    return place + 1 + len(taken)


def _with(found: Sequence[range], run: range) -> list[range]:
    """Return `found` with `run`, those that share a place with it taken in where the first of them stands."""
    shared = [one for one in found if one.start < run.stop and run.start < one.stop]
    if not shared:
        return [*found, run]
    whole = range(min(one.start for one in (run, *shared)), max(one.stop for one in (run, *shared)))
    return [whole if one is shared[0] else one for one in found if one not in shared[1:]]
