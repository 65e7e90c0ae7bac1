"""Raters are blind to each other, and what they said stays as it was once they have handed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.review.dossier import dossier_of
from sstc_chat.rag.review.export import as_csv, as_object
from sstc_chat.rag.review.judging import Judging
from sstc_chat.rag.review.names import LONGEST_NAME, LONGEST_NOTE, checked_name, checked_note
from sstc_chat.rag.review.settling import differing, final, pairs_of, settle, settled
from sstc_chat.rag.review.types import Verdict

Opened = Callable[..., Judging]


def judge_all(judging: Judging, rater: str, verdict: Verdict, note: str = "") -> None:
    for item in judging.items:
        judging.judge(rater, item, verdict, note)


def test_a_rater_sees_what_they_said_and_nobody_else_does(judged: Opened) -> None:
    judging = judged()
    first, *_ = judging.items
    judge_all(judging, "Ada", "supported", "a note of Ada's")
    judging.hand_in("Ada")
    judging.judge("Grace", first, "not")
    assert {one.verdict for one in judging.own("Ada").values()} == {"supported"}
    assert {key: one.verdict for key, one in judging.own("Grace").items()} == {first: "not"}
    for look in (
        judging.everyone,
        lambda: pairs_of(judging),
        lambda: differing(judging),
        lambda: final(judging),
    ):
        with pytest.raises(ReviewError, match="judged blind"):
            look()
    dossier = dossier_of(judging.rounds, judging.round.number)
    assert dossier.verdicts is None
    for exported in (as_csv(dossier), str(as_object(dossier))):
        assert "supported" not in exported
        assert "note of Ada" not in exported


def test_a_round_with_two_raters_takes_no_third(judged: Opened) -> None:
    judging = judged()
    first, *_ = judging.items
    judging.judge("Ada", first, "supported")
    judging.judge("Grace", first, "not")
    with pytest.raises(ReviewError, match="has its raters: Ada, Grace"):
        judging.judge("Joan", first, "partly")


def test_what_is_taken_back_is_no_longer_there(judged: Opened) -> None:
    judging = judged()
    first, *_ = judging.items
    judging.judge("Ada", first, "supported")
    judging.judge("Ada", first, "not", "on second thoughts")
    assert [(one.verdict, one.note) for one in judging.own("Ada").values()] == [("not", "on second thoughts")]
    judging.judge("Ada", first, None)
    assert judging.own("Ada") == {}
    assert judging.raters() == []


def test_undoing_goes_back_step_by_step(judged: Opened) -> None:
    judging = judged()
    first, second, third = list(judging.items)[:3]
    for item in (second, first, third):
        judging.judge("Ada", item, "supported")
    judging.judge("Ada", second, "not")
    assert [judging.undo("Ada") for _ in range(4)] == [second, third, first, None]
    assert judging.own("Ada") == {}


def test_what_is_handed_in_stays(judged: Opened) -> None:
    judging = judged(raters=1)
    first, second, *_ = judging.items
    judging.judge("Ada", first, "supported")
    with pytest.raises(
        ReviewError, match=f"Ada has {len(judging.items) - 1} of {len(judging.items)} citations"
    ):
        judging.hand_in("Ada")
    judge_all(judging, "Ada", "partly")
    judging.hand_in("Ada")
    with pytest.raises(ReviewError, match="Ada has handed in"):
        judging.judge("Ada", second, "not")
    with pytest.raises(ReviewError, match="Ada has handed in"):
        judging.hand_in("Ada")
    assert set(final(judging).values()) == {"partly"}
    assert judging.raters()[0].handed_in is not None


def test_what_raters_differ_on_is_settled_and_their_verdicts_stay(judged: Opened) -> None:
    judging = judged()
    first, second, *_ = judging.items
    judge_all(judging, "Ada", "supported")
    judge_all(judging, "Grace", "supported")
    judging.judge("Grace", first, "not", "the quote is about another year")
    judging.hand_in("Grace")
    judging.hand_in("Ada")
    assert differing(judging) == [first]
    assert first not in final(judging)
    with pytest.raises(ReviewError, match="agree"):
        settle(judging, second, "not", "Joan")
    settle(judging, first, "partly", "Joan", "both years are named")
    assert final(judging)[first] == "partly"
    one = settled(judging)[first]
    assert (one.person, one.verdict, one.note) == ("Joan", "partly", "both years are named")
    assert one.at.endswith("+00:00")
    assert [said[first].verdict for said in judging.everyone().values()] == ["supported", "not"]
    settle(judging, first, None, "Joan")
    assert first not in final(judging)


def test_agreement_is_in_the_dossier_of_a_disclosed_round(judged: Opened) -> None:
    judging = judged()
    first, *_ = judging.items
    judge_all(judging, "Ada", "supported")
    judge_all(judging, "Grace", "supported")
    judging.judge("Grace", first, "not")
    for rater in ("Ada", "Grace"):
        judging.hand_in(rater)
    verdicts = dossier_of(judging.rounds, judging.round.number).verdicts
    assert verdicts is not None
    assert verdicts.agreement is not None
    assert verdicts.agreement.table == ((len(judging.items) - 1, 0, 1), (0, 0, 0), (0, 0, 0))
    assert verdicts.differing == (first,)
    assert verdicts.support["supported"].over == len(verdicts.final)


def test_a_round_whose_second_rater_never_comes_can_be_closed(judged: Opened) -> None:
    judging = judged()
    first, *_ = judging.items
    with pytest.raises(ReviewError, match="Nobody has handed in"):
        judging.close()
    judge_all(judging, "Ada", "supported")
    judging.hand_in("Ada")
    judging.judge("Grace", first, "not")
    judging.close()
    assert judging.is_disclosed()
    assert set(judging.everyone()) == {"Ada"}
    assert pairs_of(judging) == {}
    with pytest.raises(ReviewError, match="has its raters: Ada"):
        judging.judge("Grace", first, "partly")


@pytest.mark.parametrize(("item", "verdict"), [("9.9.9", "supported"), ("1.1.1", "maybe")])
def test_what_is_not_there_cannot_be_judged(judged: Opened, item: str, verdict: Verdict) -> None:
    with pytest.raises(ReviewError, match="has no citation"):
        judged().judge("Ada", item, verdict)


@pytest.mark.parametrize("name", ["", "  \n", "\0", "a" * (LONGEST_NAME + 1)])
def test_a_name_has_to_be_one(name: str) -> None:
    with pytest.raises(ReviewError, match="will not do"):
        checked_name(name)


def test_a_note_has_an_end() -> None:
    assert checked_note(" two\nlines ") == "two\nlines"
    with pytest.raises(ReviewError, match="Shorten it"):
        checked_note("a" * (LONGEST_NOTE + 1))


@given(st.text(max_size=LONGEST_NAME))
def test_a_name_that_is_kept_is_kept_as_it_is(name: str) -> None:
    try:
        kept = checked_name(name)
    except ReviewError:
        return
    assert checked_name(kept) == checked_name(f"  {kept}\t") == kept
    assert kept.encode()
    assert "\n" not in kept
