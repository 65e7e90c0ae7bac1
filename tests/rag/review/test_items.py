"""What is judged, and the order in which each rater is shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.review.items import in_order_for, items_of
from sstc_chat.rag.review.types import Item, Reply
from sstc_chat.rag.types import Citation

if TYPE_CHECKING:
    from tests.rag.review.conftest import Make


def test_each_sentence_comes_with_each_of_its_citations(make: Make) -> None:
    replies = [
        make.reply("Who?", "Fifty women.", "Forty men."),
        make.reply("Why?"),
        make.reply("Where?", "Here."),
    ]
    found = items_of(dict(enumerate(replies, start=1)))
    assert [one.id for one in found] == ["1.1.1", "1.2.2", "3.1.1"]
    assert [(one.question, one.sentence, one.citation.quote) for one in found[1:]] == [
        ("Who?", "Forty men.", "Forty men."),
        ("Where?", "Here.", "Here."),
    ]


def test_a_question_that_could_not_be_asked_has_nothing_to_judge(make: Make) -> None:
    reply = make.reply("Who?", "Fifty.")
    assert items_of({1: Reply(reply.task, reply.outcome, None)}) == ()


def items(size: int) -> list[Item]:
    """Return items of `size` answers, two of each."""
    cited = Citation(1, "Here.", "report", "A report", "0" * 64, (), None, ((0, 5),))
    return [
        Item(f"{place}.{sentence}.1", place, "Where?", "Where?", "en", "Here.", cited)
        for place in range(1, size + 1)
        for sentence in (1, 2)
    ]


@given(st.text(min_size=1, max_size=20), st.integers(1, 99), st.integers(0, 30))
def test_an_order_is_stable_and_keeps_answers_together(rater: str, number: int, size: int) -> None:
    order = in_order_for(rater, number, items(size))
    assert order == in_order_for(rater, number, items(size))
    assert sorted(one.id for one in order) == sorted(one.id for one in items(size))
    assert [one.id.split(".")[1] for one in order] == ["1", "2"] * size
    assert all(first.place == second.place for first, second in zip(order[::2], order[1::2], strict=True))


def test_raters_and_rounds_have_orders_of_their_own() -> None:
    orders = {
        tuple(one.id for one in in_order_for(rater, number, items(20)))
        for rater in ("Ada", "Grace")
        for number in (1, 2)
    }
    assert len(orders) == 4
