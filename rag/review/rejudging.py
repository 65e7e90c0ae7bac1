"""Citations that were judged in two rounds: the same quote behind the same sentence, and what held of it."""

from __future__ import annotations

from dataclasses import dataclass

from sstc_chat.rag.review.agreement import Agreement, Pair, agreement_of
from sstc_chat.rag.review.judging import Judging, open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.settling import final
from sstc_chat.rag.review.types import Item, Verdict

# The question behind those it follows, the sentence, the document and the quote.
Key = tuple[tuple[str, ...], str, str, str]


@dataclass(frozen=True)
class Rejudging:
    """What people said of the same citations in two rounds.

    Attributes
    ----------
    citations
        Each as it stands in the second round, with what held of it in the first round and in the second: what
        all raters said, or what settled it.
    agreement
        How far the rounds agree: people who judge the same twice do not always say the same.
    """

    citations: tuple[tuple[Item, Pair], ...]
    agreement: Agreement

    @property
    def changed(self) -> list[tuple[Item, Pair]]:
        """The citations of which something else holds in the second round."""
        return [(item, pair) for item, pair in self.citations if pair.differs]


def rejudged(rounds: Rounds, before: int, after: int) -> Rejudging | None:
    """Return the citations that were judged in both rounds; None until both are disclosed."""
    first, second = (_disclosed(rounds, number) for number in (before, after))
    if first is None or second is None:
        return None
    earlier, later = _holding(first), _holding(second)
    citations = tuple(
        (item, Pair(item.place, earlier[key][1], verdict))
        for key, (item, verdict) in later.items()
        if key in earlier
    )
    return Rejudging(citations, agreement_of([pair for _, pair in citations]))


def _disclosed(rounds: Rounds, number: int) -> Judging | None:
    if not rounds.get(number).finished:
        return None
    judging = open_judging(rounds, number)
    return judging if judging.is_disclosed() else None


def _holding(judging: Judging) -> dict[Key, tuple[Item, Verdict]]:
    """Return what holds of each citation; of those that say the same twice, of the first."""
    tasks, verdicts = judging.round.questions.tasks, final(judging)
    found: dict[Key, tuple[Item, Verdict]] = {}
    for name, item in judging.items.items():
        if name in verdicts:
            cited = item.citation
            key = (tasks[item.place - 1].asked, item.sentence, cited.document_id, cited.quote)
            found.setdefault(key, (item, verdicts[name]))
    return found
