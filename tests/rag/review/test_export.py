"""What leaves the desk: CSV that no spreadsheet runs, and JSON with everything in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.review.dossier import dossier_of
from sstc_chat.rag.review.export import _harmless, as_csv, as_object
from sstc_chat.rag.review.judging import Judging
from sstc_chat.rag.review.settling import settle

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\n=1",
    "\u00a0=1",
    "＝1",
    '=HYPERLINK("http://x")',
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert _harmless(cell) == f"'{cell}"


@given(st.text())
def test_a_cell_stays_as_it_is_or_begins_with_an_apostrophe(cell: str) -> None:
    assert _harmless(cell) in {cell, f"'{cell}"}
    assert not _harmless(cell).lstrip().startswith(tuple("=+-@"))


def test_a_table_has_a_row_for_each_citation_and_a_column_for_each_person(
    judged: Callable[..., Judging],
) -> None:
    judging = judged()
    first, *_ = judging.items
    for rater in ("=Ada", "Grace"):
        for item in judging.items:
            judging.judge(rater, item, "supported", "=cmd()")
    judging.judge("Grace", first, "not")
    for rater in ("=Ada", "Grace"):
        judging.hand_in(rater)
    settle(judging, first, "partly", "Joan", "settled\nin two lines")
    dossier = dossier_of(judging.rounds, judging.round.number)
    rows = list(csv.DictReader(io.StringIO(as_csv(dossier), newline="")))
    assert [row["item"] for row in rows] == list(judging.items)
    assert [row["quote"] for row in rows] == [one.citation.quote for one in judging.items.values()]
    top = rows[0]
    assert (top["verdict: =Ada"], top["note: =Ada"], top["verdict: Grace"]) == ("supported", "'=cmd()", "not")
    assert (top["verdict: settled"], top["note: settled"]) == ("partly", "settled\nin two lines")
    assert (top["final"], rows[1]["final"], rows[1]["verdict: settled"]) == ("partly", "supported", "")

    written = json.loads(json.dumps(as_object(dossier)))
    assert written["items"][0]["settled"]["person"] == "Joan"
    assert [one["verdict"] for one in written["items"][0]["verdicts"]] == ["supported", "not"]
    assert written["agreement"]["table"][0][2] == 1
    assert written["origin"]["documents"]
    for row in written["questions"]:
        assert answer_of(row["record"]) == dossier.replies[row["place"]].answer
