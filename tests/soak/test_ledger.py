"""What the soak would hold against the service is noticed where it is so, in an answer of ours."""

from __future__ import annotations

import copy
import json
import runpy
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sstc_chat.corpus.shipped import shipped_report

ROOT = Path(__file__).parents[2]
LEDGER: dict[str, Any] = runpy.run_path(str(ROOT / "benchmarks" / "soaking" / "ledger.py"))
(RECORD,) = json.loads((ROOT / "docs" / "example-record.json").read_text("utf-8"))
Change = Callable[[dict[str, Any]], object]


def wrong_after(change: Change) -> list[str]:
    report, record = shipped_report(), copy.deepcopy(RECORD)
    change(record)
    return list(LEDGER["wrong_in"](record, {report.sha256: report.text}))


def test_an_answer_that_is_as_it_must_be_is_not_held_against_it() -> None:
    assert wrong_after(lambda _: None) == []


CHANGES: dict[str, Change] = {
    "no quote": lambda record: record["citations"][0].update(quote="Something else."),
    "a quote of a text that nobody sent": lambda record: record["citations"][0]["document"].update(sha256=""),
    "nothing bears out": lambda record: record["sentences"][0].update(citations=[7]),
    "a lie of the model": lambda record: record.update(text=f"It paid {LEDGER['LIE']} dollars."),
}


@pytest.mark.parametrize("said", CHANGES)
def test_what_is_wrong_with_an_answer_is_noticed(said: str) -> None:
    assert [wrong.startswith(said) for wrong in wrong_after(CHANGES[said])] == [True]


def test_a_place_that_is_off_by_one_is_noticed() -> None:
    def moved(record: dict[str, Any]) -> None:
        record["citations"][0]["target"][0]["selector"][0]["start"] += 1

    assert len(wrong_after(moved)) == 1


def test_a_fault_on_purpose_excuses_what_happens_until_it_is_over() -> None:
    ledger, before = LEDGER["Ledger"](), time.monotonic()
    with ledger.window("full"):
        assert ledger.was("full", before)
    after = time.monotonic()
    assert ledger.was("full", before)
    assert not ledger.was("full", after + 1)
    assert not ledger.was("down", before)
