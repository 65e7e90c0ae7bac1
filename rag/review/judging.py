"""Raters judge blind to each other: what others said is shown to nobody until all have handed in.

From then on no verdict changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.review import verdicts
from sstc_chat.rag.review.items import items_of
from sstc_chat.rag.review.names import checked_name, checked_note
from sstc_chat.rag.review.rounds import Rounds, now
from sstc_chat.rag.review.types import VERDICTS, Item, Judgement, Rater, Round, Verdict
from sstc_chat.rag.review.verdicts import Entry, Role

# What one person said, by item.
Judgements = Mapping[str, Judgement]


@dataclass(frozen=True)
class Judging:
    """A round whose questions have all been asked, and what there is to judge in it."""

    rounds: Rounds
    round: Round
    items: Mapping[str, Item]

    def raters(self) -> list[Rater]:
        """Return who judges and how far they are, in the order in which they began; not what they said."""
        with self.rounds.opened() as connection:
            return verdicts.raters_of(connection, self.round.number)

    def is_disclosed(self) -> bool:
        """Whether as many raters as the round has have handed in, so that all may see what all said."""
        return len(_done(self.raters())) >= self.rounds.get(self.round.number).raters

    def own(self, rater: str) -> Judgements:
        """Return what a rater said."""
        name = checked_name(rater)
        with self.rounds.opened() as connection:
            said = verdicts.latest(connection, self.round.number, "rater")
        return {one.item: one for one in said if one.person == name}

    def everyone(self) -> Mapping[str, Judgements]:
        """Return what each of those who handed in said.

        Raises
        ------
        ReviewError
            If it is not disclosed.
        """
        if not self.is_disclosed():
            raise ReviewError(
                f"Round {self.round.number} is judged blind: nobody sees what others said until "
                f"{self.round.raters} raters have handed in, or it is closed with those who have."
            )
        return {rater.name: self.own(rater.name) for rater in _done(self.raters())}

    def judge(self, rater: str, item: str, verdict: Verdict | None, note: str = "") -> None:
        """Keep what a rater says of an item; None takes it back.

        Raises
        ------
        ReviewError
            If there is no such item or verdict, the name or the note will not do, the rater has handed in, or
            the round has its raters already.
        """
        entry = self.entry("rater", rater, item, verdict, note)
        with self.rounds.opened() as connection:
            self._check_may_judge(connection, entry.person)
            verdicts.add(connection, self.round.number, entry)

    def undo(self, rater: str) -> str | None:
        """Take back what a rater said last, and return of which item; None where there is nothing.

        Raises
        ------
        ReviewError
            If the rater has handed in.
        """
        latest = next(reversed([*self.own(rater)]), None)
        if latest:
            self.judge(rater, latest, None)
        return latest

    def hand_in(self, rater: str) -> None:
        """Say that a rater is done: from now on nothing that they said changes.

        Raises
        ------
        ReviewError
            If they have not judged everything, or have handed in before.
        """
        name = checked_name(rater)
        left = len(self.items) - len(self.own(name))
        if left:
            raise ReviewError(f"{name} has {left:,} of {len(self.items):,} citations left. Judge them first.")
        with self.rounds.opened() as connection:
            self._check_may_judge(connection, name)
            verdicts.hand_in(connection, self.round.number, name, now())

    def close(self) -> None:
        """Wait for no more raters: those who have handed in are all there are.

        Raises
        ------
        ReviewError
            If nobody has handed in.
        """
        done = len(_done(self.raters()))
        if not done:
            raise ReviewError(f"Nobody has handed in round {self.round.number}. Judge it first.")
        self.rounds.limit_raters(self.round.number, done)

    def entry(self, role: Role, person: str, item: str, verdict: Verdict | None, note: str) -> Entry:
        """Return a verdict as it is logged, checked."""
        if item not in self.items or (verdict is not None and verdict not in VERDICTS):
            raise ReviewError(
                f"Round {self.round.number} has no citation {item!r} to be found {verdict!r}. "
                f"A citation is named like 1.1.1, a verdict is {', '.join(VERDICTS)}."
            )
        return Entry(role, checked_name(person), item, verdict, checked_note(note), now())

    def _check_may_judge(self, connection: sqlite3.Connection, name: str) -> None:
        raters = verdicts.raters_of(connection, self.round.number)
        if any(one.name == name and one.handed_in for one in raters):
            raise ReviewError(
                f"{name} has handed in round {self.round.number}; it can no longer be changed.",
                reason="handed_in",
            )
        others = [one.name for one in raters if one.name != name]
        if len(others) >= verdicts.raters_wanted(connection, self.round.number):
            raise ReviewError(
                f"Round {self.round.number} has its raters: {', '.join(others)}. Start a round of your own.",
                reason="complete",
            )


def open_judging(rounds: Rounds, number: int) -> Judging:
    """Return the judging of a round.

    Raises
    ------
    ReviewError
        If there is no such round, or some of its questions have not been asked.
    """
    found = rounds.get(number)
    if not found.finished:
        raise ReviewError(
            f"Round {number} has asked {found.answered:,} of {len(found.questions.tasks):,} questions. "
            f"Let it ask the others: sstc-chat rounds continue {number}"
        )
    return Judging(rounds, found, {item.id: item for item in items_of(rounds.replies(number))})


def _done(raters: Sequence[Rater]) -> list[Rater]:
    return [rater for rater in raters if rater.handed_in]
