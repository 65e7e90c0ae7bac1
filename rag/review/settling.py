"""What two raters differ on, and the verdict that settles it; theirs stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.review import verdicts
from sstc_chat.rag.review.agreement import Pair
from sstc_chat.rag.review.judging import Judgements, Judging
from sstc_chat.rag.review.types import Verdict


def pairs_of(judging: Judging) -> dict[str, Pair]:
    """Return what two raters said of each item; empty where there is one rater.

    Raises
    ------
    ReviewError
        If it is not disclosed.
    """
    said = tuple(judging.everyone().values())
    if len(said) == 1:
        return {}
    first, second = said
    return {
        key: Pair(item.place, first[key].verdict, second[key].verdict) for key, item in judging.items.items()
    }


def differing(judging: Judging) -> list[str]:
    """Return the items on which two raters differ."""
    return [key for key, pair in pairs_of(judging).items() if pair.differs]


def settle(judging: Judging, item: str, verdict: Verdict | None, person: str, note: str = "") -> None:
    """Settle what two raters differ on; None opens it again.

    Raises
    ------
    ReviewError
        If they do not differ on it, it is not disclosed, or the name or the note will not do.
    """
    entry = judging.entry("settler", person, item, verdict, note)
    if item not in differing(judging):
        raise ReviewError(
            f"The raters of round {judging.round.number} agree on {item}: nothing is to be settled."
        )
    with judging.rounds.opened() as connection:
        verdicts.add(connection, judging.round.number, entry)


def settled(judging: Judging) -> Judgements:
    """Return the verdict that settles an item, by item."""
    with judging.rounds.opened() as connection:
        return {one.item: one for one in verdicts.latest(connection, judging.round.number, "settler")}


def final(judging: Judging) -> Mapping[str, Verdict]:
    """Return what holds of each item: what all raters say, or what settles it; not what is still open."""
    said = list(judging.everyone().values())
    open_items = set(differing(judging))
    agreed = {key: one.verdict for key, one in said[0].items() if key not in open_items}
    return agreed | {key: one.verdict for key, one in settled(judging).items() if key in open_items}
