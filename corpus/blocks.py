"""Blocks: the pieces that a document is read in, each on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sstc_chat.corpus.mapped import WHITE_SPACE, MappedText
from sstc_chat.corpus.types import Kind, Part, Span

# A line break that stands for nothing, in a source without white space.
NOWHERE = MappedText("\n", np.zeros(1, np.int64), np.zeros(1, np.int64))


@dataclass(frozen=True)
class Block:
    """A piece of the reading text.

    `before` is the line break in front of it, `level` the depth of a heading.
    """

    kind: Kind
    content: MappedText
    before: MappedText
    level: int = 0

    @property
    def text(self) -> str:
        """The block as it reads."""
        return self.content.text


def blocks_of_parts(text: MappedText, parts: Sequence[Part]) -> list[Block]:
    """Return the blocks that `parts` are in `text`, which is the whole source as it reads."""
    return list(_blocks(text, parts))


def _blocks(text: MappedText, parts: Sequence[Part]) -> Iterator[Block]:
    for part in parts:
        content = MappedText.join(_at(text, span) for span in part.spans).strip().collapse()
        if content.text:
            yield Block(part.kind, content, _space_before(text, int(content.starts[0])), part.level)


def _at(text: MappedText, span: Span) -> MappedText:
    """Return what reads whole within `span` of the source."""
    first = int(np.searchsorted(text.starts, span[0]))
    last = int(np.searchsorted(text.ends, span[1], side="right"))
    return text.slice(first, max(first, last))


def _space_before(text: MappedText, start: int) -> MappedText:
    """Return white space for the line break of a block: the last in front of `start`, or any."""
    place = int(np.searchsorted(text.starts, start))
    while place and not text.text[place - 1].isspace():
        place -= 1
    space = WHITE_SPACE.search(text.text, max(0, place - 1))
    return text.slice(space.start(), space.start() + 1) if space else NOWHERE
