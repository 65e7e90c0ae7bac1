"""All that is known of a round in one piece, for whoever looks at it, exports it or prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sstc_chat.rag.evaluation.report import Figure
from sstc_chat.rag.review.agreement import Agreement, agreement_of
from sstc_chat.rag.review.findings import Findings, findings_of, support_of
from sstc_chat.rag.review.judging import Judgements, Judging, open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.settling import differing, final, pairs_of, settled
from sstc_chat.rag.review.types import Item, Rater, Reply, Round, Verdict


@dataclass(frozen=True)
class Verdicts:
    """What people said of a round, disclosed.

    Attributes
    ----------
    by_rater
        What each said.
    agreement
        How far two of them agree; None where there was one.
    differing
        The items on which they differ.
    settled
        The verdicts that settle these, as far as they are settled.
    final
        What holds of each item.
    support
        The share of the items of which each verdict holds.
    """

    by_rater: Mapping[str, Judgements]
    agreement: Agreement | None
    differing: tuple[str, ...]
    settled: Judgements
    final: Mapping[str, Verdict]
    support: Mapping[str, Figure]


@dataclass(frozen=True)
class Dossier:
    """A round: its questions and answers, its figures, and what people said of it.

    Attributes
    ----------
    findings
        None where nothing has been asked yet.
    items, raters
        Empty until every question has been asked.
    verdicts
        None until all raters have handed in.
    """

    round: Round
    replies: Mapping[int, Reply]
    findings: Findings | None
    items: Mapping[str, Item]
    raters: tuple[Rater, ...]
    verdicts: Verdicts | None


def dossier_of(rounds: Rounds, number: int) -> Dossier:
    """Return the dossier of a round; what raters said is in it when it is disclosed, and not before.

    Raises
    ------
    ReviewError
        If there is no such round.
    """
    found, replies = rounds.get(number), rounds.replies(number)
    findings = findings_of(tuple(replies.values())) if replies else None
    if not found.finished:
        return Dossier(found, replies, findings, {}, (), None)
    judging = open_judging(rounds, number)
    verdicts = _verdicts(judging) if judging.is_disclosed() else None
    return Dossier(found, replies, findings, judging.items, tuple(judging.raters()), verdicts)


def _verdicts(judging: Judging) -> Verdicts:
    pairs, holds = pairs_of(judging), final(judging)
    said = judging.everyone()
    return Verdicts(
        by_rater=said,
        agreement=agreement_of(tuple(pairs.values())) if len(said) > 1 else None,
        differing=tuple(differing(judging)),
        settled=settled(judging),
        final=holds,
        support=support_of(tuple(judging.items.values()), holds),
    )
