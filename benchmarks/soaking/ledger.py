"""What people were told, kept outside of the server: afterwards all of it must be so."""

from __future__ import annotations

import html
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
# What the scripted model lets slip into every answer; no reader may ever see it.
LIE = "987,654,321"
# What is printed of findings: the first of those that begin alike, in so many characters.
ALIKE = 100


@dataclass
class Ledger:
    """What happened.

    Attributes
    ----------
    sources
        The source texts of all documents that were ever sent, by their sums.
    counts
        How often what was done, by whom it was and how it ended.
    findings
        What was not as it must be.
    feedback, verdicts, handed_in, rounds, documents
        What was acknowledged: comments of feedback with their tokens, notes of verdicts with who gave them,
        who handed in which round, the rounds that were begun, and documents with their text, or None where
        they were taken out, and their ids.
    unsure
        What was sent and never answered: it may have happened.
    records
        Every different answer, as its record.
    windows
        When what was wrong on purpose: a kind, its beginning and its end.
    """

    sources: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)
    taken_back: set[str] = field(default_factory=set)
    verdicts: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    handed_in: set[tuple[int, str]] = field(default_factory=set)
    rounds: set[int] = field(default_factory=set)
    documents: dict[str, str | None] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    records: dict[str, Json] = field(default_factory=dict)
    windows: list[tuple[str, float, float]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def find(self, what: str) -> None:
        """Note what must not be."""
        with self.lock:
            if not any(one[:ALIKE] == what[:ALIKE] for one in self.findings):
                print(f"FOUND: {what}", flush=True)
            self.findings.append(what)

    def count(self, *what: str) -> None:
        """Note that something was done."""
        with self.lock:
            self.counts[" ".join(what)] += 1

    @contextmanager
    def window(self, kind: str) -> Iterator[None]:
        """Have something be wrong on purpose."""
        begin, place = time.monotonic(), len(self.windows)
        self.windows.append((kind, begin, float("inf")))
        try:
            yield
        finally:
            self.windows[place] = (kind, begin, time.monotonic())

    def was(self, kind: str, begun: float) -> bool:
        """Whether something was wrong on purpose at any time since `begun`."""
        return any(one == kind and end >= begun for one, _, end in self.windows)

    def see(self, record: Json, where: str) -> None:
        """Check an answer against the characters that it is quoted from, and keep its record."""
        key = json.dumps([record["text"], [one["quote"] for one in record["citations"]]])
        with self.lock:
            known = key in self.records
            self.records.setdefault(key, record)
        self.count("refusals" if record["refusal"] else "answers", where)
        if not known:
            for wrong in wrong_in(record, self.sources):
                self.find(f"{wrong} in an answer to {record['question']!r} ({where})")


def wrong_in(record: Json, sources: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a record: a quote that is none, a sentence that nothing bears out, a lie."""
    numbers = {one["number"] for one in record["citations"]}
    for one in (*record["citations"], *record["nearest"]):
        source, places = (
            sources.get(one["document"]["sha256"]),
            [place["selector"][0] for place in one["target"]],
        )
        if source is None:
            yield f"a quote of a text that nobody sent: {one['document']['title']}"
        elif plain(source, [(place["start"], place["end"]) for place in places]) != " ".join(
            one["quote"].split()
        ):
            yield f"no quote: {one['quote']!r}"
    for sentence in record["sentences"]:
        if sentence["verdict"] not in {"quoted", "supported"} or not numbers.issuperset(
            sentence["citations"]
        ):
            yield f"nothing bears out {sentence['text']!r}"
    if LIE in record["text"]:
        yield "a lie of the model"


def plain(source: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the characters of `spans` without links and escapes, on one line."""
    text = "".join(source[start:end] for start, end in spans)
    text = re.sub(r"\[([^\]]*)\]\([^)\s]*\)", r"\1", text)
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).split())


def unpacked(part: str) -> str:
    """Return the HTML that a part of the page was sent as a parcel."""
    found = re.search(r'data-html="([^"]*)"', part)
    return html.unescape(found[1]) if found else part


def attribute(markup: str, name: str) -> str:
    """Return an attribute of the first element that has it; empty where none has."""
    found = re.search(rf'\bdata-{name}="([^"]*)"', markup)
    return html.unescape(found[1]) if found else ""
