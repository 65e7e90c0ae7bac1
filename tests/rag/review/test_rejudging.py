"""What was judged in two rounds, against a count by hand of what people said."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import cycle

import pytest

from sstc_chat.rag.review.judging import Judging, open_judging
from sstc_chat.rag.review.rejudging import rejudged
from sstc_chat.rag.review.settling import settle
from sstc_chat.rag.review.types import VERDICTS, Verdict


def judge(judging: Judging, rater: str, said: Mapping[str, Verdict]) -> None:
    for item in judging.items:
        judging.judge(rater, item, said[item])
    judging.hand_in(rater)


def test_each_citation_has_both_verdicts(judged: Callable[..., Judging]) -> None:
    first, second = judged(raters=1), judged(raters=1)
    earlier: dict[str, Verdict] = dict.fromkeys(first.items, "supported")
    later = dict(zip(second.items, cycle(VERDICTS), strict=False))
    judge(first, "Ada", earlier)
    assert rejudged(first.rounds, 1, 2) is None
    judge(second, "Grace", later)
    found = rejudged(first.rounds, 1, 2)
    assert found
    assert {item.id: (pair.first, pair.second) for item, pair in found.citations} == {
        item: ("supported", verdict) for item, verdict in later.items()
    }
    assert [item.id for item, _ in found.changed] == [
        item for item, verdict in later.items() if verdict != "supported"
    ]
    counts = [list(later.values()).count(verdict) for verdict in VERDICTS]
    assert found.agreement.table == (tuple(counts), (0, 0, 0), (0, 0, 0))
    same = rejudged(first.rounds, 2, 2)
    assert same
    assert same.changed == []


def test_what_is_not_settled_has_no_verdict(judged: Callable[..., Judging]) -> None:
    first, second = judged(raters=1), judged(raters=2)
    judge(first, "Ada", dict.fromkeys(first.items, "supported"))
    judge(second, "Ada", dict.fromkeys(second.items, "supported"))
    judge(second, "Grace", dict.fromkeys(second.items, "not"))
    found = rejudged(first.rounds, 1, 2)
    assert found
    assert found.citations == ()
    assert found.agreement.figures == {}
    one, *_ = second.items
    settle(second, one, "partly", "Joan")
    settled = rejudged(first.rounds, 1, 2)
    assert settled
    assert [(item.id, pair.first, pair.second) for item, pair in settled.changed] == [
        (one, "supported", "partly")
    ]


@pytest.mark.parametrize(
    ("part", "field"), [("sentences", "text"), ("citations", "quote"), ("citations", "document")]
)
def test_another_sentence_quote_or_document_is_another_citation(
    judged: Callable[..., Judging], part: str, field: str
) -> None:
    first, second = judged(raters=1), judged(raters=1)
    with first.rounds.opened() as connection:
        (text,) = connection.execute("SELECT record FROM replies WHERE round = 2 AND place = 1").fetchone()
        record = json.loads(text)
        for one in record[part]:
            one[field] = {**one[field], "id": "another"} if field == "document" else f"{one[field]} and more"
        connection.execute(
            "UPDATE replies SET record = ? WHERE round = 2 AND place = 1", (json.dumps(record),)
        )
    for judging in (first, open_judging(first.rounds, 2)):
        judge(judging, "Ada", dict.fromkeys(judging.items, "not"))
    found = rejudged(first.rounds, 1, 2)
    assert found
    kept = [item.id for item, _ in found.citations]
    assert kept == [item for item in second.items if not item.startswith("1.")]
    assert kept
