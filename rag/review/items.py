"""What there is to judge in a round, and in which order a rater is shown it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from sstc_chat.rag.review.types import Item, Reply


def items_of(replies: Mapping[int, Reply]) -> tuple[Item, ...]:
    """Return each sentence of each answer with each of its citations; refusals have none.

    `replies` are by the place of the question, from 1.
    """
    return tuple(item for place, reply in replies.items() for item in _items(place, reply))


def in_order_for(rater: str, round_number: int, items: Iterable[Item]) -> list[Item]:
    """Return `items` in the order of a rater: the same every time, another for every rater.

    Answers are shuffled, so that being tired or getting used to it does not weigh on the same ones for both
    raters; the items of an answer stay together.
    """
    return sorted(items, key=lambda item: _rank(rater, round_number, item.place))


def _items(place: int, reply: Reply) -> Iterator[Item]:
    if reply.answer is None:
        return
    citations = {one.number: one for one in reply.answer.citations}
    for number, sentence in enumerate(reply.answer.sentences, start=1):
        for cited in sentence.citations:
            yield Item(
                id=f"{place}.{number}.{cited}",
                place=place,
                question=reply.answer.question.text,
                understood=reply.answer.question.standalone,
                language=reply.task.language,
                sentence=sentence.text,
                citation=citations[cited],
                withheld=reply.answer.withheld,
            )


def _rank(rater: str, round_number: int, place: int) -> str:
    return hashlib.sha256(f"{rater}\0{round_number}\0{place}".encode()).hexdigest()
