"""Documents and their source text, put together again from the pieces in which Milvus keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sstc_chat.corpus.types import Document, Spans
from sstc_chat.index.changing.documents import document_of
from sstc_chat.index.milvus.generation import Generation
from sstc_chat.index.milvus.packing import to_bytes
from sstc_chat.index.milvus.reading import CHARACTERS


def read_document(generation: Generation, slot: int) -> Document:
    """Return the document in a slot, with its file."""
    rows = generation.rows("pieces", "slot", [slot], ["name", "content"])
    parts: dict[str, dict[int, str]] = {"text": {}, "known": {}, "original": {}}
    for row in rows:
        _, kind, place = row["name"].split("-")
        parts[kind][int(place)] = row["content"]
    text, known, original = ([found[place] for place in sorted(found)] for found in parts.values())
    columns = json.loads(b"".join(map(to_bytes, known)))
    return document_of([*columns, "".join(text), b"".join(map(to_bytes, original))])


def read_characters(generation: Generation, slot: int, length: int, spans: Spans) -> str:
    """Return what stands at `spans` of the source text in a slot, which has `length` characters, joined."""
    within = [(start, min(end, length)) for start, end in spans]
    wanted = {place for start, end in within for place in _places(start, end)}
    names = [f"{slot}-text-{place}" for place in sorted(wanted)]
    rows = generation.rows("pieces", "name", names, ["name", "content"])
    held = {int(row["name"].rpartition("-")[2]): row["content"] for row in rows}
    return "".join(_cut(held, start, end) for start, end in within)


def _places(start: int, end: int) -> range:
    """Return which pieces hold the characters from `start` to `end`."""
    return range(start // CHARACTERS, -(-end // CHARACTERS))


def _cut(pieces: Mapping[int, str], start: int, end: int) -> str:
    """Return the characters from `start` to `end` of a text that is in pieces."""
    first = start // CHARACTERS * CHARACTERS
    text = "".join(pieces.get(place, "") for place in _places(start, end))
    return text[start - first : end - first]
