"""Addresses of places in a document that stay the same: a section by its name, a quote by its spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlencode

from sstc_chat.corpus.types import Spans
from sstc_chat.index.types import Line, Source

# Enough of a heading to know it again, and of a sum to know that a document is another.
LONGEST_NAME = 60
SUM_LENGTH = 12


def section_names(lines: Iterable[Line]) -> dict[int, str]:
    """Return a name for each heading, by its line's number: its words, and a count if they recur."""
    taken: Counter[str] = Counter()
    names: dict[int, str] = {}
    for line in lines:
        if line.kind == "heading":
            names[line.number] = _unused(_words(line.text), taken)
    return names


def version_of(source: Source) -> str:
    """Return the beginning of the document's sum, by which an outdated link is told from a good one."""
    return source.sha256[:SUM_LENGTH]


def section_link(source: Source, name: str) -> str:
    """Return the address of a section, relative to the page."""
    return "?" + urlencode({"document": source.id, "section": name})


def quote_link(source: Source, spans: Spans) -> str:
    """Return the address of a quote, relative to the page; it says which version was quoted."""
    quote = ",".join(f"{start}-{end}" for start, end in spans)
    return "?" + urlencode({"document": source.id, "quote": quote, "version": version_of(source)}, safe=",")


def _words(heading: str) -> str:
    return "-".join(re.findall(r"\w+", heading.casefold()))[:LONGEST_NAME].strip("-") or "section"


def _unused(name: str, taken: Counter[str]) -> str:
    """Return `name`, or with the first count that no heading before it has."""
    candidate = name
    while candidate in taken:
        taken[name] += 1
        candidate = f"{name}-{taken[name]}"
    taken[candidate] = 1
    return candidate
