"""What a reader takes from a file: its text, how the text is built up, and what the file says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from sstc_chat.corpus.types import Kind, Part, Spans

# What a file may say of itself.
SAID = ("title", "language", "date", "publisher", "author")


class UnreadableError(Exception):
    """A file cannot be read. The message ends the sentence "FILE …" and names the remedy."""


@dataclass(frozen=True)
class Extract:
    """What was read from a file; `said` holds only what the file says, under the names in `SAID`."""

    text: str
    parts: tuple[Part, ...] = ()
    pages: Spans = ()
    said: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return all of it as JSON in ASCII, half characters and all."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Extract:
        """Take in what another process wrote, believing nothing of it.

        Raises
        ------
        ValueError
            If it is not what `to_json` writes of an extract whose spans lie in its text.
        """
        try:
            return cls(**_checked(json.loads(line)))
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError(str(error)) from error


def _checked(values: Any) -> dict[str, Any]:  # noqa: ANN401
    text = values["text"]
    if not isinstance(text, str):
        raise TypeError("text")
    said = {name: str(values["said"][name]) for name in SAID if name in values["said"]}
    parts = tuple(_part(one, len(text)) for one in values["parts"])
    return {"text": text, "parts": parts, "pages": _spans(values["pages"], len(text)), "said": said}


def _part(values: Mapping[str, Any], length: int) -> Part:
    if values["kind"] not in get_args(Kind):
        raise ValueError(f"kind {values['kind']!r}")
    return Part(values["kind"], _spans(values["spans"], length), int(values["level"]))


def _spans(values: Iterable[Sequence[int]], length: int) -> Spans:
    spans = tuple((int(start), int(end)) for start, end in values)
    if not all(0 <= start <= end <= length for start, end in spans):
        raise ValueError("a span outside of the text")
    return spans
