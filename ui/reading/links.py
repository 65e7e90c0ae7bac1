"""Where the links in a source lead, as far as a reader may safely follow them."""

from __future__ import annotations

import re
from bisect import bisect_right

from sstc_chat.corpus.markup import ESCAPED, SYNTAX
from sstc_chat.corpus.types import Span
from sstc_chat.ui.reading.runs import Run

# Whatever else a link may begin with either runs something or leads to a file of the reader's.
SAFE = re.compile(r"(?:https?://|mailto:)[^\x00-\x20\x7f]+", re.IGNORECASE)


class Links:
    """The links of a source text whose targets are safe to follow."""

    def __init__(self, source: str) -> None:
        found = [match for match in SYNTAX.finditer(source) if match["label"] is not None]
        targets = ((match.span("label"), _target(match)) for match in found)
        self._links: list[tuple[Span, str]] = [(span, target) for span, target in targets if target]
        self._starts = [start for (start, _), _ in self._links]

    def target(self, run: Run) -> str | None:
        """Return where the source characters of `run` lead, if they are those of a link."""
        number = bisect_right(self._starts, run.start) - 1
        if number < 0:
            return None
        (_, last), target = self._links[number]
        return target if run.end <= last else None


def _target(match: re.Match[str]) -> str:
    """Return the target of a link, empty where it is not safe."""
    written = match.group()[match.end("label") + len("](") - match.start() : -1]
    target = ESCAPED.sub(lambda escape: escape.group()[1], written)
    return target if SAFE.fullmatch(target) else ""
